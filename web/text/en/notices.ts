import type { Words } from '../zh/index.ts'

const looking = 'Looking charges nothing, and does not change what was charged before.'

export const notices: Words['notices'] = {
  looking,
  retry: 'Try again',
  home: 'Back to start',
  loading: 'Loading…',
  slow: 'Slower than usual, still waiting. Waiting itself charges nothing.',
  requestId: 'Number to quote to the merchant',
  effects: {
    read: looking,
    refused: 'Nothing was charged in this step.',
    unknown:
      'This step charges nothing, but it may have taken effect. Refresh or look at your contracts before you try again.',
  },
  slowStep:
    'Slower than usual, still waiting. This step charges nothing; you may leave and look at your contracts later.',
  slowEnding: 'You need not wait for this: you can end the contract now.',
  offlineBar: 'No network: what you see may be out of date',
  language: '中文',
  sandbox: 'Sandbox: no real money moves',
  signIn: {
    page: 'Confirming',
    working: 'The wallet is confirming who you are…',
    failed: {
      title: 'We could not confirm who you are',
      next: 'Nothing was signed or charged. Try again; if it stays, close the page and enter from the wallet.',
    },
  },
  signOut: {
    wallet: 'Shown for the wallet account that is open',
    who: (account) => `Shown for ${account}`,
    action: 'Not me, sign out',
    leaving: 'Signing out…',
    failed: 'You may still be signed in.',
    page: 'Signed out',
    title: 'You are signed out',
    next: 'Contracts and bills are no longer shown. Contracts stay in force and are charged as before. The wallet confirms who you are when you look again.',
  },
  privacy: {
    title: 'May the wallet tell us who you are?',
    why: 'To show contracts and bills, the wallet confirms silently who you are.',
    points: [
      'The wallet gives us an identifier (open_id), which we keep encrypted.',
      'We use it to sign, charge, end and show bills, and for nothing else.',
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
    read: 'See the services first',
    bar: 'Signing works inside the UnionPay app',
  },
  blocked: {
    page: 'Not loaded',
    title: 'The wallet’s script did not load',
    why: 'UnionPay’s script (open.95516.com) did not arrive. The network may be unstable or block it, or UnionPay may be unreachable. Nothing was signed or charged. Try again later or on another network; if you are not in the UnionPay app, open it there first.',
    retry: 'Load again',
  },
  oldApp: {
    page: 'Please update',
    title: 'This UnionPay app is too old',
    why: 'This version cannot sign. Please update the UnionPay app. Contracts you have are not affected.',
    mine: 'See my contracts',
  },
  notFound: {
    page: 'Not found',
    title: 'There is no such page',
    next: 'The link may be incomplete. Go back to the start.',
  },
  problem: { page: 'Something went wrong', browse: 'Back to start', mine: 'My contracts' },
}
