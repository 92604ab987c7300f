import type { NewUser } from './users.ts'

/** The users of a new sandbox. Names, numbers and cards are invented. */
export const initialUsers: readonly (NewUser & { user_id: string })[] = [
  {
    user_id: 'wallet-1',
    name: '王小青',
    mobile: '13800000001',
    identity_last4: '2018',
    cards: [
      { bank: '交通银行', kind: 'debit', last4: '6210', balance_fen: 100_000 },
      { bank: '招商银行', kind: 'credit', last4: '6258', balance_fen: 500_000 },
    ],
  },
  {
    user_id: 'wallet-2',
    name: '李明',
    mobile: '13800000002',
    identity_last4: '043X',
    cards: [{ bank: '中国建设银行', kind: 'debit', last4: '6217', balance_fen: 200_000 }],
  },
  {
    user_id: 'wallet-3',
    name: '陈静',
    mobile: '13800000003',
    identity_last4: '5526',
    cards: [{ bank: '中国银行', kind: 'credit', last4: '6259', balance_fen: 500_000 }],
  },
]
