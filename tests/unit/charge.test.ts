import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clearingDay, settleDay, type Transaction } from '../../server/transactions/transaction.ts'
import { requestDigest } from '../../server/transactions/idempotency.ts'
import { decideTransition, type Outcome } from '../../server/transactions/outcome.ts'
import { paceOf } from '../../server/transactions/query-slots.ts'
import { createSendGate } from '../../server/transactions/send-once.ts'
import { problemOfSchedule, slot_lasts_s, slotAfter } from '../../server/kernel/query-schedule.ts'
import { judgeRefund } from '../../server/refunds/refund.ts'
import { readSettings, type SettingsProblem } from '../../server/settings.ts'

const order = (state: Transaction['state'], more: Partial<Transaction> = {}): Transaction => ({
  order_id: '01M82N00000000000000000000',
  merchant_no: '898310148160568',
  amount_fen: 100,
  txn_time: '20261122120000',
  accepted_at: new Date(0),
  profile_digest: 'd',
  sent_at: new Date(0),
  state,
  needs_review: false,
  review_reason: null,
  reason: null,
  unionpay_code: null,
  unionpay_text: null,
  query_id: null,
  settle_on: null,
  settled_at: null,
  ended_at: null,
  asked_at: null,
  queries: 0,
  due_at: null,
  waits_for: null,
  ...more,
})
const found = (reported: Outcome['state'], more: Partial<Outcome> = {}): Outcome => ({
  state: reported,
  source: 'notification',
  ...more,
})

describe('the outcome that a source reports', () => {
  test.for([
    ['pending', 'succeeded', 'settle'],
    ['pending', 'failed', 'settle'],
    ['pending', 'unknown', 'nothing'],
    ['succeeded', 'succeeded', 'nothing'],
    ['succeeded', 'failed', 'review'],
    ['succeeded', 'unknown', 'nothing'],
    ['failed', 'failed', 'nothing'],
    ['failed', 'succeeded', 'review'],
    ['failed', 'unknown', 'nothing'],
  ] as const)('a %s transaction with outcome %s: %s', ([state, outcome, kind]) =>
    expect(decideTransition(order(state), found(outcome)).kind).toBe(kind),
  )

  test('no sequence of outcomes changes a final state', () => {
    const outcome = fc.constantFrom('succeeded', 'failed', 'unknown')
    fc.assert(
      fc.property(fc.array(outcome, { maxLength: 12 }), (outcomes) => {
        let now = order('pending')
        let first: string | null = null
        for (const one of outcomes) {
          const decision = decideTransition(now, found(one))
          if (decision.kind === 'settle') now = { ...now, state: decision.to }
          if (decision.kind === 'review')
            now = { ...now, needs_review: true, review_reason: decision.review }
          if (one !== 'unknown') first ??= one
          expect(now.state).toBe(first ?? 'pending')
        }
        expect(now.needs_review).toBe(outcomes.includes('succeeded') && outcomes.includes('failed'))
      }),
    )
  })

  test('the same contradiction is reported once', () => {
    expect(
      decideTransition(
        order('succeeded', { needs_review: true, review_reason: 'failed_after_success' }),
        found('failed'),
      ).kind,
    ).toBe('nothing')
  })
})

describe('the query schedule', () => {
  test('begins at five minutes and leaves five minutes between queries', () => {
    for (const good of [[5], [5, 10, 30, 60, 120], [7, 12]])
      expect(problemOfSchedule(good)).toBeNull()
    for (const bad of [[], [4], [0, 5], [5, 9], [5, 10, 10], [30, 10]])
      expect(problemOfSchedule(bad)).not.toBeNull()
  })

  test('that is accepted never queries before five minutes or twice within five', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 6 }), (minutes) => {
        if (problemOfSchedule(minutes) !== null) return
        let last_s = 0
        for (let queries = 0; queries < minutes.length; queries++) {
          const at_s = slotAfter(minutes, queries) ?? 0
          expect(at_s - last_s).toBeGreaterThanOrEqual(300)
          if (queries === 0) expect(at_s).toBeGreaterThan(300)
          last_s = at_s
        }
        expect(slotAfter(minutes, minutes.length)).toBeNull()
      }),
    )
  })

  test('waits five minutes after a query that takes its whole time limit to arrive', () => {
    for (const unionpay_timeout_ms of [500, 10_000, 60_000]) {
      const { gap_s } = paceOf({
        query_schedule_minutes: [5, 10],
        queries_per_minute: 60,
        unionpay_timeout_ms,
      })
      const latest_arrival_s = slot_lasts_s + unionpay_timeout_ms / 1000
      expect(gap_s - latest_arrival_s).toBeGreaterThan(300)
    }
  })
})

