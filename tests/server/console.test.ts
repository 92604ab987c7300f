import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type {
  ConsoleChargeView,
  ConsoleContractView,
  FoundView,
  OverviewView,
  WorkView,
} from '../../server/api.ts'
import { refusal, startChargingWorld, type ChargingWorld } from '../support/charging.ts'
import { createOperator, type ConsoleOperator } from '../support/operator.ts'
import { until } from '../support/until.ts'

let world: ChargingWorld
let anna: ConsoleOperator
let bob: ConsoleOperator
let viewer: ConsoleOperator
beforeAll(async () => {
  world = await startChargingWorld({ env: { TWO_PERSON_ABOVE_FEN: '1000' } })
  anna = await createOperator(world.url, world.database, 'anna', 'admin')
  bob = await createOperator(world.url, world.database, 'bob', 'operator')
  viewer = await createOperator(world.url, world.database, 'vera', 'viewer')
  for (const one of [anna, bob, viewer]) await one.signIn()
})
afterAll(() => world.stop())

const search = async (number: string) =>
  (await viewer.call<{ found: FoundView[] }>('GET', `/search?q=${encodeURIComponent(number)}`))
    .found
const look = (order_id: string) => anna.call<ConsoleChargeView>('GET', `/charges/${order_id}`)

/** UnionPay's whole number of the only contract of a wallet. */
const contractNumber = async (user_id: string): Promise<string> => {
  const contract = (await world.control.contracts()).find((one) => one.user_id === user_id)
  if (!contract) throw new Error('UnionPay knows no contract of this wallet')
  return contract.contract_id
}

describe('an operator', () => {
  test('signs in with a password and reads nothing without one', async () => {
    const stranger = await createOperator(world.url, world.database, 'carl', 'viewer')
    for (const path of [
      '/overview',
      '/search?q=x',
      '/work',
      '/plans',
      '/keys',
      '/certificates',
      '/approvals',
      '/audit',
      '/operator',
    ]) {
      expect(await refusal(stranger.call('GET', path))).toBe('not_signed_in')
    }
    expect(await stranger.signIn()).toEqual({ name: 'carl', role: 'viewer' })
    expect(stranger.cookie()).toMatch(/^wugan_console=/)
    await stranger.call('DELETE', '/session')
    expect(await refusal(stranger.call('GET', '/overview'))).toBe('not_signed_in')
  })

  test('may not act from another site, nor above the role', async () => {
    const { charge } = await world.paid(400)
    expect(
      await refusal(
        viewer.call(
          'POST',
          `/charges/${charge.order_id}/refunds`,
          { amount_fen: 1, description: 'x' },
          { 'idempotency-key': 'k1' },
        ),
      ),
    ).toBe('role_too_low')
    expect(await refusal(bob.call('POST', '/keys/01ARZ3NDEKTSV4RRFFQ69G5FAV/revoke', {}))).toBe(
      'role_too_low',
    )
    expect(
      await refusal(
        bob.call(
          'POST',
          `/charges/${charge.order_id}/refunds`,
          { amount_fen: 1, description: 'x' },
          { 'idempotency-key': 'k2', origin: 'https://evil.example' },
        ),
      ),
    ).toBe('origin_refused')
  })
})

