import type { Words } from '../zh/index.ts'

export const contracts: Words['contracts'] = {
  page: 'My contracts',
  detailPage: 'Contract',
  states: {
    applying: 'In progress', active: 'Active', abandoned: 'Not finished', rejected: 'Refused', terminating: 'Ending', terminated: 'Ended',
  },
  current: 'In use',
  ended: (count) => `Ended (${count})`,
  empty: 'You have no contracts',
  emptyNext: 'Sign once, then pay automatically within limits.',
  emptyLink: 'See the services',
  signedAt: 'Signed',
  terminatedAt: 'Ended',
  endedBy: {
    payer_here: 'By you, on this page', payer_in_wallet: 'By you, in the wallet', merchant: 'By the merchant', unionpay: 'By UnionPay',
  },
  endedByLabel: 'Ended how',
  contract_id: 'Contract number',
  contract_code: 'Merchant’s number',
  account: 'Pays for',
  through: 'Signed in',
  throughText: { h5: 'This page in the wallet', sdk: 'The merchant’s app' },
  review: 'Somebody is checking the record of this contract. Ask the merchant if in doubt.',
  history: 'History',
  historyTo: {
    applying: 'Signing started', active: 'Contract active', abandoned: 'Signing not finished', rejected: 'Refused by UnionPay', terminating: 'Ending requested', terminated: 'Ended',
  },
  historyKept: 'Still active',
  historySource: {
    start: 'by you', return: 'back from the signing page', apply: 'UnionPay’s answer', info: 'asked UnionPay', relieve: 'UnionPay’s answer to ending',
    notice: 'UnionPay’s notice', sweep: 'routine check with UnionPay', job: 'followed up by us', payer: 'by you', merchant: 'by the merchant',
  },
  coming: {
    title: (day: string) => `Debit on ${day}`,
    changed: (before: string, after: string) => `The amount changes: ${before} last time, ${after} now`,
    way: (told: string) => `How to cancel: ${told}`,
    stop: 'Do not want it? End the contract here',
  },
  terminating: {
    title: 'Ending in progress', next: 'New charges have stopped. It shows “Ended” once UnionPay confirms; no need to repeat.', refresh: 'Refresh',
  },
  end: {
    action: 'End contract',
    title: 'End this contract?',
    consequences: [
      'This service can no longer charge you automatically.',
      'What you used before ending is still settled as agreed.',
      'You can sign again whenever you like.',
    ],
    offline: 'This is an offline service: it cannot be ended in the wallet, only here.',
    unfinished: 'Unfinished orders',
    unfinishedNone: 'There are none.',
    unionpayCount: (count) => `UnionPay still has ${count}`,
    unionpayUnknown: 'We could not ask UnionPay about unfinished orders. You can end it anyway.',
    unfinishedUnknown: 'We could not look up unfinished orders. You can end it anyway.',
    asking: 'Looking for unfinished orders…',
    keep: 'Keep it',
    confirm: 'End it',
    confirming: 'Ending…',
  },
}