describe('days', () => {
  test('the clearing day turns at 23:00 in Beijing', () => {
    expect(clearingDay(new Date('2026-11-22T14:59:59Z'), '23:00')).toBe('2026-11-22')
    expect(clearingDay(new Date('2026-11-22T15:00:00Z'), '23:00')).toBe('2026-11-23')
  })

  test('settleDate gets the year that brings it nearest to the order', () => {
    expect(settleDay('1122', new Date('2026-11-22T00:00:00Z'))).toBe('2026-11-22')
    expect(settleDay('0101', new Date('2026-12-31T15:30:00Z'))).toBe('2027-01-01')
    expect(settleDay('1231', new Date('2027-01-01T01:00:00Z'))).toBe('2026-12-31')
    for (const none of [null, '', '1340', '0230', '112'])
      expect(settleDay(none, new Date('2026-11-22T00:00:00Z'))).toBeNull()
  })
})

test('a body has the same digest in any order of its members, and another with another value', () => {
  expect(requestDigest({ a: 1, b: { c: 2, d: 3 } })).toBe(
    requestDigest({ b: { d: 3, c: 2 }, a: 1 }),
  )
  expect(requestDigest({ a: 1 })).not.toBe(requestDigest({ a: '1' }))
  expect(requestDigest('x', { a: 1 })).not.toBe(requestDigest('y', { a: 1 }))
})

test('no sequence of refunds and cancels refunds more than was charged, and cancel and refund exclude each other', () => {
  const wish = fc.record({
    kind: fc.constantFrom('refund', 'cancel'),
    amount_fen: fc.option(fc.integer({ min: 1, max: 120 })),
    outcome: fc.constantFrom('succeeded', 'failed', 'pending'),
    in_doubt: fc.boolean(),
  })
  const now = new Date('2026-11-22T04:00:00Z')
  const charge = {
    state: 'succeeded' as const,
    needs_review: false,
    review_reason: null,
    amount_fen: 100,
    accepted_at: now,
    settle_on: null,
  }
  const rules = { now, clearing_day_ends: '23:00', refund_window_days: 330, may_cancel: true }
  fc.assert(
    fc.property(fc.array(wish, { maxLength: 15 }), (wishes) => {
      const refunds: {
        state: 'succeeded' | 'failed' | 'pending'
        needs_review: boolean
        amount_fen: number
        kind: 'refund' | 'cancel'
        resolved_by: null
      }[] = []
      for (const { kind, amount_fen, outcome, in_doubt } of wishes) {
        const judged = judgeRefund(
          charge,
          refunds,
          {
            kind,
            amount_fen: kind === 'cancel' ? null : amount_fen,
            description: '',
          },
          rules,
        )
        if ('amount_fen' in judged)
          refunds.push({
            kind: kind,
            amount_fen: judged.amount_fen,
            state: outcome,
            needs_review: in_doubt,
            resolved_by: null,
          })
      }
      // a failed one in doubt may have been refunded
      const held = refunds.filter(({ state, needs_review }) => state !== 'failed' || needs_review)
      expect(held.reduce((sum, { amount_fen }) => sum + amount_fen, 0)).toBeLessThanOrEqual(100)
      expect(new Set(held.map(({ kind }) => kind)).size).toBeLessThanOrEqual(1)
      expect(held.filter(({ kind }) => kind === 'cancel').length).toBeLessThanOrEqual(1)
    }),
  )
})

