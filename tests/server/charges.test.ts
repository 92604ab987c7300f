import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  bill,
  bills,
  createMerchant,
  orderNo,
  refusal,
  startChargingWorld,
  type ChargingWorld,
} from '../support/charging.ts'
import { timeLimit } from '../support/time-limits.ts'
import { plan } from '../support/world.ts'

let world: ChargingWorld
beforeAll(async () => {
  world = await startChargingWorld()
})
afterAll(() => world.stop())

describe('a charge by contract number', () => {
  test('is accepted, notified, and shown in the ledger, in the API and on the bill', async () => {
    const { payer, want, contract } = await world.signed()
    const wish = want(350)
    const { status, view } = await world.merchant.send(wish)
    expect(status).toBe(201)
    expect(view).toMatchObject({
      merchant_order_no: wish.merchant_order_no,
      amount_fen: 350,
      contract,
      plan_id: plan.vending,
      description: '乌龙茶 500 毫升',
      refunded_fen: 0,
    })
    const charge = await world.merchant.settled(view.order_id)
    expect(charge).toMatchObject({
      state: 'succeeded',
      needs_review: false,
      waits_for: null,
      next_query_at: null,
      unionpay_code: '00',
    })
    expect(charge.history.map(({ from, to, source }) => [from, to, source])).toEqual([
      [null, 'pending', 'merchant'],
      ['pending', 'succeeded', 'notification'],
    ])
    const booked = (await world.gateway.ledger()).filter(
      ({ order_id }) => order_id === view.order_id,
    )
    expect(booked).toMatchObject([
      {
        amount_fen: 350,
        kind: 'charge',
        query_id: charge.query_id,
        clearing_day: charge.settle_on,
      },
    ])
    expect((await bills(payer)).bills).toMatchObject([
      {
        order_id: view.order_id,
        amount_fen: 350,
        state: 'succeeded',
        plan: { payee: '青禾便利' },
        explanation: null,
      },
    ])
    expect(
      (await bill(payer, view.order_id)).history.map(({ step, text }) => [step, text]),
    ).toEqual([
      ['asked', '商户发起扣款'],
      ['paid', '扣款成功'],
    ])
    expect((await payer.contract(contract)).used_today_fen).toBe(350)
  })

  test('names the contract by UnionPay’s number, by our id, or by user and plan; by exactly one of them', async () => {
    const { want, contract } = await world.signed()
    const { user_id } = await world.merchant.charge(want())
    const [{ contract_id } = { contract_id: '' }] = await world.control.contracts()
    const { contract: _id, ...bare } = want()
    expect((await world.merchant.charge({ ...bare, contract_id })).contract).toBe(contract)
    expect(
      (
        await world.merchant.charge({
          ...bare,
          merchant_order_no: orderNo(),
          user_id,
          plan_id: plan.vending,
        })
      ).contract,
    ).toBe(contract)
    for (const party of [
      {},
      { contract, contract_id },
      { user_id },
      { contract, plan_id: plan.vending },
    ]) {
      expect(await refusal(world.merchant.send({ ...bare, ...party }))).toBe('bad_request')
    }
    expect(
      await refusal(world.merchant.send({ ...bare, contract_id: '6218409999999999999' })),
    ).toBe('contract_unknown')
  })

  test('that the bank declines fails with the reason, in words for the payer, and uses nothing of the daily limit', async () => {
    const { payer, want, contract } = await world.signed()
    await world.gateway.addRule({
      match: { amount_fen: 1364 },
      effect: { kind: 'outcome', resp: '64' },
    })
    const { order_id } = await world.merchant.charge(want(1364))
    const charge = await world.merchant.settled(order_id)
    expect(charge).toMatchObject({ state: 'failed', reason: 'declined', unionpay_code: '64' })
    expect(await bill(payer, order_id)).toMatchObject({
      state: 'failed',
      explanation: '银行卡余额不足。',
      history: [{ step: 'asked' }, { step: 'declined', text: '扣款未成功：银行卡余额不足。' }],
    })
    expect((await payer.contract(contract)).used_today_fen).toBe(0)
  })

  test('refused in the synchronous answer fails at once; 80 and 89 trigger a query of the contract', async () => {
    const { want, contract } = await world.signed()
    await world.gateway.addRule({
      match: { amount_fen: 1389 },
      effect: { kind: 'resp', resp: '89' },
    })
    const before = await world.database.pool.query<{ due: boolean }>(
      "select sweep_due_at > business_now() + interval '1 hour' as due from contracts where id = $1",
      [contract],
    )
    expect(before.rows).toEqual([{ due: true }])
    expect(await world.merchant.charge(want(1389))).toMatchObject({
      state: 'failed',
      unionpay_code: '89',
    })
    const { rows } = await world.database.pool.query<{ soon: boolean }>(
      "select sweep_due_at <= business_now() + interval '10 minutes' as soon from contracts where id = $1",
      [contract],
    )
    expect(rows).toEqual([{ soon: true }])
  })

  test('returns pending when the gateway is slower than the merchant should wait, and settles later', async () => {
    const slow = await startChargingWorld({
      env: { CHARGE_WAIT_MS: '100', UNIONPAY_TIMEOUT_MS: '60000' },
    })
    const { want } = await slow.signed()
    await slow.gateway.addRule({
      effect: { kind: 'delay', ms: Math.min(timeLimit(5_000), 50_000) },
      times: 1,
    })
    const charge = await slow.merchant.charge(want())
    expect(await slow.gateway.ledger()).toEqual([]) // the gateway has not begun
    expect(charge).toMatchObject({ state: 'pending', waits_for: 'notification' })
    expect(await slow.merchant.settled(charge.order_id)).toMatchObject({ state: 'succeeded' })
    await slow.stop()
  })

  test('requires an active contract: none is accepted once it ends, one in flight still settles', async () => {
    const { payer, want, contract } = await world.signed()
    await world.control.change({ booking_delay_ms: 60_000 })
    const { order_id } = await world.merchant.charge(want())
    expect(await payer.call('GET', `/api/contracts/${contract}/unfinished`)).toMatchObject({
      ours: [{ order_id, amount_fen: 350 }],
    })
    await payer.terminate(contract)
    await world.control.change({ booking_delay_ms: 0 })
    expect(await refusal(world.merchant.send(want()))).toBe('contract_not_active')
    await world.advance(60_000)
    expect(await world.merchant.settled(order_id)).toMatchObject({ state: 'succeeded' })
  })

  test('requires a key with the verb and the plan, and a merchant number that is ours and the plan’s', async () => {
    const { want } = await world.signed()
    const as = async (verbs: Parameters<typeof world.key>[0], plans: string[] = []) =>
      createMerchant(world.url, await world.key(verbs, plans))
    expect(await refusal((await as(['read'])).send(want()))).toBe('verb_not_allowed')
    expect(await refusal((await as(['charge'], [plan.metro])).send(want()))).toBe(
      'contract_unknown',
    )
    expect(await refusal(world.merchant.send(want(350, { merchant_no: '898310148160569' })))).toBe(
      'merchant_no_refused',
    )
    expect(await refusal(world.merchant.send(want(350, { merchant_no: '000000000000000' })))).toBe(
      'merchant_no_unknown',
    )
    const { order_id } = await world.merchant.charge(want())
    expect(await refusal((await as(['read'], [plan.metro])).read(order_id))).toBe('not_found')
    expect((await (await as(['read'], [plan.metro])).list()).charges).toEqual([])
  })

  test('is hidden from other payers', async () => {
    const { charge } = await world.paid()
    const stranger = await world.signedIn()
    expect(await refusal(bill(stranger, charge.order_id))).toBe('not_found')
    expect((await bills(stranger)).bills).toEqual([])
  })

  test('can be listed by state, contract, order number, user and time, page by page', async () => {
    const { want, contract } = await world.signed()
    const charges = []
    for (const amount_fen of [101, 102, 103])
      charges.push(await world.merchant.charge(want(amount_fen)))
    for (const { order_id } of charges) await world.merchant.settled(order_id)
    const amounts = async (query: string) =>
      (await world.merchant.list(query)).charges.map(({ amount_fen }) => amount_fen)
    expect(await amounts(`?contract=${contract}`)).toEqual([103, 102, 101])
    const first = await world.merchant.list(`?contract=${contract}&limit=2`)
    expect(first.charges).toHaveLength(2)
    expect(await amounts(`?contract=${contract}&limit=2&cursor=${first.next_cursor}`)).toEqual([
      101,
    ])
    expect(await amounts(`?contract=${contract}&state=failed`)).toEqual([])
    expect(await amounts(`?merchant_order_no=${charges[1]?.merchant_order_no}`)).toEqual([102])
    expect(
      await amounts(`?user_id=${charges[0]?.user_id}&state=succeeded&needs_review=false`),
    ).toEqual([103, 102, 101])
    expect(
      await amounts(
        `?contract=${contract}&from=${charges[1]?.accepted_at}&to=${charges[2]?.accepted_at}`,
      ),
    ).toEqual([102])
    expect(await refusal(world.merchant.list('?from=yesterday'))).toBe('bad_request')
  })
})
