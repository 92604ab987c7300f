import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ReconciliationContext } from '../../server/reconciliation/context.ts'
import { claimFetch } from '../../server/reconciliation/fetch-statement.ts'
import { planStatements } from '../../server/reconciliation/jobs.ts'
import { retail } from '../support/charging.ts'
import {
  feeOf,
  lineOf,
  startReconcilingWorld,
  type ReconcilingWorld,
} from '../support/reconciling.ts'
import { statementZip, zmeLine, zmLine } from '../support/statement-file.ts'

/** Compares a statement made here with orders of the real product. */

let world: ReconcilingWorld
beforeAll(async () => {
  world = await startReconcilingWorld()
})
beforeEach(() => world.reset())
afterAll(() => world.stop())

describe('a statement', () => {
  test('settles unknown orders, through the one writer, and agrees with known ones', async () => {
    const [known, unknown] = [await world.charge('succeeded'), await world.charge('pending', 1200)]
    const { statement, compared } = await world.fetchStatement(
      statementZip([lineOf(known), lineOf(unknown, { query_id: '862026112200000000042' })]),
    )
    expect(compared).toMatchObject({ lines: 2, settled_orders: 1, counts: {} })
    expect(statement).toMatchObject({
      state: 'reconciled',
      lines: 2,
      charged_fen: 1550,
      fee_fen: feeOf(350) + feeOf(1200),
      settled_orders: 1,
      breaks_found: 0,
      issues: 1,
    })
    const charge_now = await world.merchant.read(unknown.order_id)
    expect(charge_now).toMatchObject({
      state: 'succeeded',
      settle_on: world.day(),
      query_id: '862026112200000000042',
      waits_for: null,
    })
    expect(charge_now.history.at(-1)).toMatchObject({
      from: 'pending',
      to: 'succeeded',
      source: 'statement',
    })
  })
  test('names every kind of break', async () => {
    const [missed, differs, failed, twice, dear] = [
      await world.charge('succeeded'),
      await world.charge('succeeded'),
      await world.charge('failed'),
      await world.charge('succeeded'),
      await world.charge('succeeded', 2_000),
    ]
    const { compared, statement } = await world.fetchStatement(
      statementZip(
        [
          lineOf(differs, { amount_fen: 360 }),
          lineOf(failed),
          lineOf(twice),
          lineOf(twice),
          lineOf(dear, { fee_fen: 60 }),
          lineOf({ order_id: 'ELSEWHERE"\\{,}1', amount_fen: 99 }),
        ],
        [zmeLine()],
      ),
    )
    expect(compared?.counts).toEqual({
      ours_only: 1,
      theirs_only: 1,
      amount: 1,
      state: 1,
      duplicate: 1,
      fee: 1,
      adjustment: 1,
    })
    expect(statement).toMatchObject({ breaks_found: 7, open_breaks: 7 })
    const found = new Map((await world.breaks()).map((one) => [one.kind, one]))
    expect(found.get('ours_only')).toMatchObject({
      order_id: missed.order_id,
      ours: { state: 'succeeded', amount_fen: 350 },
      theirs: null,
    })
    expect(found.get('theirs_only')).toMatchObject({
      order_id: 'ELSEWHERE"\\{,}1',
      order_kind: null,
      amount_fen: 99,
      ours: null,
    })
    expect(found.get('amount')).toMatchObject({
      order_id: differs.order_id,
      ours: { amount_fen: 350 },
      theirs: { amount_fen: 360 },
    })
    expect(found.get('state')).toMatchObject({
      order_id: failed.order_id,
      ours: { state: 'failed' },
      actions: ['mark_paid', 'mark_not_paid', 'acknowledge'],
    })
    expect(found.get('duplicate')).toMatchObject({ order_id: twice.order_id })
    expect(found.get('fee')).toMatchObject({ order_id: dear.order_id, theirs: { fee_fen: -60 } })
    expect(found.get('adjustment')).toMatchObject({ theirs: { trace: '000777 1122101530' } })
    expect(await world.merchant.read(differs.order_id)).toMatchObject({
      state: 'succeeded',
      needs_review: true,
      review_reason: 'differs_from_order',
    })
    expect(await world.merchant.read(failed.order_id)).toMatchObject({
      state: 'failed',
      needs_review: true,
      review_reason: 'succeeded_after_failure',
    })
    const { rows } = await world.pool.query(
      `select count(*) as n from reconciliation_history where event = 'reconciliation.break'`,
    )
    expect(rows).toEqual([{ n: 7 }])
  })
  test('settles refunds too, and does not take a refund for a charge', async () => {
    const paid = await world.charge('succeeded', 500)
    await world.pool.query(
      `update charges set query_id = '862026112200000000001' where order_id = $1`,
      [paid.order_id],
    )
    const refund = await world.reader.refund(paid.order_id, 200)
    await world.pool.query(
      `update refunds set state = 'pending', settled_at = null, waits_for = 'statement' where order_id = $1`,
      [refund.order_id],
    )
    const { compared, statement } = await world.fetchStatement(
      statementZip([lineOf(paid), lineOf(refund, { txn_type: '04' })]),
    )
    expect(compared).toMatchObject({ settled_orders: 1, counts: {} })
    expect(statement).toMatchObject({ charged_fen: 500, returned_fen: 200 })
    expect((await world.merchant.read(paid.order_id)).refunds[0]).toMatchObject({
      state: 'succeeded',
      settle_on: world.day(),
    })
    const again = await world.fetchStatement(
      statementZip([lineOf(paid), lineOf(refund, { txn_type: '01' })]),
    )
    expect(again.compared?.counts).toMatchObject({ state: 1 })
  })
  test('that came with a line about a pending order of another amount settles nothing', async () => {
    const unknown = await world.charge('pending')
    await world.fetchStatement(statementZip([lineOf(unknown, { amount_fen: 351 })]))
    expect(await world.merchant.read(unknown.order_id)).toMatchObject({
      state: 'pending',
      needs_review: true,
      review_reason: 'differs_from_order',
    })
  })
})

