import type { ContractStateWords, HistorySourceWords, HistoryStateWords } from '../words.ts'

export const contracts = {
  page: '我的签约',
  detailPage: '签约详情',
  states: {
    applying: '处理中', active: '生效中', abandoned: '未完成', rejected: '未通过', terminating: '解约处理中', terminated: '已解约',
  } satisfies ContractStateWords,
  current: '使用中',
  ended: (count: number) => `已结束（${count}）`,
  empty: '你还没有签约',
  emptyNext: '签约一次，之后在限额内自动付款。',
  emptyLink: '看看有哪些服务',
  signedAt: '签约时间',
  terminatedAt: '解约时间',
  endedBy: {
    payer_here: '你在此页面解约', payer_in_wallet: '你在云闪付 App 中解约', merchant: '商户解约', unionpay: '银联解约',
  },
  endedByLabel: '解约方式',
  contract_id: '签约协议号',
  contract_code: '商户签约号',
  account: '付款账号',
  through: '签约方式',
  throughText: { h5: '云闪付内页面', sdk: '商户 App' },
  review: '这份签约的记录需要人工核对，期间如有疑问请联系商户客服。',
  history: '记录',
  historyTo: {
    applying: '开始签约', active: '签约生效', abandoned: '签约未完成', rejected: '银联未通过签约', terminating: '申请解约', terminated: '解约完成',
  } satisfies HistoryStateWords,
  historyKept: '仍在生效',
  historySource: {
    start: '由你发起', return: '从签约页返回', apply: '银联答复', info: '向银联查询所得', relieve: '银联答复解约申请',
    notice: '银联通知', sweep: '与银联例行核对', job: '系统跟进', payer: '由你操作', merchant: '由商户操作',
  } satisfies HistorySourceWords,
  coming: {
    title: (day: string) => `${day} 将自动扣款`,
    changed: (before: string, after: string) => `金额有变：上次 ${before}，这次 ${after}`,
    way: (told: string) => `取消方式：${told}`,
    stop: '不想继续？在这里解约',
  },
  terminating: {
    title: '解约处理中', next: '已停止新的扣款。银联确认后会显示“已解约”，不必重复操作。', refresh: '刷新状态',
  },
  end: {
    action: '解约',
    title: '确定解约吗？',
    consequences: [
      '解约后这项服务不能再自动扣款。',
      '解约前已经发生的消费，仍会按原约定结算。',
      '需要时可以再次签约。',
    ],
    offline: '这是脱机场景，在云闪付 App 内不能解约，这里是唯一入口。',
    unfinished: '未完成的订单',
    unfinishedNone: '没有未完成的订单。',
    unionpayCount: (count: number) => `银联还有 ${count} 笔未完成`,
    unionpayUnknown: '暂时问不到银联是否还有未完成的订单。你仍可以解约。',
    unfinishedUnknown: '暂时查不到未完成的订单。你仍可以解约。',
    asking: '正在查询未完成的订单…',
    keep: '先不解约',
    confirm: '确认解约',
    confirming: '正在解约…',
  },
}
