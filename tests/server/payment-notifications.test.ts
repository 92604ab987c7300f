import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bill, refusal, startChargingWorld, type ChargingWorld } from '../support/charging.ts'
import type { PaymentProbe } from '../../sandbox/gateway/probe.ts'

let world: ChargingWorld
beforeAll(async () => {
  world = await startChargingWorld()
})
afterAll(() => world.stop())

/** An accepted charge without a notification. */
async function untold(amount_fen = 350) {
  const signed = await world.signed()
  await world.gateway.addRule({
    match: { amount_fen },
    effect: { kind: 'plain', notice: 'never' },
    times: 1,
  })
  const charge = await world.merchant.charge(signed.want(amount_fen))
  expect(charge).toMatchObject({ state: 'pending', unionpay_code: '00' })
  await world.booked(charge.order_id)
  return { ...signed, charge, order_id: charge.order_id }
}

const stored = async (order_id: string) =>
  (
    await world.database.pool.query<{ outcome: string; repeats: number }>(
      'select outcome, repeats from notifications where order_id = $1 order by received_at',
      [order_id],
    )
  ).rows

describe('a payment notification', () => {
  test('that cannot be verified is refused and changes nothing', async () => {
    const { order_id } = await untold(701)
    const forgeries: PaymentProbe[] = [
      { signature: 'bad' },
      { signature: 'missing' },
      { alter: { txnAmt: '1' } },
      { alter: { respCode: '64' } },
      { repeat_parameter: 'txnAmt' },
      { body: 'respCode=00' },
      { body: '%%%' },
      { body: '' },
      { alter: { signPubKeyCert: 'x' } },
      { signature: 'foreign' },
      { signature: 'expired' },
      { signature: 'wrong_owner' },
      { signature: 'test_owner' },
    ]
    for (const probe of forgeries) {
      const { status } = await world.gateway.probe({ order_id, ...probe })
      expect(status, JSON.stringify(probe)).toBeGreaterThanOrEqual(400)
    }
    expect(await world.merchant.read(order_id)).toMatchObject({
      state: 'pending',
      needs_review: false,
    })
    expect(await stored(order_id)).toEqual([])
  })

  test('settles once, however often and however many at once arrive', async () => {
    const { order_id } = await untold(702)
    const { answers } = await world.gateway.probe({ order_id, times: 12, concurrent: true })
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 200))
    const charge = await world.merchant.read(order_id)
    expect(charge).toMatchObject({ state: 'succeeded', needs_review: false })
    expect(charge.history).toMatchObject([{}, { source: 'notification' }])
    expect(await stored(order_id)).toEqual([{ outcome: 'settled', repeats: 11 }])
  })

  test('tolerates parameters on its address and unknown fields', async () => {
    const { order_id } = await untold(703)
    expect(
      (
        await world.gateway.probe({
          order_id,
          extra_query: 'shop=7&txnAmt=1',
          fields: { surprise: '新字段 + & =' },
        })
      ).status,
    ).toBe(200)
    expect(await world.merchant.read(order_id)).toMatchObject({ state: 'succeeded' })
  })

  test.each(['plain', 'encrypted', 'masked'] as const)(
    'with a card number (%s) is stored without it',
    async (notice_acc_no) => {
      await world.control.change({ notice_acc_no })
      const { order_id } = await untold(705)
      await world.gateway.probe({ order_id, fields: { payCardNo: '6216261000000000018' } })
      await world.control.change({ notice_acc_no: 'masked' })
      const { rows } = await world.database.pool.query<{ body_sealed: string }>(
        'select body_sealed from notifications where order_id = $1',
        [order_id],
      )
      const kept = rows.map(
        ({ body_sealed }) =>
          JSON.parse(world.app.contracts.cipher.open(body_sealed)) as Record<string, string>,
      )
      expect(kept).toMatchObject([
        {
          orderId: order_id,
          accNo: expect.stringMatching(/^6216\*{4}\d{4}$/) as string,
          payCardNo: '6216****0018',
        },
      ])
    },
  )

  test('may arrive before the synchronous answer', async () => {
    const { want } = await world.signed()
    await world.gateway.addRule({
      match: { amount_fen: 704 },
      effect: { kind: 'plain', notice: 'before_answer' },
    })
    const charge = await world.merchant.charge(want(704))
    expect(charge).toMatchObject({ state: 'succeeded' })
    expect((await world.merchant.read(charge.order_id)).history).toHaveLength(2)
  })

  test.for([
    ['another amount', { txnAmt: '1' }],
    ['another time', { txnTime: '20200101000000' }],
    ['another kind', { txnType: '04' }],
    ['another currency', { currencyCode: '840' }],
    ['no amount', { txnAmt: null }],
  ] as const)(
    'of %s than the order settles nothing and needs manual review',
    async ([what, override]) => {
      const { payer, order_id } = await untold(710)
      expect((await world.gateway.probe({ order_id, override: override })).status, what).toBe(200)
      expect(await world.merchant.read(order_id)).toMatchObject({
        state: 'pending',
        needs_review: true,
        review_reason: 'differs_from_order',
      })
      expect(await bill(payer, order_id)).toMatchObject({ state: 'pending', in_review: true })
    },
  )

  test('about another merchant’s order is stored and reported, not trusted', async () => {
    const { order_id } = await untold(720)
    expect(
      (await world.gateway.probe({ order_id, override: { merId: '898310148160569' } })).status,
    ).toBe(200)
    expect(await world.merchant.read(order_id)).toMatchObject({
      state: 'pending',
      needs_review: false,
    })
    expect(
      world.log.some(
        (line) => line.includes('payment_of_unknown_order') && line.includes(order_id),
      ),
    ).toBe(true)
  })

  test('about an unknown order is stored, reported and acknowledged', async () => {
    const { order_id } = await untold(721)
    expect(
      (await world.gateway.probe({ order_id, override: { orderId: 'SOMEBODYELSES00001' } })).status,
    ).toBe(200)
    const { rows } = await world.database.pool.query<{ outcome: string }>(
      `select outcome from notifications where kind = 'payment' and outcome = 'unknown_order'`,
    )
    expect(rows.length).toBeGreaterThan(0)
  })

  test('of failure after success changes no state, is stored as evidence and needs manual review', async () => {
    const { payer, charge } = await world.paid(730)
    expect((await world.gateway.probe({ order_id: charge.order_id, resp_code: '60' })).status).toBe(
      200,
    )
    const now = await world.merchant.read(charge.order_id)
    expect(now).toMatchObject({
      state: 'succeeded',
      needs_review: true,
      review_reason: 'failed_after_success',
      unionpay_code: '00',
    })
    expect(now.history.at(-1)).toMatchObject({
      from: 'succeeded',
      to: 'succeeded',
      source: 'notification',
      unionpay_code: '60',
    })
    expect(await stored(charge.order_id)).toMatchObject([
      { outcome: 'settled' },
      { outcome: 'in_review' },
    ])
    expect(await refusal(world.merchant.refund(charge.order_id))).toBe('charge_not_refundable')
    expect((await bill(payer, charge.order_id)).history.at(-1)).toMatchObject({ step: 'in_review' })
    expect(
      world.log.some((line) => line.includes('order_in_review') && line.includes(charge.order_id)),
    ).toBe(true)
  })

  test('of A6 is success, and needs manual review', async () => {
    const { order_id } = await untold(732)
    await world.gateway.probe({ order_id, resp_code: 'A6' })
    expect(await world.merchant.read(order_id)).toMatchObject({
      state: 'succeeded',
      needs_review: true,
      review_reason: 'succeeded_with_defect',
    })
  })

  test('with an open code settles nothing', async () => {
    const { order_id } = await untold(733)
    expect((await world.gateway.probe({ order_id, resp_code: '05' })).status).toBe(200)
    expect(await world.merchant.read(order_id)).toMatchObject({
      state: 'pending',
      needs_review: false,
      waits_for: 'notification',
    })
  })

  test('too large is refused', async () => {
    const { order_id } = await untold(734)
    expect((await world.gateway.probe({ order_id, padding: 100_000 })).status).toBe(413)
  })
})

