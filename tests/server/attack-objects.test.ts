import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ContractView, PersonExport, WebhookEndpointSecretView } from '../../server/api.ts'
import { verbs, type Verb } from '../../server/key-guard.ts'
import {
  createMerchant,
  orderNo,
  refusal,
  startChargingWorld,
  type ChargingWorld,
} from '../support/charging.ts'
import type { Payer } from '../support/payer.ts'
import { route_table, type RouteLine } from '../support/route-table.ts'
import { plan } from '../support/world.ts'

let world: ChargingWorld
let owner: Payer
/** The object of another user, by the route's parameter. */
let things: { contract: string; charge: string; refund: string; notice: string; signing: string }
beforeAll(async () => {
  world = await startChargingWorld({
    env: { RATE_LIMIT_SIGNING: '1000', RATE_LIMIT_LOGIN: '1000' },
  })
  const all = createMerchant(world.url, await world.key([...verbs]))
  const { payer, contract, charge } = await world.paid(350)
  const refund = await all.refund(charge.order_id, 100)
  await all.settledRefund(charge.order_id, refund.order_id)
  const renewed = await payer.sign(plan.membership)
  const debit_on = new Date(
    world.app.charges.clock.now().getTime() + 8 * 3_600_000 + 6 * 86_400_000,
  )
    .toISOString()
    .slice(0, 10)
  const notice = await all.call<{ id: string }>(
    'POST',
    `/v1/contracts/${renewed.contract?.id}/debit-notices`,
    { debit_on, amount_fen: 1500, description: '12 月会员', way_to_cancel: '签约页' },
  )
  owner = payer
  things = {
    contract,
    charge: charge.order_id,
    refund: refund.order_id,
    notice: notice.view.id,
    signing: renewed.signing_id,
  }
})
afterAll(() => world.stop())

/** The address of a route for an object of its kind. */
function pathOf({ path }: RouteLine): string {
  const kind = /\/(debit-notices|coming-debits)\//.test(path)
    ? 'notice'
    : /\/refunds\/:/.test(path)
      ? 'refund'
      : /\/signings\/:/.test(path)
        ? 'signing'
        : /:order_id/.test(path)
          ? 'charge'
          : 'contract'
  return path.replace(/:(id|order_id)/, things[kind])
}
const about = (line: RouteLine): boolean => /:(id|order_id)/.test(line.path)

describe('another user who is signed in', () => {
  const lines = route_table.filter((line) => line.access === 'payer' && about(line))
  test.each(lines.map((line) => [`${line.method} ${line.path}`, line] as const))(
    "does not find other users' data: %s",
    async (_name, line) => {
      const stranger = await world.signedIn()
      expect(await refusal(stranger.call(line.method, pathOf(line), line.body))).toBe('not_found')
    },
  )
  test('lists, sums up and exports only their own data', async () => {
    const stranger = await world.signedIn()
    expect(await stranger.contracts()).toEqual([])
    for (const path of [`/api/bills?contract=${things.contract}`, '/api/bills'])
      expect(await stranger.call('GET', path)).toMatchObject({ bills: [] })
    expect(await stranger.call('GET', `/api/bills/months?contract=${things.contract}`)).toEqual({
      months: [],
    })
    expect(await stranger.call('GET', '/api/coming-debits')).toEqual({ coming_debits: [] })
    const [own, foreign] = [
      JSON.stringify(await stranger.call<PersonExport>('GET', '/api/privacy/export')),
      JSON.stringify(await owner.call<PersonExport>('GET', '/api/privacy/export')),
    ]
    for (const thing of [things.contract, things.charge, things.signing])
      expect([thing, foreign.includes(thing), own.includes(thing)]).toEqual([thing, true, false])
  })
  test('deletes and ends nothing of another user', async () => {
    const stranger = await world.signedIn()
    await stranger.call('POST', '/api/privacy/erasure', { confirmed: true })
    expect(
      (await owner.contracts()).filter(({ state }: ContractView) => state === 'active'),
    ).toHaveLength(2)
    expect(await owner.session()).not.toBeNull()
  })
})

const verb_of = (line: RouteLine): Verb => {
  if (line.method === 'GET') return 'read'
  const named: [RegExp, Verb][] = [
    [/resolution$/, 'resolve'],
    [/webhook/, 'webhooks'],
    [/terminate$/, 'terminate'],
    [/signings/, 'sign'],
    [/(refunds|cancel)$/, 'refund'],
  ]
  return named.find(([form]) => form.test(line.path))?.[1] ?? 'charge'
}
const keyed = route_table.filter(({ access }) => access === 'key')
const ask = (key: string, line: RouteLine) =>
  createMerchant(world.url, key).call(
    line.method,
    `${pathOf(line)}${line.path.endsWith('/proof') ? '?from=2026-11-01&to=2026-11-02' : ''}`,
    line.body,
    { 'idempotency-key': orderNo() },
  )

