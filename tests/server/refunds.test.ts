import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ChargesContext } from '../../server/charges/context.ts'
import { chargeJobs, failNeverSent } from '../../server/charges/jobs.ts'
import { createRefund } from '../../server/refunds/create-refund.ts'
import { refundJobs } from '../../server/refunds/jobs.ts'
import {
  bill,
  createMerchant,
  orderNo,
  refusal,
  startChargingWorld,
  type ChargingWorld,
} from '../support/charging.ts'
import { until } from '../support/until.ts'

const minute = 60_000

let world: ChargingWorld
beforeAll(async () => {
  world = await startChargingWorld({ jobs: false, env: { QUERIES_PER_MINUTE: '6000' } })
})
afterAll(() => world.stop())

/** Every refund of the charge, once all of them are final. */
const settledRefunds = (order_id: string) =>
  until('its refunds are settled', async () => {
    const { refunds } = await world.merchant.read(order_id)
    return refunds.every(({ state }) => state !== 'pending') ? refunds : null
  })

const givenBack = async (order_id: string): Promise<number> =>
  (await world.gateway.ledger())
    .filter(({ original_order_id }) => original_order_id === order_id)
    .reduce((sum, { amount_fen }) => sum + amount_fen, 0)

describe('a refund', () => {
  test('of a part, then of the rest, reaches UnionPay, the API and the bill', async () => {
    const { payer, charge } = await world.paid(1000)
    const first = await world.merchant.refund(charge.order_id, 300)
    expect(first).toMatchObject({
      kind: 'refund',
      amount_fen: 300,
      charge: charge.order_id,
      description: '退货',
    })
    await settledRefunds(charge.order_id)
    expect(await world.merchant.read(charge.order_id)).toMatchObject({
      state: 'succeeded',
      refunded_fen: 300,
    })
    expect(await world.merchant.refund(charge.order_id)).toMatchObject({ amount_fen: 700 })
    expect((await settledRefunds(charge.order_id)).map(({ state }) => state)).toEqual([
      'succeeded',
      'succeeded',
    ])
    expect(await givenBack(charge.order_id)).toBe(1000)
    expect(await refusal(world.merchant.refund(charge.order_id, 1))).toBe('refund_exceeds_charge')
    expect(await refusal(world.merchant.refund(charge.order_id))).toBe('refund_exceeds_charge')
    const shown = await bill(payer, charge.order_id)
    expect(shown).toMatchObject({ refunded_fen: 1000, refunding_fen: 0, state: 'succeeded' })
    expect(shown.history.map(({ step, amount_fen }) => [step, amount_fen])).toEqual([
      ['asked', 1000],
      ['paid', 1000],
      ['refund_asked', 300],
      ['refunded', 300],
      ['refund_asked', 700],
      ['refunded', 700],
    ])
  })

  test('reserves its amount while pending: parallel refunds never exceed the charge', async () => {
    const { charge } = await world.paid(1000)
    const results = await Promise.all(
      Array.from({ length: 12 }, () =>
        world.merchant.refund(charge.order_id, 300).then(
          () => 'accepted',
          (error: { view: { code: string } }) => error.view.code,
        ),
      ),
    )
    expect(results.toSorted()).toEqual([
      ...Array.from({ length: 3 }, () => 'accepted'),
      ...Array.from({ length: 9 }, () => 'refund_exceeds_charge'),
    ])
    await settledRefunds(charge.order_id)
    expect(await givenBack(charge.order_id)).toBe(900)
  })

  test('with an unknown outcome reserves its amount; a query settles it', async () => {
    const { payer, charge } = await world.paid(1100)
    await world.gateway.addRule({
      match: { transaction: 'refund', amount_fen: 600 },
      effect: { kind: 'reset_after', notice: 'never' },
      times: 1,
    })
    const refund = await world.merchant.refund(charge.order_id, 600)
    expect(refund).toMatchObject({ state: 'pending', waits_for: 'notification' })
    expect(await bill(payer, charge.order_id)).toMatchObject({
      refunding_fen: 600,
      refunded_fen: 0,
    })
    expect(await refusal(world.merchant.refund(charge.order_id, 501))).toBe('refund_exceeds_charge')
    await world.booked(refund.order_id)
    for (let at = 0; at < 9; at++) {
      await world.advance(minute)
      for (const job of [...chargeJobs(world.app.charges), ...refundJobs(world.app.charges)])
        await job.run(new AbortController().signal)
    }
    expect(await settledRefunds(charge.order_id)).toMatchObject([{ state: 'succeeded' }])
    expect(await world.gateway.order(refund.order_id)).toMatchObject({ queries: 1, violations: 0 })
  })

  test('that fails releases its amount and says so on the bill', async () => {
    const { payer, charge } = await world.paid(1200)
    await world.gateway.addRule({
      match: { transaction: 'refund', amount_fen: 1200 },
      effect: { kind: 'outcome', resp: '61' },
      times: 1,
    })
    await world.merchant.refund(charge.order_id, 1200)
    expect(await settledRefunds(charge.order_id)).toMatchObject([
      { state: 'failed', reason: 'declined', unionpay_code: '61' },
    ])
    expect((await bill(payer, charge.order_id)).history.at(-1)).toMatchObject({
      step: 'refund_failed',
    })
    await world.merchant.refund(charge.order_id, 1200)
    await settledRefunds(charge.order_id)
    expect(await givenBack(charge.order_id)).toBe(1200)
  })

  test('repeated with its key is the same refund; another body or charge under the key is refused', async () => {
    const [one, other] = [await world.paid(500), await world.paid(500)]
    const key = orderNo()
    const first = await world.merchant.refund(one.charge.order_id, 100, key)
    expect((await world.merchant.refund(one.charge.order_id, 100, key)).order_id).toBe(
      first.order_id,
    )
    const twins = await Promise.all(
      Array.from({ length: 6 }, () =>
        world.merchant.refund(other.charge.order_id, 50, `${key}-twin`),
      ),
    )
    expect(new Set(twins.map(({ order_id }) => order_id)).size).toBe(1)
    expect(await refusal(world.merchant.refund(one.charge.order_id, 200, key))).toBe(
      'idempotency_key_reused',
    )
    expect(await refusal(world.merchant.refund(other.charge.order_id, 100, key))).toBe(
      'idempotency_key_reused',
    )
  })

  test('requires a succeeded charge, of this key, within the window', async () => {
    const { want } = await world.signed()
    await world.gateway.addRule({
      match: { amount_fen: 961, transaction: 'charge' },
      effect: { kind: 'outcome', resp: '61' },
      times: 1,
    })
    await world.gateway.addRule({
      match: { amount_fen: 962, transaction: 'charge' },
      effect: { kind: 'plain', book_after_ms: null },
      times: 1,
    })
    const failed = await world.merchant.settled((await world.merchant.charge(want(961))).order_id)
    const pending = await world.merchant.charge(want(962))
    for (const { order_id } of [failed, pending])
      expect(await refusal(world.merchant.refund(order_id, 1))).toBe('charge_not_refundable')
    const reader = createMerchant(world.url, await world.key(['read', 'charge']))
    const { charge } = await world.paid(100)
    expect(await refusal(reader.refund(charge.order_id, 1))).toBe('verb_not_allowed')
    expect(await refusal(world.merchant.refund('01M82N00000000000000000000', 1))).toBe('not_found')
    await world.database.pool.query(
      `update charges set accepted_at = accepted_at - interval '331 days' where order_id = $1`,
      [charge.order_id],
    )
    expect(await refusal(world.merchant.refund(charge.order_id, 1))).toBe('refund_too_late')
  })
})

