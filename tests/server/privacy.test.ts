import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PersonExport } from '../../server/api.ts'
import { refusal, startChargingWorld, type ChargingWorld } from '../support/charging.ts'
import type { Payer } from '../support/payer.ts'

let world: ChargingWorld
beforeAll(async () => {
  world = await startChargingWorld()
})
afterAll(() => world.stop())

const take = (payer: Payer) => payer.call<PersonExport>('GET', '/api/privacy/export')
const erase = (payer: Payer) => payer.call('POST', '/api/privacy/erasure', { confirmed: true })
const rows = async (sql: string, ...values: unknown[]) => (await world.database.pool.query(sql, values)).rows as Record<string, unknown>[]
const trail = (user_ref: unknown) => rows('select author, action from audit_trail where subject = $1 order by seq', user_ref)
const userOf = async (contract: string) => (await rows('select user_ref from contracts where id = $1', contract))[0]?.['user_ref'] as string

describe('a person who pays', () => {
  test('takes along contracts, bills with their history and notices, all his own and nobody else\'s', async () => {
    const { payer, contract, charge } = await world.paid(350)
    await world.merchant.refund(charge.order_id, 100)
    await world.paid(777)
    const taken = await take(payer)
    expect(taken.contracts.map(({ id }) => id)).toEqual([contract])
    expect(taken.bills.map(({ order_id, amount_fen }) => [order_id, amount_fen])).toEqual([[charge.order_id, 350]])
    expect(taken.bills[0]?.history.map(({ step }) => step)).toEqual(expect.arrayContaining(['asked', 'paid', 'refund_asked']))
    expect(taken.wallets).toHaveLength(1)
    expect(await trail(await userOf(contract))).toEqual([{ author: 'payer', action: 'person.exported' }])
  })

  test('is not forgotten while a contract holds or money is under way', async () => {
    const { payer, contract, want } = await world.signed()
    expect(await refusal(erase(payer))).toBe('erasure_contract_open')
    await world.control.change({ booking_delay_ms: 800 })
    const { order_id } = await world.merchant.charge(want())
    await payer.terminate(contract)
    expect(await refusal(erase(payer))).toBe('erasure_order_open')
    await world.control.change({ booking_delay_ms: 0 })
    await world.merchant.settled(order_id)
    expect(await erase(payer)).toEqual({})
  })

  test('is forgotten: no name, wallet or browser leads to him, what he paid is still there, and his wallet comes back as somebody new', async () => {
    const { payer, contract, charge } = await world.paid(410)
    const user_ref = await userOf(contract)
    const [before] = await rows('select user_id from users where id = $1', user_ref)
    await payer.terminate(contract)
    await erase(payer)
    expect(await payer.session()).toBeNull()
    expect(await rows('select user_id, display_name, erased_at is not null as erased from users where id = $1', user_ref))
      .toEqual([{ user_id: `erased-${user_ref}`, display_name: null, erased: true }])
    expect(await rows('select open_id_sealed from wallets where user_ref = $1', user_ref)).toEqual([{ open_id_sealed: '' }])
    expect(await rows('select from users where user_id = $1', before?.['user_id'])).toEqual([])
    expect(await world.merchant.read(charge.order_id)).toMatchObject({ amount_fen: 410, state: 'succeeded', user_id: `erased-${user_ref}` })
    expect((await trail(user_ref)).at(-1)).toEqual({ author: 'payer', action: 'person.erased' })
    const again = world.sameWallet(payer)
    await again.signIn()
    expect((await take(again)).bills).toEqual([])
    expect((await again.sign(charge.plan_id)).state).toBe('succeeded')
  })

  test('can be refunded after he was forgotten', async () => {
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
  for (const sql of ['update audit_trail set author = \'nobody\'', 'delete from audit_trail', 'truncate audit_trail']) {
    await expect(world.database.pool.query(sql)).rejects.toThrow('only grows')
  }
})
