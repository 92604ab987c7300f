import type { Messages } from '../zh/index.ts'

export const signings: Messages['signings'] = {
  states: {
    waiting: {
      title: 'You have not completed signing',
      next: 'You sign by agreeing on the wallet’s signing page. You can continue or cancel.',
    },
    processing: {
      title: 'Signing in progress',
      next: 'UnionPay has not returned the final result. You can leave and check “My contracts” later. Please do not sign twice.',
    },
    succeeded: {
      title: 'Signed',
      next: 'This service is now paid automatically. You can end it at any time.',
    },
    failed: { title: 'Signing failed', next: 'Nothing was signed and nothing will be charged.' },
    cancelled: {
      title: 'Signing cancelled',
      next: 'Nothing was signed and nothing will be charged. If you did not cancel it, sign again or call UnionPay at 95516.',
    },
    expired: {
      title: 'Signing expired',
      next: 'It was not completed in time, so nothing will be charged. You can start again.',
    },
  },
  reasons: {
    wallet_error: {
      title: 'The wallet returned an error.',
      next: 'Sign again. If it fails again, call UnionPay at 95516.',
    },
    returned_empty: {
      title: 'The signing page returned no result.',
      next: 'Sign again and agree on the signing page.',
    },
    code_refused: {
      title: 'UnionPay did not accept the authorisation. It may have expired.',
      next: 'Sign again.',
    },
    wallet_foreign: {
      title: 'Another wallet account agreed than the one that started.',
      next: 'We refused it to protect you. Sign again with one wallet account.',
    },
    already_signed: {
      title: 'You have already signed',
      next: 'You signed for this service on another page. You did not sign twice.',
    },
    already_signed_elsewhere: {
      title: 'UnionPay shows that you signed for this service in another way.',
      next: 'Check the wallet under Settings › Payment › Seamless payment, or contact the merchant.',
    },
    rejected: {
      title: 'UnionPay rejected this signing.',
      next: 'Check that your wallet is verified and has a usable card, then sign again.',
    },
    unionpay_silent: {
      title: 'UnionPay could not be reached. Nothing was signed.',
      next: 'Sign again later.',
    },
    outcome_unknown: {
      title: 'Sent to UnionPay, no answer yet.',
      next: 'We keep querying. Please do not sign twice.',
    },
    never_returned: {
      title: 'You did not return from the signing page.',
      next: 'You can sign again at any time.',
    },
  },
  page: 'Signing result',
  otherWindow: {
    title: 'Complete signing in the new window',
    next: 'The result appears here when you complete or close it.',
  },
  goOn: 'Continue signing',
  again: 'Sign again',
  cancel: 'Cancel',
  refresh: 'Refresh result',
  refreshing: 'Refreshing…',
  toContract: 'View contract',
  toContracts: 'My contracts',
  toHome: 'Home page',
  closeWindow: 'Close this window',
  nextUpdate: (time) => `Next update at ${time} at the earliest`,
  unionpayCode: 'UnionPay code',
  startedAt: 'Started',
  number: 'Signing number',
  arriving: 'Checking the result…',
  opening: 'Opening the wallet’s signing page…',
  openFailed: {
    title: 'The signing page did not open',
    next: 'The wallet did not allow this page to open it. Close the page and open it again, or update the wallet.',
  },
}