describe('the console', () => {
  test('shows today: amounts, outcomes, hours and open items', async () => {
    const { charge } = await world.paid(450)
    const { day, now, charges, hours, time_to_final_s, pacing } = await viewer.call<OverviewView>(
      'GET',
      '/overview',
    )
    expect(now.slice(0, 4)).toBe(day.slice(0, 4))
    const paid = charges.find(({ state }) => state === 'succeeded')
    expect(paid?.count).toBeGreaterThan(0)
    expect(paid?.amount_fen).toBeGreaterThanOrEqual(charge.amount_fen)
    expect(hours.reduce((sum, hour) => sum + hour.succeeded, 0)).toBe(paid?.count)
    expect(time_to_final_s.p50).toBeGreaterThan(0)
    expect(hours.reduce((sum, hour) => sum + hour.amount_fen, 0)).toBe(paid?.amount_fen)
    expect(hours.map(({ p50_s }) => p50_s)).toEqual(hours.map(() => expect.any(Number)))
    if (hours.length === 1) expect(hours[0]?.p50_s).toBe(time_to_final_s.p50)
    expect(pacing.find(({ merchant_no }) => merchant_no === charge.merchant_no)).toEqual({
      merchant_no: charge.merchant_no,
      due: 0,
      per_minute: 60,
      backs_off_until: null,
    })
  })

  test('shows how many queries of a merchant number are due, of charges and refunds, beside the allowed rate a minute', async () => {
    const {
      charge: { order_id, merchant_no },
      want,
    } = await world.paid(458)
    await world.gateway.addRule({
      match: { transaction: 'refund', amount_fen: 58 },
      effect: { kind: 'timeout_before' },
    })
    await world.gateway.addRule({ match: { amount_fen: 459 }, effect: { kind: 'timeout_before' } })
    const [silent, refund] = [
      await world.merchant.charge(want(459)),
      await world.merchant.refund(order_id, 58),
    ]
    await world.database.pool.query(
      `insert into query_pace (merchant_no, free_at) values ($1, business_now() + interval '1 hour') on conflict (merchant_no) do update set free_at = excluded.free_at`,
      [merchant_no],
    )
    for (const [table, open] of [
      ['charges', silent.order_id],
      ['refunds', refund.order_id],
    ] as const) {
      await world.database.pool.query(
        `update ${table} set due_at = business_now() where order_id = $1`,
        [open],
      )
    }
    const { pacing } = await viewer.call<OverviewView>('GET', '/overview')
    expect(pacing.find((one) => one.merchant_no === merchant_no)).toEqual({
      merchant_no,
      due: 2,
      per_minute: 60,
      backs_off_until: expect.any(String),
    })
  })

  test('lists everything that needs manual review: contradictions, orders without any result, refunds', async () => {
    const { charge, want } = await world.paid(455)
    const { charge: other } = await world.paid(456)
    await world.gateway.addRule({
      match: { transaction: 'refund', amount_fen: 56 },
      effect: { kind: 'timeout_before' },
    })
    await world.gateway.addRule({ match: { amount_fen: 457 }, effect: { kind: 'timeout_before' } })
    const [silent, refund] = [
      await world.merchant.charge(want(457)),
      await world.merchant.refund(other.order_id, 56),
    ]
    await world.gateway.probe({ order_id: charge.order_id, resp_code: '60' })
    for (const [table, order_id] of [
      ['charges', silent.order_id],
      ['refunds', refund.order_id],
    ] as const) {
      await world.database.pool.query(
        `update ${table} set waits_for = 'manual_review', due_at = null where order_id = $1`,
        [order_id],
      )
    }
    const { work } = await viewer.call<{ work: WorkView[] }>('GET', '/work')
    expect(work.map(({ id, charge: of, reason }) => [id, of, reason])).toEqual([
      [charge.order_id, charge.order_id, 'failed_after_success'],
      [silent.order_id, silent.order_id, 'unexplained'],
      [refund.order_id, other.order_id, 'unexplained'],
    ])
    expect((await viewer.call<OverviewView>('GET', '/overview')).in_review).toEqual({
      charges: 2,
      refunds: 1,
      contracts: 0,
    })
  })

  test("finds a charge and its contract by any number a caller may quote, a refund's too", async () => {
    const { contract, charge, payer } = await world.paid(460)
    const refund = await world.merchant.refund(charge.order_id, 60)
    const query_id = await until(
      "the refund has UnionPay's number",
      async () => (await world.merchant.read(charge.order_id)).refunds[0]?.query_id ?? null,
    )
    const contract_id = await contractNumber(payer.wallet_user)
    const { contract_code } = (
      await anna.call<ConsoleContractView>('GET', `/contracts/${contract}`)
    ).contract
    for (const number of [
      charge.order_id,
      charge.merchant_order_no,
      charge.query_id ?? '',
      contract,
      contract_code,
      contract_id,
      charge.user_id,
    ]) {
      expect(number).not.toBe('')
      expect(
        (await search(number)).map(({ id }) => id),
        number,
      ).toContain(charge.order_id)
    }
    for (const number of [refund.order_id, query_id]) {
      expect(await search(number), number).toMatchObject([{ kind: 'refund', id: charge.order_id }])
    }
    expect(await search('nothing-like-it')).toEqual([])
  })

  test("shows UnionPay's own messages about a charge, with all personal data masked", async () => {
    const { charge, payer } = await world.paid(470)
    const { messages } = await until('the notification is stored', async () => {
      const view = await look(charge.order_id)
      return view.messages.length > 0 ? view : null
    })
    const fields = new Map(messages[0]?.fields.map(({ name, value }) => [name, value]))
    expect(fields.get('orderId')).toBe(charge.order_id)
    expect(fields.get('respCode')).toBe('00')
    expect(fields.get('signature')).toMatch(/…/)
    expect(JSON.stringify(messages)).not.toContain(await contractNumber(payer.wallet_user))
  })

  test('ends a contract, and records who did', async () => {
    const { contract } = await world.signed()
    expect(
      (await bob.call<ConsoleContractView>('POST', `/contracts/${contract}/terminate`, {})).contract
        .state,
    ).toBe('terminated')
    expect(
      (await anna.call<ConsoleContractView>('GET', `/contracts/${contract}`)).audit,
    ).toMatchObject([{ author: 'bob', action: 'contract.terminate' }])
  })

  test('revokes a key, which then gives no access', async () => {
    const secret = await world.key(['read'])
    const { keys } = await anna.call<{ keys: { id: string }[] }>('GET', '/keys')
    await anna.call('POST', `/keys/${keys[0]?.id}/revoke`, {})
    const answer = await fetch(`${world.url}/v1/charges`, {
      headers: { authorization: `Bearer ${secret}` },
    })
    expect(answer.status).toBe(401)
  })
})
