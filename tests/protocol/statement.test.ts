import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BreakView, StatementView } from '../../server/api.ts'
import type { Plant } from '../../sandbox/statements/plants.ts'
import { createOperator } from '../support/operator.ts'
import {
  createMerchant,
  retail,
  startChargingWorld,
  type ChargingWorld,
} from '../support/charging.ts'

/**
 * The sandbox writes the morning's file; the server fetches, reads and reconciles it with an
 * implementation of its own.
 */

let world: ChargingWorld
let reader: ReturnType<typeof createMerchant>
let signed: Awaited<ReturnType<ChargingWorld['signed']>>
beforeAll(async () => {
  world = await startChargingWorld({ jobs: false, env: { MERCHANT_FEES: `${retail}:38` } })
  reader = createMerchant(world.url, await world.key(['read', 'resolve']))
  signed = await world.signed()
})
afterAll(() => world.stop())

const hour_ms = 3_600_000

/** Ten past nine on the morning after the current clearing day: its file is available. */
async function nextMorning(): Promise<void> {
  const beijing_ms = world.app.charges.clock.now().getTime() + 8 * hour_ms
  const ends_ms = Math.floor((beijing_ms + hour_ms) / (24 * hour_ms)) * 24 * hour_ms // midnight of the day that began at 23:00
  await world.advance(ends_ms + 33 * hour_ms + 600_000 - beijing_ms)
}

async function fetchAll(): Promise<void> {
  const job = world.app.jobs.find(({ name }) => name === 'fetch-statements')
  while (await job?.run(new AbortController().signal));
}

const plant = async (...plants: Plant[]): Promise<void> => {
  const answer = await fetch(`${world.sandbox.url}/_control/statements/plants`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(plants),
  })
  if (!answer.ok) throw new Error(await answer.text())
}

const clearingDay = (): string =>
  new Date(world.app.charges.clock.now().getTime() + 9 * hour_ms).toISOString().slice(0, 10)
const statementOf = async (day: string): Promise<StatementView> => {
  const { view } = await reader.call<{ statements: StatementView[] }>(
    'GET',
    `/v1/statements?from=${day}&to=${day}`,
  )
  const found = view.statements.find(({ merchant_no }) => merchant_no === retail)
  if (!found) throw new Error(`no statement of ${day}`)
  return found
}
const breaksOf = async ({ id }: StatementView) =>
  (await reader.call<{ breaks: BreakView[] }>('GET', `/v1/statements/${id}/breaks`)).view.breaks
/** `silent`: UnionPay books it and never reports it to us */
async function charge(
  amount_fen: number,
  ways: 'notified' | 'silent' | 'declined' = 'notified',
): Promise<string> {
  if (ways === 'silent')
    await world.gateway.addRule({
      match: { amount_fen },
      effect: { kind: 'timeout_after', notice: 'never' },
      times: 1,
    })
  if (ways === 'declined')
    await world.gateway.addRule({
      match: { amount_fen },
      effect: { kind: 'outcome', resp: '61' },
      times: 1,
    })
  const { order_id } = await world.merchant.charge(signed.want(amount_fen))
  await world.booked(order_id)
  if (ways !== 'silent') await world.merchant.settled(order_id)
  return order_id
}

