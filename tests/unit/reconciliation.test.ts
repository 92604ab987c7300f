import { describe, expect, test } from 'vitest'
import { actionsOf, effectOf, suggestionOf } from '../../server/reconciliation/break.ts'
import { isFeeRight } from '../../server/reconciliation/line-rules.ts'
import {
  boundsOf,
  fetchAt,
  lastFetchable,
  retryAfter_s,
} from '../../server/reconciliation/statement.ts'

describe('a clearing day', () => {
  test('begins the evening before and ends at 23:00 in Beijing', () => {
    expect(boundsOf('2026-11-22', '23:00')).toEqual({
      from: new Date('2026-11-21T15:00:00Z'),
      to: new Date('2026-11-22T15:00:00Z'),
    })
  })
  test('is available from nine the next morning on', () => {
    expect(fetchAt('2026-11-22', '09:00')).toEqual(new Date('2026-11-23T01:00:00Z'))
    expect(lastFetchable(new Date('2026-11-23T00:59:59Z'), '09:00')).toBe('2026-11-21')
    expect(lastFetchable(new Date('2026-11-23T01:00:00Z'), '09:00')).toBe('2026-11-22')
  })
  test('is fetched again at growing intervals', () => {
    expect([1, 2, 3, 12, 50].map((attempts) => retryAfter_s(attempts) / 60)).toEqual([
      10, 20, 30, 120, 120,
    ])
  })
})

describe('a fee', () => {
  const line = { amount_fen: 10_000, fee_fen: -38, settled_fen: 9_962 }
  test('is the agreed one, give or take a fen, and the amounts add up', () => {
    expect(isFeeRight(line, 'charge', 38)).toBe(true)
    expect(isFeeRight({ ...line, fee_fen: -39, settled_fen: 9_961 }, 'charge', 38)).toBe(true)
    expect(isFeeRight({ ...line, fee_fen: -60, settled_fen: 9_940 }, 'charge', 38)).toBe(false)
    expect(isFeeRight({ ...line, fee_fen: -60, settled_fen: 9_940 }, 'charge', null)).toBe(true)
    expect(isFeeRight({ ...line, settled_fen: 9_961 }, 'charge', null)).toBe(false)
  })
  test('of a refund is returned, or not', () => {
    expect(isFeeRight({ amount_fen: 200, fee_fen: 1, settled_fen: -199 }, 'refund', 38)).toBe(true)
    expect(isFeeRight({ amount_fen: 200, fee_fen: 0, settled_fen: -200 }, 'refund', 38)).toBe(true)
    expect(isFeeRight({ amount_fen: 200, fee_fen: 0, settled_fen: 200 }, 'refund', 38)).toBe(false)
  })
})

describe('the effect of an action on an order', () => {
  const order = { state: 'pending', needs_review: false, waits_for: 'statement' } as const
  test.for([
    [
      'mark_paid',
      { ...order, waits_for: 'manual_review' },
      { kind: 'resolve', to: 'succeeded', review_first: false },
    ],
    [
      'mark_not_paid',
      { ...order, state: 'succeeded', waits_for: null },
      { kind: 'resolve', to: 'failed', review_first: true },
    ],
    [
      'mark_paid',
      { ...order, state: 'failed', needs_review: true, waits_for: null },
      { kind: 'resolve', to: 'succeeded', review_first: false },
    ],
    ['mark_paid', { ...order, state: 'succeeded', waits_for: null }, { kind: 'none' }],
    ['mark_paid', order, { kind: 'refused' }], // its statement has not had its turn
    ['acknowledge', { ...order, waits_for: 'manual_review' }, { kind: 'refused' }],
    ['acknowledge', { ...order, state: 'succeeded', waits_for: null }, { kind: 'none' }],
    ['acknowledge', null, { kind: 'none' }],
    ['mark_paid', null, { kind: 'refused' }],
  ] as const)('%s', ([action, of, effect]) => {
    expect(effectOf(action, of)).toMatchObject(effect)
  })
  test('a command repairs only a failed charge that the statement shows as paid', () => {
    const theirs = { amount_fen: 1, fee_fen: 0, settled_fen: 0, txn_type: '01', trace: '', line: 1 }
    expect(suggestionOf({ kind: 'state', order_kind: 'charge', theirs })).toBe('mark_paid')
    expect(
      suggestionOf({ kind: 'state', order_kind: 'charge', theirs: { ...theirs, txn_type: '04' } }),
    ).toBeNull()
    expect(suggestionOf({ kind: 'state', order_kind: 'refund', theirs })).toBeNull()
    expect(suggestionOf({ kind: 'ours_only', order_kind: 'charge', theirs: null })).toBeNull()
    expect(actionsOf('fee', 'resolved')).toEqual([])
  })
})