describe('an irregular file', () => {
  test('that is late is fetched again with backoff, then given up with an alarm', async () => {
    await world.charge('succeeded')
    const { statement } = await world.fetchStatement(null)
    expect(statement).toMatchObject({ state: 'awaited', problem: '98 文件不存在' })
    expect(Date.parse(statement.next_fetch_at ?? '')).toBeGreaterThan(
      world.context.charges.clock.now().getTime() + 9 * 60_000,
    )
    expect(await claimFetch(world.context)).toBeNull()
    await world.pool.query(`update statements set give_up_at = business_now()`)
    expect((await world.fetchStatement(null)).statement).toMatchObject({
      state: 'missing',
      next_fetch_at: null,
    })
    expect(world.log.some((line) => line.includes('"alarm":"statement_missing"'))).toBe(true)
  })
  test('that is empty: a complete statement without lines lacks our orders', async () => {
    await world.charge('succeeded')
    expect((await world.fetchStatement(statementZip([]))).statement).toMatchObject({
      state: 'reconciled',
      lines: 0,
      breaks_found: 1,
    })
  })
  test.for([
    [
      'no line of a statement',
      (line: Buffer) => statementZip([line.subarray(0, 300)]),
      'line 1: it has 300 bytes',
    ],
    ['no zip at all', () => Buffer.from('<html>'), 'no zip'],
  ] as const)('that is malformed, %s: nothing of it is trusted', async ([, make, why]) => {
    const unknown = await world.charge('pending')
    const { statement } = await world.fetchStatement(make(lineOf(unknown)))
    expect(statement).toMatchObject({
      state: 'malformed',
      problem: expect.stringContaining(why) as string,
      breaks_found: 0,
    })
    expect(await world.merchant.read(unknown.order_id)).toMatchObject({ state: 'pending' })
    expect((await world.fetchStatement(statementZip([lineOf(unknown)]))).statement).toMatchObject({
      state: 'reconciled',
      settled_orders: 1,
    })
  })
  test('that is the same as before is fetched and not compared', async () => {
    const zip = statementZip([zmLine({ order_id: 'ELSEWHERE1' })])
    expect((await world.fetchStatement(zip)).compared).not.toBeNull()
    const again = await world.fetchStatement(zip)
    expect(again.compared).toBeNull()
    expect(again.statement).toMatchObject({ issues: 1, next_fetch_at: null, open_breaks: 1 })
  })
  test('that is re-issued is compared again, nothing is applied twice, and breaks it no longer shows are closed', async () => {
    const [missed, failed] = [await world.charge('succeeded'), await world.charge('failed')]
    await world.fetchStatement(statementZip([lineOf(failed)]))
    const [state] = await world.breaks('?kind=state')
    await world.resolve(state, { action: 'mark_not_paid' })
    const { statement } = await world.fetchStatement(statementZip([lineOf(failed), lineOf(missed)]))
    expect(statement).toMatchObject({ issues: 2, open_breaks: 0 })
    expect(await world.merchant.read(failed.order_id)).toMatchObject({
      state: 'failed',
      needs_review: false,
    })
    expect((await world.breaks('?kind=ours_only'))[0]).toMatchObject({ state: 'gone' })
    expect((await world.breaks('?kind=state'))[0]).toMatchObject({
      state: 'resolved',
      action: 'mark_not_paid',
    })
  })
})

