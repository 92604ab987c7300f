import type { FaultMessages } from '../message-types.ts'
import { first_page } from './first-page.ts'

const later = '请稍后再试。若一直如此，请联系商户客服。'
const askMerchant = '请联系商户客服。'

export const faults: FaultMessages = {
  ...first_page.faults,
  server_down: {
    title: '我们的服务暂时不可用',
    next: '是我们这边的问题，与你的网络无关。请稍后再试。',
  },
  portal: {
    title: '当前网络可能需要先登录',
    next: '收到的是其他网页，不是我们的结果。请先完成网络登录，或换一个网络，然后重试。',
  },
  timeout: {
    title: '等待时间过长',
    next: '没有及时收到结果，可能是我们的服务繁忙，也可能是网络较慢。请稍后查看。',
  },
  unreadable: {
    title: '收到的内容无法识别',
    next: '这不是你的操作造成的，原因尚不确定。' + later,
  },

  bad_request: { title: '页面提交的内容有误', next: '是我们这边的问题。' + askMerchant },
  not_signed_in: { title: '需要重新确认身份', next: '请点“重试”，由云闪付自动确认你的身份。' },
  session_unproved: {
    title: '需要重新确认身份',
    next: '请点“重试”，由云闪付自动确认你的身份。',
  },
  api_key_invalid: { title: '商户系统的密钥无效', next: askMerchant },
  verb_not_allowed: { title: '商户系统无权进行此操作', next: askMerchant },
  origin_refused: { title: '请求来自其他网站，已拒绝', next: '请从商户提供的入口重新打开此页面。' },
  not_found: { title: '没有找到这项内容', next: '它可能不属于当前身份。请返回首页重新进入。' },
  plan_unknown: { title: '没有这项服务', next: '请返回首页，选择其他服务。' },
  plan_withdrawn: {
    title: '这项服务已停止新签约',
    next: '已签约的用户不受影响。请返回首页，选择其他服务。',
  },
  body_too_large: { title: '页面提交的内容过大', next: '是我们这边的问题。' + askMerchant },
  rate_limited: { title: '操作太频繁', next: '请等一分钟后再试。' },
  ticket_invalid: { title: '商户的登录凭证无效', next: '请回到商户 App，重新进入此页面。' },
  ticket_expired: { title: '商户的登录凭证已过期', next: '请回到商户 App，重新进入此页面。' },
  ticket_replayed: {
    title: '这个链接已经用过',
    next: '为保护你的账户，每个链接只能用一次。请回到商户 App 重新进入。',
  },
  account_conflict: {
    title: '这个云闪付已在为另一个账号付款',
    next: '可以继续为原账号付款；若要更换，请先在“我的签约”中解约，再从商户 App 重新进入。',
  },
  account_unconfirmed: {
    title: '还没有确认为哪个账号付款',
    next: '请在服务页面回答“为该账号付款？”后再签约。',
  },
  consent_missing: { title: '还没有勾选同意', next: '请阅读协议，勾选同意后再签约。' },
  already_signed: { title: '你已签约这项服务', next: '无需再次签约。可在“我的签约”中查看。' },
  signing_in_progress: {
    title: '上一次签约还在确认中',
    next: '请稍等几分钟，结果会自动更新，无需重新签约。',
  },
  state_unknown: { title: '没有找到这次签约', next: '请从服务页面重新开始签约。' },
  state_used: { title: '这次签约的结果已经处理过', next: '可在“我的签约”中查看结果。' },
  state_foreign: {
    title: '这次签约是由其他人发起的',
    next: '为保护你的账户，已拒绝。请在你自己的云闪付中重新开始。',
  },
  sign_in_failed: { title: '云闪付没有确认你的身份', next: '没有签约。请重试。' },
  wallet_refused: {
    title: '云闪付返回了错误',
    next: '没有签约。请重试，或联系云闪付客服 95516。',
  },
  contract_in_review: { title: '这份签约正在人工核实', next: '商户正在与银联核对，请稍后再试。' },
  contract_not_active: {
    title: '这份签约已不在生效中',
    next: '它可能已在别处解约。请刷新查看最新状态。',
  },
  contract_unknown: { title: '没有找到这份签约', next: askMerchant },
  idempotency_key_missing: { title: '商户系统的请求缺少幂等键', next: askMerchant },
  idempotency_key_reused: { title: '商户系统重复使用了幂等键', next: askMerchant },
  idempotency_key_busy: { title: '同一请求正在受理', next: '请稍等片刻，不要重复操作。' },
  merchant_order_taken: {
    title: '这笔订单已在扣款或已支付',
    next: '不会重复扣款。可在“我的账单”中查看。',
  },
  merchant_no_unknown: { title: '商户号未配置', next: askMerchant },
  merchant_no_refused: { title: '这个商户号不在签约范围内', next: askMerchant },
  over_single_limit: { title: '金额超过签约的单笔限额', next: '没有扣款。限额见签约详情。' },
  over_daily_limit: {
    title: '今天的扣款已达签约的单日限额',
    next: '没有扣款。明天可继续使用，限额见签约详情。',
  },
  debit_not_announced: { title: '这次续费没有提前告知', next: '没有扣款。' + askMerchant },
  debit_notice_too_late: { title: '扣款日太近，来不及提前告知', next: askMerchant },
  operator_refused: { title: '用户名或密码不对，或错误次数过多', next: '请一分钟后再试。' },
  role_too_low: { title: '当前操作员没有此权限', next: '请联系更高权限的操作员。' },
  approval_required: {
    title: '金额较大，需要第二人复核',
    next: '请在运营台发起，由另一位操作员复核。',
  },
  approval_pending: { title: '同样的操作已在等待第二人复核', next: '请另一位操作员复核。' },
  approval_of_another: { title: '只有发起人可以撤回', next: '可以改为拒绝。' },
  approval_own: { title: '发起人不能复核自己的操作', next: '请另一位操作员复核。' },
  approval_decided: { title: '这项操作已经复核过', next: '请刷新查看结果。' },
  debit_notice_exists: { title: '这一天的扣款已经告知过', next: askMerchant },
  charge_not_refundable: { title: '这笔订单现在不能退款', next: askMerchant },
  charge_has_refunds: { title: '这笔订单已有退款，不能改为未扣款', next: askMerchant },
  nothing_to_resolve: { title: '这笔订单无需人工核实', next: askMerchant },
  refund_exceeds_charge: { title: '退款金额超过可退金额', next: askMerchant },
  refund_excluded: { title: '这笔订单已在退款或撤销', next: askMerchant },
  refund_too_late: { title: '这笔订单已超过可退款期限', next: askMerchant },
  cancel_too_late: { title: '这笔订单已不能撤销', next: askMerchant },
  cancel_not_allowed: { title: '这项服务不支持撤销', next: askMerchant },
  break_not_open: { title: '这笔差异已经处理', next: '请刷新查看结果。' },
  break_action_refused: { title: '这样处理不适用于这笔差异', next: '请刷新后重新选择。' },
  statement_busy: { title: '对账文件正在核对', next: '请一分钟后再试。' },
  erasure_contract_open: {
    title: '还有未结束的签约',
    next: '请先在“我的签约”中解约；未完成的签约会在一天内自动结束。',
  },
  erasure_order_open: {
    title: '还有未完成的扣款或退款',
    next: '请等结果确定后再试，可在“我的账单”中查看。',
  },
  feed_expired: { title: '这些事件已不再保留', next: askMerchant },
  feed_position_unknown: { title: '没有这个位置', next: askMerchant },
  webhook_url_refused: { title: '不能向这个地址推送', next: askMerchant },
  unionpay_unavailable: {
    title: '暂时联系不上银联',
    next: '不是你的网络问题，也没有丢失任何内容。请稍后再试。',
  },
  overloaded: { title: '我们的服务繁忙', next: '与你的网络无关。请过几秒再试。' },
  notification_invalid: { title: '通知未通过验证', next: askMerchant },
  database_lost: { title: '我们的服务暂时中断', next: '与你的网络无关。请过几秒再试。' },
  internal: { title: '我们这边出了点问题', next: '与你的网络无关。' + later },
}