describe('a cancel', () => {
  test('refunds the whole charge on its clearing day, and excludes refunds', async () => {
    const { payer, charge } = await world.paid(400)
    expect(await world.merchant.cancel(charge.order_id)).toMatchObject({
      kind: 'cancel',
      amount_fen: 400,
    })
    expect(await refusal(world.merchant.refund(charge.order_id, 1))).toBe('refund_excluded')
    expect(await refusal(world.merchant.cancel(charge.order_id))).toBe('refund_excluded')
    expect(await settledRefunds(charge.order_id)).toMatchObject([{ state: 'succeeded' }])
    expect(await givenBack(charge.order_id)).toBe(400)
    expect((await bill(payer, charge.order_id)).history.slice(2).map(({ step }) => step)).toEqual([
      'cancel_asked',
      'cancelled',
    ])
  })

  test('is excluded by a refund, also one in flight', async () => {
    const { charge } = await world.paid(400)
    const results = await Promise.all(
      [world.merchant.refund(charge.order_id, 1), world.merchant.cancel(charge.order_id)].map(
        (one) =>
          one.then(
            () => 'accepted',
            (error: { view: { code: string } }) => error.view.code,
          ),
      ),
    )
    expect(results.toSorted()).toEqual(['accepted', 'refund_excluded'])
  })

  test('is too late after 23:00 Beijing of the clearing day', async () => {
    const { charge } = await world.paid(400)
    await world.advance(24 * 60 * minute)
    expect(await refusal(world.merchant.cancel(charge.order_id))).toBe('cancel_too_late')
    expect(await world.merchant.refund(charge.order_id, 1)).toMatchObject({ kind: 'refund' })
  })
})