test.for([
  ['percent signs over GBK bytes', {}],
  ['raw GBK bytes', { raw: true }],
] as const)(
  'a notification of encoding GBK is verified over its bytes and has its effect: %s',
  async ([, form]) => {
    const { charge } = await world.paid()
    expect(
      (
        await world.gateway.probe({
          order_id: charge.order_id,
          override: { encoding: 'GBK', respMsg: '成功［0000000］' },
          ...form,
        })
      ).status,
    ).toBe(200)
    const after = await world.merchant.read(charge.order_id)
    expect([after.state, after.needs_review, after.history.length]).toEqual([
      'succeeded',
      false,
      charge.history.length,
    ])
  },
)

test.for([
  [
    'GBK bytes signed as if they were UTF-8',
    { override: { respMsg: '成功' }, alter: { encoding: 'GBK' } },
  ],
  [
    'GBK bytes under encoding UTF-8',
    { override: { encoding: 'GBK', respMsg: '成功' }, alter: { encoding: 'UTF-8' } },
  ],
  ['half of a GBK letter', { body: 'encoding=GBK&respCode=00&respMsg=%B3&signature=AA%3D%3D' }],
] as const)('%s: refused, nothing changes', async ([, probe]) => {
  const { charge } = await world.paid()
  const { status } = await world.gateway.probe({
    order_id: charge.order_id,
    resp_code: '60',
    ...probe,
  })
  expect(status).toBe(400)
  expect((await world.merchant.read(charge.order_id)).history).toEqual(charge.history)
})