describe('an order between two days', () => {
  test('that neither its statement nor the next names needs manual review, and an operator decides', async () => {
    const unknown = await world.charge('pending')
    expect((await world.fetchStatement(statementZip([]))).statement).toMatchObject({
      breaks_found: 0,
    })
    expect(await world.merchant.read(unknown.order_id)).toMatchObject({
      state: 'pending',
      waits_for: 'statement',
    })
    await world.nextDay(statementZip([]))
    expect(await world.merchant.read(unknown.order_id)).toMatchObject({
      state: 'pending',
      waits_for: 'manual_review',
    })
    const { rows } = await world.pool.query<{ id: string; day: string }>(
      `select b.id, s.day from reconciliation_breaks b join statements s on s.id = b.statement_id where order_id = $1`,
      [unknown.order_id],
    )
    expect(rows).toMatchObject([{ day: world.day() }])
    await world.resolve({ id: rows[0]?.id } as Parameters<typeof world.resolve>[0], {
      action: 'mark_not_paid',
    })
    expect(await world.merchant.read(unknown.order_id)).toMatchObject({
      state: 'failed',
      reason: 'decided_by_operator',
    })
  })
  test('that a statement and its second issue do not name waits for the statement of the next day', async () => {
    const unknown = await world.charge('pending')
    await world.fetchStatement(statementZip([]))
    await world.fetchStatement(statementZip([zmLine({ order_id: 'ELSEWHERE2' })]))
    expect(await world.breaks('?kind=ours_only')).toEqual([])
    expect(await world.merchant.read(unknown.order_id)).toMatchObject({
      state: 'pending',
      waits_for: 'statement',
    })
  })
  test('that no statement names needs manual review although its own came after the next one', async () => {
    const unknown = await world.charge('pending')
    await world.nextDay(statementZip([]))
    await world.pool.query(`update statements set state = 'reconciled' where day = $1`, [
      world.tomorrow(),
    ])
    await world.fetchStatement(statementZip([]))
    expect(await world.merchant.read(unknown.order_id)).toMatchObject({
      state: 'pending',
      waits_for: 'manual_review',
    })
  })
  test('of the day before that comes with the next statement is settled by it', async () => {
    const unknown = await world.charge('pending')
    await world.fetchStatement(statementZip([]))
    const compared = await world.nextDay(statementZip([lineOf(unknown)]))
    expect(compared).toMatchObject({ settled_orders: 1, counts: {} })
    expect(await world.merchant.read(unknown.order_id)).toMatchObject({
      state: 'succeeded',
      settle_on: world.tomorrow(),
    })
  })
  test('that comes many days later is known by its number', async () => {
    const [unknown, paid] = [await world.charge('pending'), await world.charge('succeeded', 360)]
    await world.pool.query(`update charges set settle_on = null where order_id = $1`, [
      paid.order_id,
    ])
    const later = new Date(Date.parse(world.day()) + 9 * 86_400_000).toISOString().slice(0, 10)
    const compared = await world.nextDay(
      statementZip([lineOf(unknown), lineOf(paid, { amount_fen: 361 })]),
      false,
      later,
    )
    expect(compared).toMatchObject({ settled_orders: 1, counts: { amount: 1 } })
    expect(await world.merchant.read(unknown.order_id)).toMatchObject({
      state: 'succeeded',
      settle_on: later,
    })
  })
  test('that its notification put on today and that comes tomorrow is matched, not duplicated', async () => {
    const paid = await world.charge('succeeded')
    await world.fetchStatement(statementZip([]))
    const [missed] = await world.breaks()
    expect(missed).toMatchObject({ kind: 'ours_only', order_id: paid.order_id })
    const compared = await world.nextDay(statementZip([lineOf(paid)]))
    expect(compared.counts).toEqual({})
    expect(await world.merchant.read(paid.order_id)).toMatchObject({
      state: 'succeeded',
      settle_on: world.tomorrow(),
    })
    expect(
      (
        await world.pool.query(`select state from reconciliation_breaks where order_id = $1`, [
          paid.order_id,
        ])
      ).rows,
    ).toEqual([{ state: 'gone' }])
  })
  test("that was in today's statement and comes tomorrow again is a duplicate", async () => {
    const paid = await world.charge('succeeded')
    await world.fetchStatement(statementZip([lineOf(paid)]))
    expect((await world.nextDay(statementZip([lineOf(paid)]), true)).counts).toEqual({
      duplicate: 1,
    })
  })
})

