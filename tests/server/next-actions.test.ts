import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DebitNoticeView } from '../../server/api.ts'
import {
  bills,
  createMerchant,
  refusal,
  startChargingWorld,
  type ChargingWorld,
} from '../support/charging.ts'
import { until } from '../support/until.ts'
import { plan } from '../support/world.ts'

/**
 * What is refused, and what may be done next. Days and sums are computed here, from the sandbox's
 * clock and ledger: a column that the server wrote itself would agree with whatever the server did.
 */

const minute = 60_000
const day_ms = 24 * 60 * minute
const daily_limit_fen = 20_000

let world: ChargingWorld
let person: ReturnType<typeof createMerchant>
beforeAll(async () => {
  world = await startChargingWorld({ env: { DEBIT_NOTICE_RULE: 'refuse' } })
  person = createMerchant(world.url, await world.key(['read', 'resolve']))
})
afterAll(() => world.stop())

/** `YYYY-MM-DD HH:MM` in Beijing, which has no summer time. */
const inBeijing = (instant: string | number): string =>
  new Date(new Date(instant).getTime() + 8 * 60 * minute)
    .toISOString()
    .slice(0, 16)
    .replace('T', ' ')
const nowMs = async (): Promise<number> => Date.parse((await world.control.clock()).now)
const beijingDayIn = async (days: number): Promise<string> =>
  inBeijing((await nowMs()) + days * day_ms).slice(0, 10)

/** Moves the clock on to the next HH:MM in Beijing. */
async function advanceTo(time: string): Promise<void> {
  const now_ms = await nowMs()
  const target_ms = Date.parse(`${inBeijing(now_ms).slice(0, 10)}T${time}:00+08:00`)
  await world.advance(target_ms > now_ms ? target_ms - now_ms : target_ms - now_ms + day_ms)
}

const resolve = (order_id: string, decision: 'paid' | 'not_paid') =>
  person.call('POST', `/v1/charges/${order_id}/resolution`, { decision, author: '王会计' })
/** UnionPay's bookings of these orders. */
const ledgerOf = async (order_ids: readonly string[]) =>
  (await world.gateway.ledger()).filter(({ order_id }) => order_ids.includes(order_id))
/** The refunds of a charge that UnionPay booked, in fen. */
const returnedFen = async (charge: string): Promise<number> =>
  (await world.gateway.ledger())
    .filter(({ original_order_id }) => original_order_id === charge)
    .reduce((sum_fen, { amount_fen }) => sum_fen + amount_fen, 0)

/** A charge that UnionPay books later by this time. */
async function bookedLater(amount_fen: number, book_after_ms: number) {
  const signed = await world.signed()
  await world.gateway.addRule({
    match: { transaction: 'charge', amount_fen },
    effect: { kind: 'plain', book_after_ms },
    times: 1,
  })
  const { order_id } = await world.merchant.charge(signed.want(amount_fen))
  return { ...signed, order_id }
}

const announce = async (contract: string, days: number, amount_fen: number) =>
  (
    await world.merchant.call<DebitNoticeView>('POST', `/v1/contracts/${contract}/debit-notices`, {
      debit_on: await beijingDayIn(days),
      amount_fen,
      description: '12 月会员',
      way_to_cancel: '本页可关闭',
    })
  ).view
/** A contract whose first debit, which requires no notice, is over. */
async function renewing() {
  const signed = await world.signed(plan.membership)
  await world.merchant.settled((await world.merchant.charge(signed.want(1_000))).order_id)
  return signed
}

describe('the daily limit', () => {
  test('does not change when a charge of the day before fails after midnight', async () => {
    await advanceTo('23:50')
    const { want } = await world.signed()
    const charge = async (amount_fen: number, state: string): Promise<void> => {
      const { order_id } = await world.merchant.charge(want(amount_fen))
      expect(await world.merchant.settled(order_id)).toMatchObject({ state })
    }
    await world.gateway.addRule({
      match: { transaction: 'charge', amount_fen: 5_000 },
      effect: { kind: 'outcome', resp: '61', book_after_ms: 30 * minute },
      times: 1,
    })
    const late = await world.merchant.charge(want(5_000))
    await advanceTo('00:05')
    await charge(5_000, 'succeeded')
    await advanceTo('00:30')
    expect(await world.merchant.settled(late.order_id)).toMatchObject({ state: 'failed' })
    for (let time = 0; time < 3; time++) await charge(5_000, 'succeeded')
    expect(await refusal(world.merchant.send(want(5_000)))).toBe('over_daily_limit')
  })

  test('is that of the day in Beijing: available again after midnight there, and not when the day changes in UTC', async () => {
    await advanceTo('23:45')
    const { want } = await world.signed()
    const order_ids: string[] = []
    const charge = async (amount_fen: number): Promise<void> => {
      const { order_id } = await world.merchant.charge(want(amount_fen))
      order_ids.push(order_id)
      expect(await world.merchant.settled(order_id)).toMatchObject({ state: 'succeeded' })
    }
    for (let time = 0; time < 4; time++) await charge(5_000)
    expect(await refusal(world.merchant.send(want(1)))).toBe('over_daily_limit')
    await advanceTo('00:10')
    for (let time = 0; time < 3; time++) await charge(5_000)
    await advanceTo('08:10')
    await charge(4_999)
    expect(await refusal(world.merchant.send(want(2)))).toBe('over_daily_limit')
    await charge(1)
    const booked = await ledgerOf(order_ids)
    const days = Map.groupBy(booked, ({ booked_at }) => inBeijing(booked_at).slice(0, 10))
    const sums = [...days.values()].map((one) =>
      one.reduce((sum_fen, { amount_fen }) => sum_fen + amount_fen, 0),
    )
    expect(sums).toEqual([daily_limit_fen, daily_limit_fen])
  })
})

