import type { Section } from '../message-types.ts'

type Terms = {
  payee: string
  title: string
  content: string
  single: string
  daily: string
  offline: boolean
}

export const legal = {
  agreementPage: '免密支付协议',
  privacyPage: '隐私说明',
  mine: {
    page: '我的信息',
    link: '查看、导出或删除我的信息',
    export: '导出我的信息',
    exportWhy: '我们保存的关于你的全部信息：账号、签约、账单、扣款前告知。',
    exportAction: '显示我的信息',
    copy: '复制全部',
    copied: '已复制，可粘贴保存',
    copyFailed: '复制失败，请长按上面的内容复制',
    delete: '删除我的信息',
    deleteWhy:
      '删除后，我们不再知道你是谁。已付款的交易记录依法保留，但不再与你关联。有生效的签约或未完成的扣款时不能删除。',
    deleteAction: '删除',
    deleteSure: '删除后不能恢复，确定吗？',
    deleteConfirm: '确认删除',
    deleteCancel: '暂不删除',
    deleted: '已删除',
    deletedNext: '你的账号、云闪付标识和登录记录已删除。',
  },
  agreement: (terms: Terms): Section[] => [
    {
      title: '一、你同意什么',
      text: [
        `你同意${terms.payee}在你使用“${terms.title}”时，通过中国银联云闪付从你的账户扣款，扣款时不再逐笔输入密码。`,
        terms.content,
      ],
    },
    {
      title: '二、限额',
      text: [
        `单笔不超过 ${terms.single}，每日累计不超过 ${terms.daily}。超过限额的消费不会通过此方式扣款。`,
      ],
    },
    {
      title: '三、扣款顺序',
      text: ['按你在云闪付 App 中设置的付款顺序依次尝试，直到一张卡扣款成功。'],
    },
    {
      title: '四、签约何时生效',
      text: ['你在云闪付签约页同意，并由银联确认后生效。仅从签约页返回不代表已经签约。'],
    },
    {
      title: '五、怎么解约',
      text: [
        '你可以随时在此页面的“我的签约”中解约，不收取费用。',
        terms.offline
          ? '这项服务不能在云闪付 App 内解约，请在此页面解约。'
          : '也可以在云闪付 App 的 我的 › 设置 › 支付设置 › 无感支付 中解约。',
        '解约前已经发生的消费仍会结算。',
      ],
    },
    {
      title: '六、有疑问怎么办',
      text: [`对扣款有疑问，请联系${terms.payee}客服，或拨打云闪付客服 95516。`],
    },
  ],
  privacy: (merchant: string, phone: string): Section[] => [
    { title: '谁在处理你的信息', text: [`${merchant}（下称“我们”）。联系电话：${phone}。`] },
    {
      title: '我们保存什么',
      text: [
        '云闪付给我们的用户标识（open_id）和签约协议号，加密保存，用于签约、扣款和解约。',
        '商户账号、签约与解约的时间和结果，用于对账和答复你的疑问。',
      ],
    },
    {
      title: '我们不保存什么',
      text: ['我们看不到也不保存你的银行卡号、支付密码、身份证号。这些只由云闪付处理。'],
    },
    {
      title: '为什么需要',
      text: ['没有这些信息，就无法知道该为谁签约、向谁扣款，也无法替你解约。'],
    },
    { title: '与谁共享', text: ['只与中国银联和提供服务的收款方共享完成付款所必需的信息。'] },
    {
      title: '你的权利',
      text: [
        '你可以随时解约。查看、导出或删除你的信息，请使用本页下方的“我的信息”；更正请拨打上述电话。依法需要保留的交易记录除外。',
      ],
    },
  ],
}
