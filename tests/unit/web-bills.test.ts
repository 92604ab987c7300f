import { describe, expect, test } from 'vitest'
import type { BillView } from '../../server/api.ts'
import { markOf } from '../../web/components/bill-mark.ts'
import { mergeFirstPage } from '../../web/stores/bills.ts'

const bills = (...ids: string[]) => ids.map((order_id) => ({ order_id }) as BillView)
const page = (next_cursor: string | null, ...ids: string[]) => ({
  bills: bills(...ids),
  next_cursor,
})

describe('a first page that is loaded again', () => {
  test('shows new bills in front and keeps the older loaded pages', () =>
    expect(mergeFirstPage(page('2', '5', '4', '3', '2'), page('4', '6', '5', '4'))).toEqual(
      page('2', '6', '5', '4', '3', '2'),
    ))
  test('updates the bills themselves, which may have changed', () => {
    const refunded = {
      ...page('4', '5', '4'),
      bills: [{ order_id: '5', refunded_fen: 100 } as BillView, ...bills('4')],
    }
    expect(mergeFirstPage(page(null, '5', '4', '3'), refunded).bills[0]).toMatchObject({
      refunded_fen: 100,
    })
  })
  test('that does not overlap the loaded bills starts again, without a gap', () =>
    expect(mergeFirstPage(page(null, '3', '2', '1'), page('7', '9', '8', '7'))).toEqual(
      page('7', '9', '8', '7'),
    ))
  test('that has all bills replaces the list', () =>
    expect(mergeFirstPage(page(null, '2', '1'), page(null, '3', '2', '1'))).toEqual(
      page(null, '3', '2', '1'),
    ))
  test('for the first time is the list', () =>
    expect(mergeFirstPage(undefined, page('1', '2', '1'))).toEqual(page('1', '2', '1')))
})

const paid = {
  state: 'succeeded',
  in_review: false,
  amount_fen: 350,
  refunded_fen: 0,
  refunding_fen: 0,
} as const
test.each([
  ['paid', {}],
  ['part', { refunded_fen: 100 }],
  ['returning', { refunded_fen: 100, refunding_fen: 50 }],
  ['returned', { refunded_fen: 350 }],
  ['pending', { state: 'pending' }],
  ['failed', { state: 'failed' }],
  ['review', { in_review: true, refunded_fen: 350 }],
  ['review', { state: 'failed', in_review: true }],
] as const)('the one label of a bill: %s %j', (mark, more) =>
  expect(markOf({ ...paid, ...more })).toBe(mark),
)