test('a refund that an operator declared void counts towards the limit of one operator, and may be made again', () => {
  const now = new Date('2026-11-22T04:00:00Z')
  const charge = {
    state: 'succeeded' as const,
    needs_review: false,
    review_reason: null,
    amount_fen: 1_000,
    accepted_at: now,
    settle_on: null,
  }
  const rules = { now, clearing_day_ends: '23:00', refund_window_days: 330, may_cancel: true }
  const failed = { state: 'failed', needs_review: false, amount_fen: 300, kind: 'refund' } as const
  const alone = (resolved_by: string | null, amount_fen: number) =>
    judgeRefund(
      charge,
      [{ ...failed, resolved_by }],
      { kind: 'refund', amount_fen, description: '', alone_fen: 500 },
      rules,
    )
  expect(alone('anna', 200)).toEqual({ amount_fen: 200 })
  expect(alone('anna', 201)).toEqual({ refusal: 'approval_required' })
  expect(alone(null, 500)).toEqual({ amount_fen: 500 })
})

describe('the send gate', () => {
  test('lets a bounded number out at once, the others in order of arrival', async () => {
    const gate = createSendGate(1)
    expect([gate.enterNow(), gate.enterNow()]).toEqual([true, false])
    const entered: number[] = []
    const waiting = [1, 2].map((one) => gate.enter().then(() => entered.push(one)))
    gate.release()
    await waiting[0]
    expect(entered).toEqual([1])
    gate.release()
    await waiting[1]
    expect(entered).toEqual([1, 2])
    gate.release()
    expect(gate.enterNow()).toBe(true)
  })

  test('drops an item whose turn does not come in time, without blocking the others', async () => {
    const gate = createSendGate(1, 20)
    expect(gate.enterNow()).toBe(true)
    expect(await gate.enter()).toBe(false)
    gate.release()
    expect(await gate.enter()).toBe(true)
  })

  test('is idle only when every tracked item has ended, successfully or not', async () => {
    const gate = createSendGate(1)
    const [well, badly] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    let is_idle = false
    const tracked = [gate.track(well.promise), gate.track(badly.promise).catch(() => {})]
    const idle = gate.idle().then(() => (is_idle = true))
    well.resolve()
    await tracked[0]
    expect(is_idle).toBe(false)
    badly.reject(new Error('broke off'))
    await Promise.all([...tracked, idle])
    expect(is_idle).toBe(true)
  })
})

describe('settings of charging', () => {
  const merchant = '898310148160568'
  const chain = { ACP_ROOT_FILES: '/r.pem', ACP_MIDDLE_FILES: '/m.pem' }
  const problems = (env: Record<string, string>): readonly string[] => {
    try {
      readSettings(env)
      return []
    } catch (error) {
      return (error as SettingsProblem).problems
    }
  }

  test.for(['4', '0,10', '5,9', '5,10,10', '', 'five'] as const)(
    'a schedule "%s" that is faster than UnionPay allows stops the start',
    (minutes) => {
      expect(problems({ QUERY_SCHEDULE_MINUTES: minutes })).toHaveLength(minutes === '' ? 0 : 1)
    },
  )

  test('a merchant number needs its key and the chain, or the shared key', () => {
    expect(problems({})).toEqual([])
    expect(problems({ ACP_MERCHANTS: `${merchant}:/key.pfx`, ...chain })).toEqual([])
    expect(problems({ ACP_MERCHANTS: merchant, ...chain })).toHaveLength(1)
    expect(problems({ ACP_MERCHANTS: `${merchant}:/key.pfx` })).toHaveLength(2)
    expect(problems({ ACP_MERCHANTS: merchant, ACP_SIGN_METHOD: '11' })).toHaveLength(1)
    expect(
      problems({
        ACP_MERCHANTS: merchant,
        ACP_SIGN_METHOD: '12',
        ACP_SECURE_KEY_FILE: '/secure-key',
      }),
    ).toEqual([])
    expect(problems({ ACP_MERCHANTS: '8983', ...chain })).toHaveLength(1)
  })
})
