import type { Messages } from '../zh/index.ts'

const looking = 'Viewing charges nothing and does not affect earlier charges.'

export const notices: Messages['notices'] = {
  looking,
  retry: 'Try again',
  home: 'Home page',
  loading: 'Loading…',
  slow: 'Slower than usual, still waiting. Waiting charges nothing.',
  requestId: 'Number for merchant support',
  effects: {
    read: looking,
    refused: 'Nothing was charged in this step.',
    unknown:
      'This step charges nothing, but it may have taken effect. Refresh or check “My contracts” before you try again.',
  },
  slowStep:
    'Slower than usual, still waiting. This step charges nothing. You can leave and check “My contracts” later.',
  slowEnding: 'You need not wait: you can end the contract now.',
  offlineBar: 'No network: this page may be out of date',
  language: '中文',
  sandbox: 'Sandbox: no real money moves',
  signIn: {
    page: 'Confirm identity',
    working: 'The wallet is confirming who you are…',
    failed: {
      title: 'We could not confirm who you are',
      next: 'Nothing was signed or charged. Try again. If it fails again, close the page and open it from the wallet.',
    },
  },
  signOut: {
    wallet: 'Shown for the wallet account that opened this page',
    who: (account) => `Shown for ${account}`,
    action: 'Not me, sign out',
    leaving: 'Signing out…',
    failed: 'You may still be signed in.',
    page: 'Signed out',
    title: 'You are signed out',
    next: 'Contracts and bills are no longer shown. Contracts stay active and are charged as before. The wallet confirms who you are when you view them again.',
  },
  privacy: {
    title: 'May the wallet confirm who you are?',
    why: 'The wallet confirms who you are before we show contracts and bills.',
    points: [
      'The wallet gives us an identifier (open_id), which we store encrypted.',
      'We use it only to sign, charge, end contracts and show bills.',
      'We never see card numbers, payment passwords or identity numbers.',
    ],
    read: 'Read the privacy notice',
    yes: 'Agree',
    no: 'Do not agree',
  },
  size: { large: 'Larger', standard: 'Standard' },
  outside: {
    page: 'Open in the wallet',
    title: 'Please open this in the UnionPay app',
    why: 'The UnionPay app must confirm that you agree, so signing works only inside it. You can read about the services here.',
    open: 'Open the UnionPay app',
    copy: 'Copy link',
    copied: 'Copied. Paste it in the UnionPay app',
    copyFailed: 'Copying failed. Press and hold the link below',
    read: 'View the services first',
    bar: 'Signing works inside the UnionPay app',
  },
  blocked: {
    page: 'Not loaded',
    title: 'The wallet’s script did not load',
    why: 'UnionPay’s script (open.95516.com) did not load. The network may be unstable or block it, or UnionPay may be unreachable. Nothing was signed or charged. Try again later or on another network; if you are not in the UnionPay app, open it there first.',
    retry: 'Reload',
  },
  oldApp: {
    page: 'Please update',
    title: 'This UnionPay app is too old',
    why: 'This version cannot sign. Please update the UnionPay app. Your contracts are not affected.',
    mine: 'View my contracts',
  },
  notFound: {
    page: 'Not found',
    title: 'Page not found',
    next: 'The link may be incomplete. Go back to the home page.',
  },
  problem: { page: 'Something went wrong', browse: 'Home page', mine: 'My contracts' },
}
