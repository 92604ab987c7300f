import type { EffectMessages } from '../message-types.ts'
import { first_page } from './first-page.ts'

export const notices = {
  ...first_page.notices,
  requestId: '联系客服时请提供编号',
  effects: {
    read: first_page.notices.looking,
    refused: '这一步没有扣款。',
    unknown: '这一步本身不会扣款，但可能已经生效。请先刷新，或到“我的签约”查看，再决定是否重试。',
  } satisfies EffectMessages,
  slowStep: '比平时慢，还在等待结果。这一步本身不会扣款；可以先离开，稍后到“我的签约”查看。',
  slowEnding: '不必等待查询结果，可以直接解约。',
  signIn: {
    page: '确认身份',
    working: '正在由云闪付确认你的身份…',
    failed: {
      title: '没有完成身份确认',
      next: '没有签约，也没有扣款。请重试；若仍失败，请关闭页面后从云闪付重新进入。',
    },
  },
  signOut: {
    wallet: '当前显示的是打开此页的云闪付账户',
    who: (account: string) => `当前账号：${account}`,
    action: '不是我，退出',
    leaving: '正在退出…',
    failed: '可能还没有退出。',
    page: '已退出',
    title: '已退出',
    next: '签约和账单不再显示。签约仍然有效，扣款照常进行。再次查看时，由云闪付重新确认身份。',
  },
  privacy: {
    title: '需要云闪付确认你的身份',
    why: '查看签约和账单前，由云闪付自动确认你的身份。',
    points: [
      '云闪付会给我们一个用户标识（open_id），加密保存。',
      '只用于签约、扣款、解约和查账，不用于其他目的。',
      '我们看不到你的银行卡号、支付密码和身份证号。',
    ],
    read: '阅读《隐私说明》',
    yes: '同意',
    no: '不同意',
  },
  outside: {
    ...first_page.notices.outside,
    page: '在云闪付中打开',
    title: '请在云闪付 App 中打开',
    why: '签约要由云闪付确认你本人同意，所以只能在云闪付 App 内进行。在这里可以先阅读各项服务。',
    open: '打开云闪付 App',
    copy: '复制链接',
    copied: '链接已复制，可粘贴到云闪付中打开',
    copyFailed: '复制失败，请长按下面的链接复制',
    read: '先看看有哪些服务',
  },
  blocked: {
    page: '组件未加载',
    title: '云闪付组件加载失败',
    why: '没有收到银联的组件（open.95516.com）。可能是网络不稳定或拦截了它，也可能是银联暂时无法访问。没有签约，也没有扣款。请稍后重试或换个网络；如果你不在云闪付内，请先在云闪付中打开。',
    retry: '重新加载',
  },
  oldApp: {
    page: '请更新云闪付',
    title: '云闪付版本太旧',
    why: '当前版本不能完成签约。请在应用商店更新云闪付 App 后再打开。你已有的签约不受影响。',
    mine: '查看我的签约',
  },
  notFound: {
    page: '页面不存在',
    title: '找不到这个页面',
    next: '链接可能不完整。请返回首页重新进入。',
  },
  problem: { page: '出了点问题', browse: '返回首页', mine: '我的签约' },
}