describe('an order that is pending', () => {
  test('and in review stays in review when it succeeds: no refund before an operator decided', async () => {
    const { order_id } = await bookedLater(731, minute)
    await world.gateway.probe({ order_id, resp_code: '00', override: { txnAmt: '732' } })
    expect(await world.merchant.read(order_id)).toMatchObject({
      state: 'pending',
      needs_review: true,
      review_reason: 'differs_from_order',
    })
    await world.advance(minute)
    expect(await world.merchant.settled(order_id)).toMatchObject({
      state: 'succeeded',
      needs_review: true,
      review_reason: 'differs_from_order',
    })
    expect(await refusal(world.merchant.refund(order_id))).toBe('charge_not_refundable')
    expect(await refusal(world.merchant.cancel(order_id))).toBe('charge_not_refundable')
    expect(await returnedFen(order_id)).toBe(0)
    await resolve(order_id, 'paid')
    const refund = await world.merchant.refund(order_id)
    await world.merchant.settledRefund(order_id, refund.order_id)
    expect(await returnedFen(order_id)).toBe(731)
  })

  test('cannot be resolved by an operator before manual review begins, and settles afterwards as usual', async () => {
    const { order_id } = await bookedLater(741, minute)
    for (const decision of ['paid', 'not_paid'] as const)
      expect(await refusal(resolve(order_id, decision))).toBe('nothing_to_resolve')
    expect(await ledgerOf([order_id])).toEqual([])
    await world.advance(minute)
    expect(await world.merchant.settled(order_id)).toMatchObject({
      state: 'succeeded',
      needs_review: false,
      reason: null,
    })
    expect(await ledgerOf([order_id])).toMatchObject([{ amount_fen: 741 }])
    const { history } = await world.merchant.read(order_id)
    expect(history.map(({ to, author }) => [to, author])).toEqual([
      ['pending', null],
      ['succeeded', null],
    ])
    expect(await refusal(resolve(order_id, 'not_paid'))).toBe('nothing_to_resolve')
    const refund = await world.merchant.refund(order_id)
    await world.merchant.settledRefund(order_id, refund.order_id)
    expect(await returnedFen(order_id)).toBe(741)
  })
})