describe('an API key', () => {
  test('without the verb is refused by every route, although it has all other verbs', async () => {
    for (const line of keyed) {
      const others = await world.key(verbs.filter((verb) => verb !== verb_of(line)))
      expect([line.method, line.path, await refusal(ask(others, line))]).toEqual([
        line.method,
        line.path,
        'verb_not_allowed',
      ])
    }
  })
  test('of another plan neither finds, changes nor lists objects of this plan', async () => {
    const other = await world.key([...verbs], [plan.parking])
    const before = await createMerchant(world.url, await world.key(['read'])).read(things.charge)
    for (const line of keyed.filter(about)) {
      const code = await refusal(ask(other, line))
      expect([
        line.method,
        line.path,
        ['not_found', 'contract_unknown', 'verb_not_allowed'].includes(code) ? 'hidden' : code,
      ]).toEqual([line.method, line.path, 'hidden'])
    }
    const merchant = createMerchant(world.url, other)
    for (const [list, name] of [
      ['/v1/charges', 'charges'],
      ['/v1/refunds', 'refunds'],
      ['/v1/contracts', 'contracts'],
      ['/v1/debit-notices', 'debit_notices'],
      [`/v1/charges?contract=${things.contract}`, 'charges'],
    ] as const) {
      expect([
        list,
        (await merchant.call<Record<string, unknown[]>>('GET', list)).view[name],
      ]).toEqual([list, []])
    }
    expect(await createMerchant(world.url, await world.key(['read'])).read(things.charge)).toEqual(
      before,
    )
  })
  test('of another plan charges no contract of this one, by any of its three names', async () => {
    const merchant = createMerchant(world.url, await world.key(['charge'], [plan.parking]))
    const {
      rows: [{ user_id } = { user_id: '' }],
    } = await world.database.pool.query<{ user_id: string }>(
      'select u.user_id from contracts c join users u on u.id = c.user_ref where c.id = $1',
      [things.contract],
    )
    const contract = (await world.control.contracts()).find(
      (one) => one.user_id === owner.wallet_user && one.plan_id === plan.vending,
    )
    const order = { amount_fen: 1, description: 'x', merchant_no: '898310148160568' }
    for (const way of [
      { contract: things.contract },
      { contract_id: contract?.contract_id ?? '' },
      { user_id, plan_id: plan.vending },
    ]) {
      expect(['contract_unknown', 'verb_not_allowed']).toContain(
        await refusal(merchant.send({ ...order, ...way, merchant_order_no: orderNo() })),
      )
    }
  })
  test("does not see another key's request under the same Idempotency-Key", async () => {
    const { want } = await world.signed()
    const [one, two] = [
      createMerchant(world.url, await world.key(['charge'])),
      createMerchant(world.url, await world.key(['charge'])),
    ]
    const shared = orderNo()
    const [first, second] = [
      await one.charge(want(351), shared),
      await two.charge(want(352), shared),
    ]
    expect(second.order_id).not.toBe(first.order_id)
    expect(second.amount_fen).toBe(352)
    const [clerk, other] = [
      createMerchant(world.url, await world.key(['refund'])),
      createMerchant(world.url, await world.key(['refund'])),
    ]
    const paid = await world.paid(900)
    const [part, rest] = [
      await clerk.refund(paid.charge.order_id, 300, shared),
      await other.refund(paid.charge.order_id, 200, shared),
    ]
    expect([part.amount_fen, rest.amount_fen, part.order_id === rest.order_id]).toEqual([
      300,
      200,
      false,
    ])
    const [here, there] = [await world.paid(901), await world.paid(902)]
    const [back, undone] = [
      await clerk.cancel(here.charge.order_id, `${shared}-c`),
      await other.cancel(there.charge.order_id, `${shared}-c`),
    ]
    expect([back.amount_fen, undone.amount_fen]).toEqual([901, 902])
  })
  test('that is limited to plans has no access to webhook endpoints, whose secrets expose every event', async () => {
    const all = createMerchant(world.url, await world.key(['webhooks', 'read']))
    const { view: endpoint } = await all.call<WebhookEndpointSecretView>(
      'POST',
      '/v1/webhook-endpoints',
      { url: 'https://shop.example/hooks' },
    )
    const bound = await world.key([...verbs], [plan.vending])
    for (const line of keyed.filter(({ path }) => path.includes('webhook'))) {
      const path = line.path.replace(':id', endpoint.id)
      expect([line.method, line.path, await refusal(ask(bound, { ...line, path }))]).toEqual([
        line.method,
        line.path,
        'verb_not_allowed',
      ])
    }
  })
  test('accesses neither the payer’s routes nor the console, and their cookies access no route of a key', async () => {
    const key = await world.key([...verbs])
    for (const path of ['/api/contracts', '/console/api/overview'])
      expect(
        (await fetch(`${world.url}${path}`, { headers: { authorization: `Bearer ${key}` } }))
          .status,
      ).toBe(401)
    expect(
      (
        await fetch(`${world.url}/v1/charges`, {
          headers: owner.credentials(),
        })
      ).status,
    ).toBe(401)
  })
})
