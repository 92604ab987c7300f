import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PersonExport } from '../../server/api.ts'
import { insertSession } from '../../server/sign-in/session-store.ts'
import { renameUser, setDisplayName } from '../../server/sign-in/store.ts'
import { orderNo, refusal, startChargingWorld, type ChargingWorld } from '../support/charging.ts'
import type { Payer } from '../support/payer.ts'
import { until } from '../support/until.ts'
import { plan } from '../support/world.ts'

let world: ChargingWorld
beforeAll(async () => {
  world = await startChargingWorld()
})
afterAll(() => world.stop())

/** The Shanghai day in this many days. */
const dayIn = (days: number): string =>
  new Date(world.app.charges.clock.now().getTime() + 8 * 3_600_000 + days * 86_400_000)
    .toISOString()
    .slice(0, 10)
const take = (payer: Payer) => payer.call<PersonExport>('GET', '/api/privacy/export')
const erase = (payer: Payer) => payer.call('POST', '/api/privacy/erasure', { confirmed: true })
const rows = async (sql: string, ...values: unknown[]) =>
  (await world.database.pool.query(sql, values)).rows as Record<string, unknown>[]
const trail = (user_ref: unknown) =>
  rows('select author, action from audit_trail where subject = $1 order by seq', user_ref)
const userOf = async (contract: string) =>
  (await rows('select user_ref from contracts where id = $1', contract))[0]?.['user_ref'] as string