describe("the morning's file", () => {
  test('agrees to the fen when nothing is wrong, and settles a charge that nothing else had reported', async () => {
    const day = clearingDay()
    const [notified, silent] = [await charge(410), await charge(420, 'silent')]
    const refund = await world.merchant.refund(notified, 110)
    await world.booked(refund.order_id)
    await nextMorning()
    await fetchAll()
    const statement = await statementOf(day)
    expect(await breaksOf(statement)).toEqual([])
    expect(statement).toMatchObject({
      state: 'reconciled',
      lines: 3,
      charged_fen: 830,
      returned_fen: 110,
      settled_orders: 1,
    })
    expect(await world.merchant.read(silent)).toMatchObject({ state: 'succeeded', settle_on: day })
    expect((await world.merchant.read(silent)).history.at(-1)).toMatchObject({
      source: 'statement',
    })
  })

  test('with injected breaks names each of them, and only them', async () => {
    const day = clearingDay()
    const [fine, dropped, dearer, twice, costly, declined, disputed] = [
      await charge(510),
      await charge(520),
      await charge(530),
      await charge(540),
      await charge(2_000),
      await charge(560, 'declined'),
      await charge(570),
    ]
    await plant(
      { kind: 'drop', order_id: dropped },
      { kind: 'amount', order_id: dearer, amount_fen: 930 },
      { kind: 'duplicate', order_id: twice },
      { kind: 'fee', order_id: costly, fee_fen: 80 },
      { kind: 'state', order_id: declined },
      { kind: 'adjustment', order_id: disputed },
      { kind: 'invent', amount_fen: 777 },
    )
    await nextMorning()
    await fetchAll()
    const breaks = await breaksOf(await statementOf(day))
    const named = (kind: string, order_id: string | null): string =>
      `${kind} ${order_id ?? 'no order'}`
    expect(breaks.map(({ kind, order_id }) => named(kind, order_id)).toSorted()).toEqual(
      [
        named('ours_only', dropped),
        named('amount', dearer),
        named('duplicate', twice),
        named('fee', costly),
        named('state', declined),
        named('adjustment', null),
        named('theirs_only', 'INVENTED0006'),
      ].toSorted(),
    )
    expect(breaks.map(({ order_id }) => order_id)).not.toContain(fine)
    await plant()

    const operator = await createOperator(world.url, world.database, 'anna', 'operator')
    await operator.signIn()
    const { statements } = await operator.call<{ statements: StatementView[] }>(
      'GET',
      '/statements',
    )
    const shown = (
      await operator.call<{ breaks: BreakView[] }>(
        'GET',
        `/statements/${statements.find((one) => one.day === day && one.merchant_no === retail)?.id}/breaks`,
      )
    ).breaks
    const wrong = shown.find(({ kind }) => kind === 'state')
    const repair = { action: 'mark_paid', note: '银联平台已核实' }
    const preview = await operator.call('POST', `/breaks/${wrong?.id}/preview`, repair)
    expect(preview).toMatchObject({
      dry_run: true,
      order: { order_id: declined, from: 'failed', to: 'succeeded' },
    })
    expect(await world.merchant.read(declined)).toMatchObject({
      state: 'failed',
      needs_review: true,
    })
    expect(await operator.call('POST', `/breaks/${wrong?.id}/resolution`, repair)).toEqual({
      done: true,
    })
    expect(await world.merchant.read(declined)).toMatchObject({
      state: 'succeeded',
      needs_review: false,
    })
    expect(
      (
        await operator.call<{ audit: { author: string; action: string; subject: string }[] }>(
          'GET',
          '/audit',
        )
      ).audit[0],
    ).toMatchObject({ author: 'anna', action: 'break.mark_paid', subject: wrong?.id })
  })

  test('that was re-encoded in transit agrees; an unreadable part is a break, and the rest is compared', async () => {
    const day = clearingDay()
    const [first, last] = [await charge(710, 'silent'), await charge(720, 'silent')]
    await plant(
      { kind: 'bom' },
      { kind: 'trimmed' },
      { kind: 'end_mark' },
      { kind: 'lower_case' },
      { kind: 'zme_garbage' },
      { kind: 'other_merchant', amount_fen: 730 },
    )
    await nextMorning()
    await fetchAll()
    const statement = await statementOf(day)
    expect(statement).toMatchObject({ state: 'reconciled', lines: 2, settled_orders: 2 })
    const zme = expect.stringMatching(/zme_/) as string
    expect((await breaksOf(statement)).map(({ kind, unread }) => ({ kind, unread }))).toEqual(
      expect.arrayContaining([
        { kind: 'not_compared', unread: expect.objectContaining({ file: zme, lines: [1] }) },
        { kind: 'not_compared', unread: expect.objectContaining({ lines: [3], count: 1 }) },
      ]),
    )
    for (const order_id of [first, last])
      expect(await world.merchant.read(order_id)).toMatchObject({ state: 'succeeded' })
    await plant()
    await later(26)
    expect(await statementOf(day)).toMatchObject({ issues: 2, open_breaks: 0 })
  })

  test('whose last line lost its end is compared without that line', async () => {
    const day = clearingDay()
    const [first, last] = [await charge(740, 'silent'), await charge(750, 'silent')]
    await plant({ kind: 'malformed' })
    await nextMorning()
    await fetchAll()
    const statement = await statementOf(day)
    expect(statement).toMatchObject({ state: 'reconciled', lines: 1, settled_orders: 1 })
    expect((await breaksOf(statement)).map(({ kind }) => kind)).toEqual(['not_compared'])
    expect(await world.merchant.read(first)).toMatchObject({ state: 'succeeded' })
    expect(await world.merchant.read(last)).toMatchObject({ state: 'pending' })
    await plant()
    await later(26)
    expect(await statementOf(day)).toMatchObject({ open_breaks: 0 })
    expect(await world.merchant.read(last)).toMatchObject({ state: 'succeeded' })
  })

  test('that is late is fetched again; one with half a zip changes nothing; a re-issue is compared again', async () => {
    const day = clearingDay()
    const paid = await charge(610)
    await plant({ kind: 'late' })
    await nextMorning()
    await fetchAll()
    expect(await statementOf(day)).toMatchObject({
      state: 'awaited',
      problem: expect.stringContaining('98'),
    })
    await plant({ kind: 'garbage' })
    await later()
    expect(await statementOf(day)).toMatchObject({
      lines: null,
      problem: 'it is no zip',
      state: 'malformed',
    })
    await plant({ kind: 'drop', order_id: paid })
    await later()
    const first = await statementOf(day)
    expect(first).toMatchObject({ state: 'reconciled', lines: 0 })
    expect((await breaksOf(first)).map(({ kind }) => kind)).toEqual(['ours_only'])
    await plant()
    await later(26)
    const again = await statementOf(day)
    expect(again).toMatchObject({ lines: 1, issues: 2, open_breaks: 0 })
  })
})

/** Long enough for the next attempt. */
async function later(hours = 3): Promise<void> {
  await world.advance(hours * hour_ms)
  await fetchAll()
}
