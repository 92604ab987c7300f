import type { FaultWords } from '../words.ts'

const later = '请稍后再试。若一直如此，请联系商户客服并告知下方编号。'
const askMerchant = '请联系商户客服并告知下方编号。'

export const faults: FaultWords = {
  offline: { title: '网络没有连上', next: '请检查手机网络，然后重试。' },
  timeout: { title: '等待时间过长', next: '操作可能仍在进行。请稍后刷新查看最新结果，不必重复操作。' },
  unreadable: { title: '收到的内容无法识别', next: '可能是当前网络需要先登录。请换一个网络后重试。' },

  bad_request: { title: '请求内容有误', next: askMerchant },
  not_signed_in: { title: '需要重新确认身份', next: '请点重试，云闪付会为你静默确认身份。' },
  api_key_invalid: { title: '商户系统的密钥无效', next: askMerchant },
  verb_not_allowed: { title: '商户系统无权进行此操作', next: askMerchant },
  origin_refused: { title: '请求来自其他网站，已拒绝', next: '请从商户提供的入口重新打开此页面。' },
  not_found: { title: '没有找到这项内容', next: '它可能不属于当前身份。请返回首页重新进入。' },
  plan_unknown: { title: '没有这项服务', next: '请返回首页，选择其他服务。' },
  plan_withdrawn: { title: '这项服务已停止新签约', next: '已签约的用户不受影响。请返回首页，选择其他服务。' },
  body_too_large: { title: '提交的内容过大', next: askMerchant },
  rate_limited: { title: '操作太频繁', next: '请等一分钟后再试。' },
  ticket_invalid: { title: '商户的登录凭证无效', next: '请回到商户 App，重新进入此页面。' },
  ticket_expired: { title: '商户的登录凭证已过期', next: '请回到商户 App，重新进入此页面。' },
  ticket_replayed: { title: '这个链接已经用过', next: '为保护你的账户，每个链接只能用一次。请回到商户 App 重新进入。' },
  account_conflict: { title: '这个云闪付已在为另一个账号付款', next: '可以继续为原账号付款；若要更换，请先在“我的签约”中解约，再从商户 App 重新进入。' },
  account_unconfirmed: { title: '还没有确认为哪个账号付款', next: '请在服务页面回答“为该账号付款？”后再签约。' },
  consent_missing: { title: '还没有勾选同意', next: '请阅读协议，勾选同意后再签约。' },
  already_signed: { title: '你已签约这项服务', next: '不需要再次签约。可在“我的签约”中查看。' },
  signing_in_progress: { title: '上一次签约还在确认中', next: '请稍等几分钟，结果会自动更新，不必重新签约。' },
  state_unknown: { title: '没有找到这次签约', next: '请从服务页面重新开始签约。' },
  state_used: { title: '这次签约的结果已经处理过', next: '可在“我的签约”中查看结果。' },
  state_foreign: { title: '这次签约是由其他人发起的', next: '为保护你的账户，已拒绝。请在你自己的云闪付中重新开始。' },
  sign_in_failed: { title: '云闪付没有确认你的身份', next: '没有发生任何扣款或签约。请重试。' },
  wallet_refused: { title: '云闪付返回了错误', next: '没有发生任何扣款或签约。请重试，或联系云闪付客服 95516。' },
  open_id_foreign: { title: '这个云闪付属于另一位用户', next: '请使用你自己的云闪付账户。' },
  contract_not_active: { title: '这份签约已不在生效中', next: '它可能已在别处解约。请刷新查看最新状态。' },
  unionpay_unavailable: { title: '暂时联系不上银联', next: '没有丢失任何内容。请稍后再试。' },
  overloaded: { title: '现在人有点多', next: '请过几秒再试。' },
  notification_invalid: { title: '通知未通过验证', next: askMerchant },
  internal: { title: '我们这边出了点问题', next: later },
}
