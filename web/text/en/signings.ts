import type { Words } from '../zh/index.ts'

export const signings: Words['signings'] = {
  states: {
    waiting: {
      title: 'You have not finished signing',
      next: 'You have signed only when you agree on the wallet’s own page. Go on, or cancel.',
    },
    processing: {
      title: 'Signing in progress',
      next: 'UnionPay has not decided yet. You may leave and look under “My contracts” later; please do not sign twice.',
    },
    succeeded: {
      title: 'Signed',
      next: 'This service is now paid automatically. You can end it at any time.',
    },
    failed: { title: 'Signing failed', next: 'Nothing was signed and nothing will be charged.' },
    cancelled: {
      title: 'Signing cancelled',
      next: 'Nothing was signed and nothing will be charged. If it was not you who cancelled, sign again or call UnionPay at 95516.',
    },
    expired: {
      title: 'Signing expired',
      next: 'It was not finished in time, so nothing will be charged. You can start again.',
    },
  },
  reasons: {
    wallet_error: {
      title: 'The wallet returned an error.',
      next: 'Sign again; if it stays, call UnionPay at 95516.',
    },
    returned_empty: {
      title: 'You came back without a result.',
      next: 'Sign again and agree on the signing page.',
    },
    code_refused: {
      title: 'UnionPay did not accept the authorisation; it may have expired.',
      next: 'Sign again.',
    },
    wallet_foreign: {
      title: 'The wallet that agreed is not the one that started.',
      next: 'Refused to protect you. Sign again with one wallet account.',
    },
    already_signed: {
      title: 'You have signed already',
      next: 'This service was signed on another page; it was not signed twice.',
    },
    already_signed_elsewhere: {
      title: 'UnionPay knows a contract you signed another way.',
      next: 'Look in the wallet under Settings – Payment – Seamless payment, or ask the merchant.',
    },
    rejected: {
      title: 'UnionPay refused this contract.',
      next: 'Check that your wallet is verified and holds a usable card, then sign again.',
    },
    unionpay_silent: {
      title: 'UnionPay could not be reached; nothing was signed.',
      next: 'Sign again later.',
    },
    outcome_unknown: {
      title: 'Sent to UnionPay, no answer yet.',
      next: 'We keep asking. Please do not sign twice.',
    },
    never_returned: {
      title: 'You did not come back from the signing page.',
      next: 'Sign again whenever you like.',
    },
  },
  page: 'Signing result',
  otherWindow: {
    title: 'Finish signing in the new window',
    next: 'The result appears here when you finish or close it.',
  },
  goOn: 'Go on signing',
  again: 'Sign again',
  cancel: 'Cancel',
  refresh: 'Refresh result',
  refreshing: 'Asking…',
  toContract: 'See contract',
  toContracts: 'My contracts',
  toHome: 'Back to start',
  closeWindow: 'Close this window',
  nextLook: (time) => `Next news at ${time} at the earliest`,
  unionpayCode: 'UnionPay code',
  startedAt: 'Started',
  number: 'Number of this signing',
  arriving: 'Checking the result…',
  opening: 'Opening the wallet’s signing page…',
  openFailed: {
    title: 'The signing page did not open',
    next: 'The wallet did not let this page open a window. Close the page and enter again, or update the wallet.',
  },
}