describe('a merchant number that is no longer configured', () => {
  const without = (): ChargesContext => ({
    ...world.app.charges,
    payments: { ...world.app.charges.payments, merchants: ['000000000000001'] },
  })

  test('accepts no refund: it is refused before anything is written', async () => {
    const { charge } = await world.paid(500)
    const intent = { owner: 'test', verb: 'refund', key: orderNo(), body_digest: 'd' } as const
    await expect(
      createRefund(without(), intent, charge.order_id, {
        kind: 'refund',
        amount_fen: 500,
        description: '退货',
      }),
    ).rejects.toMatchObject({ code: 'merchant_no_unknown' })
    expect((await world.merchant.read(charge.order_id)).refunds).toEqual([])
    expect(await world.merchant.refund(charge.order_id)).toMatchObject({ amount_fen: 500 })
  })

  test('leaves its open orders to manual review, as soon as they can no longer be queried', async () => {
    await world.gateway.addRule({
      match: { amount_fen: 777 },
      effect: { kind: 'reset_after', notice: 'never' },
      times: 1,
    })
    const { want } = await world.signed()
    const open = await world.merchant.charge(want(777))
    const call = async (): Promise<void> =>
      void (await chargeJobs(without())
        .find(({ name }) => name === 'escalate-charges')
        ?.run(new AbortController().signal))
    await call()
    expect(await world.merchant.read(open.order_id)).toMatchObject({
      state: 'pending',
      waits_for: 'notification',
    })
    await world.advance(6 * minute)
    await call()
    expect(await world.merchant.read(open.order_id)).toMatchObject({
      state: 'pending',
      waits_for: 'manual_review',
    })
    expect(
      world.log.some(
        (line) => line.includes('"order_needs_manual_review"') && line.includes(open.order_id),
      ),
    ).toBe(true)
    const resolver = createMerchant(world.url, await world.key(['resolve']))
    await resolver.call('POST', `/v1/charges/${open.order_id}/resolution`, {
      decision: 'not_paid',
      author: '李会计',
    })
    expect(await world.merchant.read(open.order_id)).toMatchObject({ state: 'failed' })
  })
})

describe('a commit in doubt', () => {
  /** the database executes it only after the caller has checked in vain */
  const late: (() => Promise<void>)[] = []
  /**
   * Loses the connection during a commit: after the database executed it, before, or before it
   * executes it later.
   */
  const losing = (done: 'done' | 'undone' | 'done later'): ChargesContext => ({
    ...world.app.charges,
    database: {
      ...world.database,
      pool: {
        query: world.database.pool.query.bind(world.database.pool),
        connect: async () => {
          const client = await world.database.pool.connect()
          const query = async (...args: unknown[]): Promise<unknown> => {
            if (args[0] !== 'commit')
              return (client.query as (...all: unknown[]) => Promise<unknown>)(...args)
            if (done === 'done later')
              late.push(async () => {
                await client.query('commit')
                client.release(true)
              })
            else await client.query(done === 'done' ? 'commit' : 'rollback')
            throw new Error('Connection terminated unexpectedly')
          }
          return { query, release: () => done === 'done later' || client.release(true) }
        },
      } as unknown as ChargesContext['database']['pool'],
    },
  })
  const requestRefund = (done: Parameters<typeof losing>[0], charge: string) =>
    createRefund(
      losing(done),
      { owner: 'test', verb: 'refund', key: orderNo(), body_digest: 'd' },
      charge,
      { kind: 'refund', amount_fen: 400, description: '退货' },
    )

  test('that was executed is sent, once', async () => {
    const { charge } = await world.paid(400)
    expect(await requestRefund('done', charge.order_id)).toMatchObject({
      repeated: false,
      refund: { amount_fen: 400 },
    })
    expect((await settledRefunds(charge.order_id)).map(({ state }) => state)).toEqual(['succeeded'])
    expect(await givenBack(charge.order_id)).toBe(400)
  })

  test('that was not executed refunds nothing and reserves no amount', async () => {
    const { charge } = await world.paid(400)
    await expect(requestRefund('undone', charge.order_id)).rejects.toThrow(
      'the connection was lost while committing',
    )
    expect(await givenBack(charge.order_id)).toBe(0)
    expect(await world.merchant.refund(charge.order_id)).toMatchObject({ amount_fen: 400 })
  })

  test('that is executed after the last check is never sent, and fails', async () => {
    const { charge } = await world.paid(400)
    await expect(requestRefund('done later', charge.order_id)).rejects.toThrow(
      'the connection was lost while committing',
    )
    for (const commit of late.splice(0)) await commit()
    await failNeverSent(world.app.charges, 'refunds', new AbortController().signal)
    expect(await settledRefunds(charge.order_id)).toMatchObject([
      { state: 'failed', reason: 'not_sent' },
    ])
    expect(await givenBack(charge.order_id)).toBe(0)
  })
})
