import { expect, test } from 'vitest'
import { findDifferences } from '../../server/unionpay/message-differences.ts'

const order = {
  order_id: '01M8PD13R11S15H5YVX2A8M4T8',
  merchant_no: '898310148160568',
  txn_time: '20261130221635',
  amount_fen: 710,
}
const message = {
  merId: order.merchant_no,
  orderId: order.order_id,
  txnTime: order.txn_time,
  txnType: '01',
  txnAmt: '710',
  currencyCode: '156',
}

test.each([
  ['the same', {}, []],
  ['an amount with leading zeros', { txnAmt: '000000000710' }, []],
  ['another kind of transaction', { txnType: '04' }, []],
  ['another amount', { txnAmt: '1' }, [{ what: 'amount', ours: '710', theirs: '1' }]],
  ['no amount', { txnAmt: undefined }, [{ what: 'amount', ours: '710', theirs: null }]],
  [
    'another merchant and currency',
    { merId: '898310148160569', currencyCode: '840' },
    [
      { what: 'merchant_no', ours: '898310148160568', theirs: '898310148160569' },
      { what: 'currency', ours: '156', theirs: '840' },
    ],
  ],
] as const)(
  'both values of a stored message that says %s are found, as JSON and as a form',
  (...asked) => {
    const [, override, differences] = asked
    const json = JSON.stringify({ ...message, ...override })
    expect(findDifferences(json, order)).toEqual(differences)
    expect(findDifferences(String(new URLSearchParams(JSON.parse(json))), order)).toEqual(
      differences,
    )
  },
)
