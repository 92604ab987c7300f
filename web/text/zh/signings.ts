import type { ReasonMessages, SigningMessages } from '../message-types.ts'

export const signings = {
  states: {
    waiting: {
      title: '你还没有完成签约',
      next: '在云闪付的签约页点“同意”才算签约。可以继续，也可以取消。',
    },
    processing: {
      title: '签约处理中',
      next: '银联还没有给出最终结果。可以离开此页，稍后在“我的签约”中查看；请不要重复签约。',
    },
    succeeded: { title: '签约成功', next: '以后使用这项服务会自动付款，你可以随时解约。' },
    failed: { title: '签约失败', next: '没有签约，也不会扣款。' },
    cancelled: {
      title: '已取消签约',
      next: '没有签约，也不会扣款。如果不是你自己取消的，可以重新签约，或联系云闪付客服 95516。',
    },
    expired: {
      title: '签约已过期',
      next: '这次签约没有在有效时间内完成，不会扣款。需要时可以重新开始。',
    },
  } satisfies SigningMessages,
  reasons: {
    wallet_error: {
      title: '云闪付返回了错误。',
      next: '请重新签约；若仍失败，请联系云闪付客服 95516。',
    },
    returned_empty: {
      title: '从签约页返回时没有带回结果。',
      next: '请重新签约，并在签约页点“同意”。',
    },
    code_refused: { title: '银联没有接受这次授权，它可能已过期。', next: '请重新签约。' },
    wallet_foreign: {
      title: '同意签约的云闪付账户不是发起签约的账户。',
      next: '为保护你的账户，已拒绝。请用同一个云闪付账户重新签约。',
    },
    already_signed: {
      title: '你已签约',
      next: '这项服务已经在另一个页面签约成功，没有重复签约。',
    },
    already_signed_elsewhere: {
      title: '银联显示你已通过其他方式签约这项服务。',
      next: '请在云闪付“设置－支付设置－无感支付”中查看，或联系商户客服。',
    },
    rejected: {
      title: '银联拒绝了这次签约。',
      next: '请确认云闪付已实名并绑定可用的银行卡，然后重新签约。',
    },
    unionpay_silent: { title: '暂时联系不上银联，没有签约。', next: '请稍后重新签约。' },
    outcome_unknown: {
      title: '已向银联提交，还没有收到答复。',
      next: '我们会继续查询，请不要重复签约。',
    },
    never_returned: { title: '没有从签约页返回。', next: '需要时可以重新签约。' },
  } satisfies ReasonMessages,
  page: '签约结果',
  otherWindow: {
    title: '请在新打开的窗口中完成签约',
    next: '完成或关闭该窗口后，这里会显示结果。',
  },
  goOn: '继续签约',
  again: '重新签约',
  cancel: '取消',
  refresh: '刷新结果',
  refreshing: '正在查询…',
  toContract: '查看签约',
  toContracts: '我的签约',
  toHome: '返回首页',
  closeWindow: '关闭此窗口',
  nextUpdate: (time: string) => `最早 ${time} 更新结果`,
  unionpayCode: '银联返回码',
  startedAt: '开始时间',
  number: '签约编号',
  arriving: '正在确认结果…',
  opening: '正在打开云闪付签约页…',
  openFailed: {
    title: '签约页没有打开',
    next: '云闪付不允许此页面打开签约页。请关闭页面后重新进入，或更新云闪付 App。',
  },
}
