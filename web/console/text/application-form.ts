/**
 * 附录1, UnionPay's application form for a plan, with its own wording and order. It exists in
 * Chinese only.
 */
export const applicationForm = {
  title: '云闪付无感支付签约模板申请表',
  appendix: '附录1',
  filledBy: '填写人',
  filledOn: '填写时间',
  applicant: '申请方',
  contact: '联系方式',
  kind: '申请类型',
  kinds: ['接入', '新增', '变更'],
  payee: '接入方简称',
  planTitle: '签约模板标题',
  content: '签约套餐内容',
  single: '单用户单笔限额',
  daily: '单用户单日限额',
  yuan: (fen: string) => `${fen} 元`,
  creditCard: '签约时需绑信用卡',
  mobile: '校验手机号',
  identity: '校验身份证号',
  advances: '银联垫付',
  fixed: '固定商户号扣款',
  noticeUrl: '解约结果通知地址',
  yes: '是',
  no: '否',
  reason: '原因',
  merchants: '商户号',
  planNumber: '模板编号（plan_id，变更时填写）',
}
