import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type {
  ActionResult,
  ApprovalView,
  AuditView,
  ConsoleChargeView,
  ConsoleContractView,
  FoundView,
  OverviewView,
  WorkView,
} from '../../server/api.ts'
import { orderNo, refusal, startChargingWorld, type ChargingWorld } from '../support/charging.ts'
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

const giveBack = (operator: ConsoleOperator, order_id: string, amount_fen: number) =>
  operator.call<ActionResult>(
    'POST',
    `/charges/${order_id}/refunds`,
    { amount_fen, description: '退货' },
    { 'idempotency-key': orderNo() },
  )
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
  test('signs in with a password and reads nothing without', async () => {
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

  test('is refused alike for a wrong name and a wrong password, and locked after five in a row', async () => {
    const dora = await createOperator(world.url, world.database, 'dora', 'viewer')
    expect(await refusal(anna.call('POST', '/sign-in', { name: 'nobody', password: 'x' }))).toBe(
      'operator_refused',
    )
    for (let time = 0; time < 5; time++)
      expect(await refusal(dora.signIn('wrong'))).toBe('operator_refused')
    expect(await refusal(dora.signIn())).toBe('operator_refused')
    await world.database.pool.query(`update operators set locked_until = now() where name = 'dora'`)
    expect(await dora.signIn()).toMatchObject({ name: 'dora' })
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
  test('shows today: amounts, outcomes, hours and what is open', async () => {
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

  test('shows how many queries of a merchant number are due, of charges and refunds, beside how many a minute may go out', async () => {
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

  test('lists all that waits for a person: contradictions, orders of which nothing was heard, refunds', async () => {
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
        `update ${table} set waits_for = 'person', due_at = null where order_id = $1`,
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

  test("finds a charge and its contract by any number a caller reads out, a refund's too", async () => {
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

  test("shows UnionPay's own messages about a charge, with everything personal masked", async () => {
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

  test('ends a contract, and says who did', async () => {
    const { contract } = await world.signed()
    expect(
      (await bob.call<ConsoleContractView>('POST', `/contracts/${contract}/terminate`, {})).contract
        .state,
    ).toBe('terminated')
    expect(
      (await anna.call<ConsoleContractView>('GET', `/contracts/${contract}`)).audit,
    ).toMatchObject([{ author: 'bob', action: 'contract.terminate' }])
  })

  test('revokes a key, which then opens nothing', async () => {
    const secret = await world.key(['read'])
    const { keys } = await anna.call<{ keys: { id: string }[] }>('GET', '/keys')
    await anna.call('POST', `/keys/${keys[0]?.id}/revoke`, {})
    const answer = await fetch(`${world.url}/v1/charges`, {
      headers: { authorization: `Bearer ${secret}` },
    })
    expect(answer.status).toBe(401)
  })
})

describe('money given back through the console', () => {
  test('goes at once below the limit, and once however often the button is pressed', async () => {
    const { charge } = await world.paid(900)
    const press = () =>
      bob.call<ActionResult>(
        'POST',
        `/charges/${charge.order_id}/refunds`,
        { amount_fen: 300, description: '退货' },
        { 'idempotency-key': 'pressed-twice' },
      )
    expect(await press()).toMatchObject({ done: true, refund: { amount_fen: 300 } })
    await press()
    expect((await look(charge.order_id)).charge.refunds).toHaveLength(1)
  })

  test('above it waits for a second person, who is not the first; small ones add up', async () => {
    const { charge } = await world.paid(2000)
    expect(await giveBack(bob, charge.order_id, 600)).toMatchObject({ done: true })
    const asked = await giveBack(bob, charge.order_id, 600)
    if (asked.done) throw new Error('it was not held')
    expect(await refusal(giveBack(anna, charge.order_id, 700))).toBe('approval_waiting')
    expect(
      await refusal(bob.call('POST', `/approvals/${asked.approval.id}`, { allowed: true })),
    ).toBe('approval_own')
    expect((await look(charge.order_id)).charge.refunds).toHaveLength(1)
    expect(
      await anna.call('POST', `/approvals/${asked.approval.id}`, { allowed: true }),
    ).toMatchObject({ approval: { outcome: 'done', decided_by: 'anna' } })
    expect(
      await refusal(anna.call('POST', `/approvals/${asked.approval.id}`, { allowed: true })),
    ).toBe('approval_decided')
    const view = await look(charge.order_id)
    expect(view.charge.refunds.map(({ amount_fen }) => amount_fen)).toEqual([600, 600])
    expect(view.audit.map(({ author, action }) => `${author} ${action}`)).toEqual(
      expect.arrayContaining([
        'bob refund',
        'bob refund.asked',
        'anna refund.allowed',
        'bob, anna refund',
      ]),
    )
  })

  test('whose yes was cut off by the end of the process waits for a second person once more, and goes once', async () => {
    const { charge } = await world.paid(1800)
    const asked = await giveBack(bob, charge.order_id, 1800)
    if (asked.done) throw new Error('it was not held')
    const decide = (allowed: boolean) =>
      anna.call('POST', `/approvals/${asked.approval.id}`, { allowed })
    const isOpen = async () =>
      (await anna.call<{ approvals: ApprovalView[] }>('GET', '/approvals')).approvals.some(
        ({ id }) => id === asked.approval.id,
      )
    const cutOff = (ago: string) =>
      world.database.pool.query(
        `update approvals set allowed = true, decided_by = asked_by, decided_at = business_now() - $2::interval, outcome = null where id = $1`,
        [asked.approval.id, ago],
      )
    await cutOff('10 seconds')
    expect([await isOpen(), await refusal(decide(true))]).toEqual([false, 'approval_decided'])
    await cutOff('31 days') // the key of the refund may be forgotten: it could be made twice
    expect([await isOpen(), await refusal(decide(true))]).toEqual([false, 'approval_decided'])
    await cutOff('2 minutes')
    expect([await isOpen(), await decide(true), await isOpen()]).toEqual([
      true,
      expect.objectContaining({ approval: expect.objectContaining({ outcome: 'done' }) }),
      false,
    ])
    await cutOff('2 minutes')
    expect(await decide(true)).toMatchObject({ approval: { outcome: 'done' } })
    expect(
      (await look(charge.order_id)).charge.refunds.map(({ amount_fen }) => amount_fen),
    ).toEqual([1800])
  })

  test('that the second person refuses does not go', async () => {
    const { charge } = await world.paid(1500)
    const asked = await giveBack(bob, charge.order_id, 1500)
    if (asked.done) throw new Error('it was not held')
    await anna.call('POST', `/approvals/${asked.approval.id}`, { allowed: false })
    expect(await look(charge.order_id)).toMatchObject({
      charge: { refunds: [] },
      refundable_fen: 1500,
    })
  })
})

test('a review is resolved by name, and the trail tells it', async () => {
  const { charge } = await world.paid(480)
  await world.database.pool.query(
    `update charges set needs_review = true, review_reason = 'failed_after_success' where order_id = $1`,
    [charge.order_id],
  )
  expect(
    await bob.call('POST', `/charges/${charge.order_id}/resolution`, { decision: 'paid' }),
  ).toEqual({ done: true })
  const view = await look(charge.order_id)
  expect(view.charge).toMatchObject({ needs_review: false, state: 'succeeded' })
  expect(view.charge.history.at(-1)).toMatchObject({ source: 'person', author: 'bob' })
  const { audit } = await viewer.call<{ audit: AuditView[] }>('GET', '/audit')
  expect(audit.find(({ subject }) => subject === charge.order_id)).toMatchObject({
    author: 'bob',
    action: 'resolve',
    detail: { decision: 'paid' },
  })
})

describe('a review above the limit waits for a second person', () => {
  const review = (table: 'charges' | 'refunds', order_id: string) =>
    world.database.pool.query(
      `update ${table} set needs_review = true, review_reason = 'failed_after_success' where order_id = $1`,
      [order_id],
    )
  const standing = async (table: 'charges' | 'refunds', order_id: string) =>
    (
      await world.database.pool.query(
        `select state, needs_review from ${table} where order_id = $1`,
        [order_id],
      )
    ).rows[0]

  test.each(['charges', 'refunds'] as const)('of %s', async (table) => {
    const { charge } = await world.paid(table === 'charges' ? 1001 : 1400)
    const { order_id } =
      table === 'charges' ? charge : await world.merchant.refund(charge.order_id, 1001)
    await until('it succeeded', async () =>
      (await standing(table, order_id))?.state === 'succeeded' ? true : null,
    )
    await review(table, order_id)
    const asked = await bob.call<ActionResult>('POST', `/${table}/${order_id}/resolution`, {
      decision: 'not_paid',
    })
    if (asked.done) throw new Error('one person alone decided it')
    expect(asked.approval).toMatchObject({ action: 'resolve', amount_fen: 1001, asked_by: 'bob' })
    expect(
      await refusal(bob.call('POST', `/approvals/${asked.approval.id}`, { allowed: true })),
    ).toBe('approval_own')
    expect(await standing(table, order_id)).toEqual({ state: 'succeeded', needs_review: true })
    expect(
      await anna.call('POST', `/approvals/${asked.approval.id}`, { allowed: true }),
    ).toMatchObject({ approval: { outcome: 'done', decided_by: 'anna' } })
    expect(await standing(table, order_id)).toEqual({ state: 'failed', needs_review: false })
  })

  test('one of exactly the limit does not', async () => {
    const { charge } = await world.paid(1000)
    await review('charges', charge.order_id)
    expect(
      await bob.call('POST', `/charges/${charge.order_id}/resolution`, { decision: 'paid' }),
    ).toEqual({ done: true })
  })
})