describe('a payer', () => {
  test('exports contracts, bills with their history and notices, all of their own and no others', async () => {
    const { payer, contract, charge } = await world.paid(350)
    await world.merchant.refund(charge.order_id, 100)
    await world.paid(777)
    const taken = await take(payer)
    expect(taken.contracts.map(({ id }) => id)).toEqual([contract])
    expect(taken.bills.map(({ order_id, amount_fen }) => [order_id, amount_fen])).toEqual([
      [charge.order_id, 350],
    ])
    expect(taken.bills[0]?.history.map(({ step }) => step)).toEqual(
      expect.arrayContaining(['asked', 'paid', 'refund_asked']),
    )
    const open_id =
      (await world.control.contracts()).find(({ user_id }) => user_id === payer.wallet_user)
        ?.open_id ?? ''
    expect(open_id).not.toBe('')
    expect(taken.wallets).toEqual([
      { open_id_masked: expect.stringMatching(/\*/), known_since: expect.any(String) },
    ])
    expect(JSON.stringify(taken)).not.toContain(open_id)
    expect(await trail(await userOf(contract))).toEqual([
      { author: 'payer', action: 'person.exported' },
    ])
  })

  test('exports unsuccessful records too: attempts and withdrawn debits', async () => {
    const { payer, contract } = await world.signed(plan.membership)
    const { view } = await world.merchant.call<{ id: string }>(
      'POST',
      `/v1/contracts/${contract}/debit-notices`,
      {
        amount_fen: 1500,
        debit_on: dayIn(8),
        description: '十二月会员',
        way_to_cancel: '本页可关闭',
      },
    )
    await world.merchant.call('POST', `/v1/debit-notices/${view.id}/deliveries`, {
      channel: 'sms',
      proof: 'msg-7',
    })
    await world.merchant.call('POST', `/v1/debit-notices/${view.id}/withdrawal`, {})
    const given_up = await payer.start(plan.vending)
    const taken = await take(payer)
    expect(new Map(taken.contracts.map(({ id, state }) => [id, state]))).toEqual(
      new Map([
        [contract, 'active'],
        [given_up.signing_id, 'applying'],
      ]),
    )
    expect(taken.contracts.find(({ id }) => id === given_up.signing_id)).toMatchObject({
      started_at: expect.any(String),
      history: [{ from: null, to: 'applying' }],
    })
    expect(taken.debit_notices).toMatchObject([
      {
        id: view.id,
        withdrawn_at: expect.any(String),
        deliveries: [{ channel: 'sms', proof: 'msg-7' }],
      },
    ])
  })

  test('is not erased while a contract is active or money is in progress', async () => {
    const { payer, contract, want } = await world.signed()
    expect(await refusal(erase(payer))).toBe('erasure_contract_open')
    await world.control.change({ booking_delay_ms: 60_000 })
    const { order_id } = await world.merchant.charge(want())
    await payer.terminate(contract)
    expect(await refusal(erase(payer))).toBe('erasure_order_open')
    await world.control.change({ booking_delay_ms: 0 })
    await world.advance(60_000)
    await world.merchant.settled(order_id)
    expect(await erase(payer)).toEqual({})
  })

  test('is not erased while a refund is in progress', async () => {
    const { payer, contract, charge } = await world.paid(360)
    await payer.terminate(contract)
    await world.control.change({ booking_delay_ms: 60_000 })
    const { order_id } = await world.merchant.refund(charge.order_id)
    expect(await refusal(erase(payer))).toBe('erasure_order_open')
    await world.control.change({ booking_delay_ms: 0 })
    await world.advance(360_000)
    await until(
      'the refund is settled',
      async () =>
        (await rows('select from refunds where order_id = $1 and state <> $2', order_id, 'pending'))
          .length === 1,
    )
    expect(await erase(payer)).toEqual({})
  })

  test('is erased: no name, wallet or browser leads to them, their payments remain, and their wallet returns as a new user', async () => {
    const { payer, contract, charge } = await world.paid(410)
    const user_ref = await userOf(contract)
    const [before] = await rows('select user_id from users where id = $1', user_ref)
    const other_browser = world.sameWallet(payer)
    await other_browser.signIn()
    await payer.terminate(contract)
    await erase(payer)
    expect(await payer.session()).toBeNull()
    expect(await other_browser.session()).toBeNull()
    expect(
      await rows(
        'select user_id, display_name, erased_at is not null as erased from users where id = $1',
        user_ref,
      ),
    ).toEqual([{ user_id: `erased-${user_ref}`, display_name: null, erased: true }])
    expect(await rows('select open_id_sealed from wallets where user_ref = $1', user_ref)).toEqual([
      { open_id_sealed: '' },
    ])
    expect(await rows('select from users where user_id = $1', before?.['user_id'])).toEqual([])
    expect(await world.merchant.read(charge.order_id)).toMatchObject({
      amount_fen: 410,
      state: 'succeeded',
      user_id: `erased-${user_ref}`,
    })
    expect((await trail(user_ref)).at(-1)).toEqual({ author: 'payer', action: 'person.erased' })
    const again = world.sameWallet(payer)
    await again.signIn()
    expect((await take(again)).bills).toEqual([])
    expect((await again.sign(charge.plan_id)).state).toBe('succeeded')
  })

  test('is erased from a browser that brought their ticket and has not signed in yet', async () => {
    const [payer, half_way] = [await world.payer(), await world.payer()]
    for (const browser of [payer, half_way])
      await browser.call('POST', '/api/tickets', {
        ticket: await world.ticket('user-7001', '张三'),
      })
    await payer.signIn()
    await payer.answer(true)
    expect(await rows(`select from visits where ticket_user_id = 'user-7001'`)).toHaveLength(1)
    await erase(payer)
    expect(await rows(`select from visits where ticket_user_id = 'user-7001'`)).toEqual([])
  })

  test('is erased from another wallet that was asked to confirm the account: a late yes does not restore them', async () => {
    const [payer, other] = [await world.payer(), await world.payer()]
    for (const [browser, name] of [
      [other, '李四'],
      [payer, '张三'],
    ] as const) {
      if (browser === other) await browser.signIn()
      await browser.call('POST', '/api/tickets', { ticket: await world.ticket('user-7002', name) })
    }
    await payer.signIn()
    await payer.answer(true)
    expect(
      await rows(`select pending_name from sessions where pending_user_id = 'user-7002'`),
    ).toEqual([{ pending_name: '李四' }])
    await erase(payer)
    expect(
      await rows(
        `select from sessions where pending_user_id = 'user-7002' or pending_name = '李四'`,
      ),
    ).toEqual([])
    await refusal(other.answer(true))
    expect(await rows(`select from users where user_id = 'user-7002'`)).toEqual([])
  })

  test("is erased from UnionPay's notices about their wallet, whether they matched one contract or none", async () => {
    const { payer, contract } = await world.signed()
    const other = await world.signed()
    const at_unionpay = await Promise.all(
      [payer, other.payer].map(async ({ wallet_user }) =>
        (await world.control.contracts()).find(({ user_id }) => user_id === wallet_user),
      ),
    )
    const tell = async (open_id: string | undefined, more: Record<string, string>) =>
      world.control.probe({
        signature: 'good',
        fields: {
          appId: world.settings.unionpay_app_id,
          timestamp: '1700000000',
          nonceStr: orderNo().padEnd(16, 'x').slice(0, 16),
          operateTime: '2020-01-01 10:00:00',
          openId: open_id ?? '',
          ...more,
        },
      })
    for (const one of at_unionpay) {
      await tell(one?.open_id, { contractId: one?.contract_id ?? '' })
      await tell(one?.open_id, { contractId: '6218400000000000000' })
    }
    const bodies = async (of: string) =>
      await rows(
        `select n.outcome, n.body_sealed <> '' as there from notifications n where n.kind = 'termination' and (n.contract_ref = $1
         or n.wallet_digest = (select w.open_id_digest from contracts c join wallets w on w.id = c.wallet_ref where c.id = $1)) order by n.outcome`,
        of,
      )
    const there = [
      { outcome: 'older_than_contract', there: true },
      { outcome: 'unknown_contract', there: true },
    ]
    expect([await bodies(contract), await bodies(other.contract)]).toEqual([there, there])
    const results = await rows(
      `select id from notifications where wallet_digest is not null and body_sealed <> ''`,
    )
    await payer.terminate(contract)
    await erase(payer)
    expect((await bodies(contract)).filter((one) => one['there'])).toEqual([])
    expect(
      (
        await rows(
          `select id from notifications where wallet_digest is not null and body_sealed <> ''`,
        )
      ).length,
    ).toBe(results.length - 1)
    expect(await bodies(other.contract)).toEqual(there)
  })

  test('stays erased when UnionPay notifies their termination afterwards, or once more', async () => {
    const { payer, contract } = await world.signed()
    const at_unionpay = (await world.control.contracts()).find(
      ({ user_id }) => user_id === payer.wallet_user,
    )
    const about = (contractId: string) => ({
      signature: 'good' as const,
      fields: {
        appId: world.settings.unionpay_app_id,
        timestamp: '1700000000',
        nonceStr: contractId.slice(-16).padStart(16, 'x'),
        operateTime: '2020-01-01 10:00:00',
        openId: at_unionpay?.open_id ?? '',
        contractId,
      },
    })
    await world.control.probe(about('6218400000000000777'))
    await world.control.change({ notice_timing: 'never' })
    await payer.terminate(contract)
    await world.control.change({ notice_timing: 'now' })
    await erase(payer)
    await world.control.probe(about(at_unionpay?.contract_id ?? ''))
    await world.control.probe(about('6218400000000000777'))
    expect(
      await rows(
        'select outcome, body_sealed from notifications where contract_ref = $1',
        contract,
      ),
    ).toEqual([{ outcome: 'already_ended', body_sealed: '' }])
    expect(
      await rows(
        `select wallet_digest, repeats from notifications where body_sealed = '' and outcome = 'unknown_contract' and repeats = 1`,
      ),
    ).toEqual([{ wallet_digest: null, repeats: 1 }])
  })

  test('gets no session and no name from requests at the same moment', async () => {
    const { payer, contract } = await world.signed()
    const user_ref = await userOf(contract)
    const [wallet] = await rows('select id from wallets where user_ref = $1', user_ref)
    await payer.terminate(contract)
    await erase(payer)
    await insertSession(world.database.pool, 'of-the-same-moment', String(wallet?.['id']))
    await setDisplayName(world.database.pool, user_ref, '张三')
    await renameUser(world.database.pool, {
      user_ref,
      user_id: 'U-back',
      origin: 'ticket',
      display_name: '张三',
    })
    expect(await rows(`select from sessions where token_digest = 'of-the-same-moment'`)).toEqual([])
    expect(await rows('select user_id, display_name from users where id = $1', user_ref)).toEqual([
      { user_id: `erased-${user_ref}`, display_name: null },
    ])
  })

  test('can be refunded after the erasure', async () => {
    const { payer, contract, charge } = await world.paid(420)
    await payer.terminate(contract)
    await erase(payer)
    const { order_id } = await world.merchant.refund(charge.order_id)
    expect(await world.booked(order_id)).toMatchObject({ state: 'succeeded' })
  })
})

test('the audit trail only grows', async () => {
  const { payer } = await world.signed()
  await take(payer)
  for (const sql of [
    "update audit_trail set author = 'nobody'",
    'delete from audit_trail',
    'truncate audit_trail',
  ]) {
    await expect(world.database.pool.query(sql)).rejects.toThrow('only grows')
  }
})
