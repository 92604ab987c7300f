import type { ScenarioMessages } from '../message-types.ts'

/** The texts of the home page. The other texts load with the inner pages. */
export const first_page = {
  plans: {
    scenarios: {
      transport: { name: '交通出行', hint: '先乘车，后付款' },
      car: { name: '车主服务', hint: '停车加油，不用掏手机' },
      retail: { name: '智慧零售', hint: '拿了就走，自动结账' },
      living: { name: '生活缴费', hint: '账单到期，自动缴费' },
    } satisfies ScenarioMessages,
    home: {
      page: '免密支付',
      title: '签约一次，之后自动付款',
      lead: '每笔都在限额以内，随时可以解约。',
      mine: '我的签约',
      mineHint: '查看、解约',
      empty: '暂时没有可签约的服务',
      emptyNext: '请稍后再来看看，或联系商户客服。',
      limits: (single: string, daily: string) => `单笔 ${single} · 单日 ${daily}`,
      closed: '已停止新签约',
      privacy: '隐私说明',
      phone: (number: string) => `商户客服 ${number}`,
    },
    openInWallet: '在云闪付中打开',
  },
  bills: { page: '我的账单', mineHint: '扣款、退款' },
  faults: {
    offline: { title: '网络没有连上', next: '当前没有网络。请检查网络设置，然后重试。' },
    unreachable: {
      title: '暂时连不上我们的服务',
      next: '可能是我们的服务中断，也可能是当前网络不通。请稍后重试；如果其他应用也打不开，请检查网络。',
    },
  },
  notices: {
    retry: '重试',
    home: '返回首页',
    loading: '正在加载…',
    looking: '查看不会扣款，已经发生的扣款也不受影响。',
    slow: '比平时慢，还在等待结果。等待本身不会扣款。',
    offlineBar: '当前没有网络，显示的可能不是最新内容',
    language: 'English',
    size: { large: '关怀版', standard: '标准版' },
    sandbox: '沙盒环境，不会真实扣款',
    outside: { bar: '在云闪付 App 中打开才能签约' },
  },
}

/** A language may have more texts than these. */
export type FirstPageMessages = typeof first_page