describe('a debit notice', () => {
  test('that was withdrawn covers no debit, and a new one does', async () => {
    const { contract, want } = await renewing()
    const { id } = await announce(contract, 5, 500)
    await world.merchant.call('POST', `/v1/debit-notices/${id}/withdrawal`, {})
    await announce(contract, 6, 500)
    await world.advance(5 * day_ms)
    expect(await refusal(world.merchant.send(want(500)))).toBe('debit_not_announced')
    await world.advance(day_ms)
    const { order_id } = await world.merchant.charge(want(500))
    expect(await world.merchant.settled(order_id)).toMatchObject({ state: 'succeeded' })
    expect(await ledgerOf([order_id])).toMatchObject([{ amount_fen: 500 }])
    expect(await refusal(world.merchant.send(want(500)))).toBe('debit_not_announced')
  })

  test('is shown to its payer until the day of the debit ends in Beijing', async () => {
    const { payer, contract } = await renewing()
    await advanceTo('12:00')
    const { id } = await announce(contract, 5, 330)
    const shown = async () =>
      (await payer.call<{ coming_debits: { id: string }[] }>('GET', '/api/coming-debits'))
        .coming_debits
    await world.advance(5 * day_ms)
    await advanceTo('23:50')
    expect(await shown()).toMatchObject([{ id }])
    await advanceTo('00:10')
    expect(await shown()).toEqual([])
  })

  test('whose failed debit UnionPay books later covers no other debit before an operator decided', async () => {
    const { contract, want } = await renewing()
    await announce(contract, 5, 320)
    await world.advance(5 * day_ms)
    await world.gateway.addRule({
      match: { transaction: 'charge', amount_fen: 320 },
      effect: { kind: 'outcome', resp: '61' },
      times: 1,
    })
    const { order_id } = await world.merchant.charge(want(320))
    expect(await world.merchant.settled(order_id)).toMatchObject({ state: 'failed' })
    await world.gateway.probe({ order_id, resp_code: '00' })
    expect(await world.merchant.read(order_id)).toMatchObject({
      state: 'failed',
      review_reason: 'succeeded_after_failure',
    })
    expect(await refusal(world.merchant.send(want(320)))).toBe('debit_not_announced')
    await resolve(order_id, 'not_paid')
    const other = await world.merchant.charge(want(320))
    expect(await world.merchant.settled(other.order_id)).toMatchObject({ state: 'succeeded' })
  })

  test('covers exactly one of several debits at once, and is available again when that one failed', async () => {
    const { contract, want } = await renewing()
    await announce(contract, 5, 310)
    await world.advance(5 * day_ms)
    await world.gateway.addRule({
      match: { transaction: 'charge', amount_fen: 310 },
      effect: { kind: 'outcome', resp: '61', book_after_ms: minute },
      times: 1,
    })
    const accepted: string[] = []
    /** four debits at once, of four orders; the state of the one that was accepted */
    const chargeAtOnce = async (): Promise<string> => {
      const answers = await Promise.allSettled(
        Array.from({ length: 4 }, () => world.merchant.charge(want(310))),
      )
      const [one, ...others] = answers.flatMap((answer) =>
        answer.status === 'fulfilled' ? [answer.value.order_id] : [],
      )
      expect([one, ...others]).toEqual([expect.any(String)])
      for (const answer of answers)
        if (answer.status === 'rejected')
          expect(await refusal(Promise.reject(answer.reason as Error))).toBe('debit_not_announced')
      accepted.push(one ?? '')
      await world.advance(minute)
      return (await world.merchant.settled(one ?? '')).state
    }
    expect(await chargeAtOnce()).toBe('failed')
    expect(await chargeAtOnce()).toBe('succeeded')
    expect(await refusal(world.merchant.send(want(310)))).toBe('debit_not_announced')
    expect(await ledgerOf(accepted)).toMatchObject([{ order_id: accepted[1], amount_fen: 310 }])
  })
})

describe('a payer', () => {
  test('is not erased while a charge is in review, and is once an operator decided', async () => {
    const { payer, contract, charge } = await world.paid(751)
    await world.gateway.probe({ order_id: charge.order_id, resp_code: '60' })
    await payer.terminate(contract)
    const erase = () => payer.call('POST', '/api/privacy/erasure', { confirmed: true })
    expect(await refusal(erase())).toBe('erasure_order_open')
    expect((await bills(payer)).bills.map(({ order_id }) => order_id)).toEqual([charge.order_id])
    await resolve(charge.order_id, 'paid')
    expect(await erase()).toEqual({})
    expect(await payer.session()).toBeNull()
    const again = world.sameWallet(payer)
    await again.signIn()
    expect((await bills(again)).bills).toEqual([])
    expect(await ledgerOf([charge.order_id])).toMatchObject([{ amount_fen: 751 }])
  })
})

describe("a cancel follows UnionPay's clearing day, not the day of acceptance:", () => {
  test('a charge that UnionPay booked after the end of that day is cancelled on the next, and no longer refunded', async () => {
    await advanceTo('22:55')
    const { order_id } = await bookedLater(761, 10 * minute)
    await world.advance(10 * minute)
    await world.merchant.settled(order_id)
    const [booked] = await ledgerOf([order_id])
    expect(booked?.clearing_day).toBe(await beijingDayIn(1))
    const cancel = await world.merchant.cancel(order_id)
    await world.merchant.settledRefund(order_id, cancel.order_id)
    expect(await ledgerOf([cancel.order_id])).toMatchObject([{ kind: 'cancel', amount_fen: 761 }])
    expect(await refusal(world.merchant.refund(order_id, 1))).toBe('refund_excluded')
    expect(await returnedFen(order_id)).toBe(761)
  })

  test('a charge that UnionPay still booked for the day before is not cancelled, and refunded instead', async () => {
    await advanceTo('23:10')
    await world.control.change({ clearing_day_ends: '23:30' })
    const { charge } = await world.paid(771)
    await world.control.change({ clearing_day_ends: '23:00' })
    const [booked] = await ledgerOf([charge.order_id])
    expect(booked?.clearing_day).toBe(await beijingDayIn(0))
    await advanceTo('23:40')
    expect(await refusal(world.merchant.cancel(charge.order_id))).toBe('cancel_too_late')
    expect(await returnedFen(charge.order_id)).toBe(0)
    const refund = await world.merchant.refund(charge.order_id)
    await world.merchant.settledRefund(charge.order_id, refund.order_id)
    await until('the refund is booked', async () => (await returnedFen(charge.order_id)) === 771)
  })
})