describe('an order that was declined with a clearing day', () => {
  test('and that the statement of another day names is no duplicate: it may have been paid', async () => {
    const failed = await world.charge('failed')
    await world.pool.query(`update charges set settle_on = $2 where order_id = $1`, [
      failed.order_id,
      world.day(),
    ])
    await world.fetchStatement(statementZip([]))
    expect((await world.nextDay(statementZip([lineOf(failed)]))).counts).toEqual({ state: 1 })
    expect(await world.merchant.read(failed.order_id)).toMatchObject({
      state: 'failed',
      needs_review: true,
    })
  })
  test("is a duplicate once its own day's statement named it", async () => {
    const failed = await world.charge('failed')
    await world.pool.query(`update charges set settle_on = $2 where order_id = $1`, [
      failed.order_id,
      world.day(),
    ])
    await world.fetchStatement(statementZip([lineOf(failed)]))
    expect((await world.nextDay(statementZip([lineOf(failed)]))).counts).toEqual({ duplicate: 1 })
  })
})

describe('the schedule of statements', () => {
  test('is created after nine, once, from the day of the first charge', async () => {
    await world.charge('succeeded')
    const morning = (hours: number): ReconciliationContext => ({
      ...world.context,
      charges: {
        ...world.context.charges,
        clock: {
          now: () =>
            new Date(Date.parse(world.day()) + 86_400_000 + hours * 3_600_000 - 8 * 3_600_000),
        },
      },
    })
    expect(await planStatements(morning(8.9))).toBe(0)
    expect(await planStatements(morning(9.1))).toBe(1)
    expect(await planStatements(morning(9.2))).toBe(0)
    await world.pool.query(`delete from statements where day = $1`, [world.day()])
    await world.pool.query(
      `insert into statements (id, merchant_no, day, give_up_at) values ('01BYHAND000000000000000000', $1, $2, business_now())`,
      [retail, world.tomorrow()],
    )
    expect(await planStatements(morning(9.3))).toBe(1) // a day fetched by hand does not skip the days before it
  })
  test('gives one statement to one of two processes', async () => {
    await world.pool.query(
      `insert into statements (id, merchant_no, day, due_at, give_up_at) values ('01STATEMENT000000000000000', $1, '2026-11-01', business_now(), business_now())`,
      [retail],
    )
    const taken = await Promise.all([
      claimFetch(world.context),
      claimFetch(world.context),
      claimFetch(world.context),
    ])
    expect(taken.filter((one) => one !== null)).toHaveLength(1)
  })
})
