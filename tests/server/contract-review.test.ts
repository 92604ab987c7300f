import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ConsoleContractView } from '../../server/api.ts'
import { refusal, startChargingWorld, type ChargingWorld } from '../support/charging.ts'
import { createOperator, type ConsoleOperator } from '../support/operator.ts'
import { until } from '../support/until.ts'

let world: ChargingWorld
let anna: ConsoleOperator
beforeAll(async () => {
  world = await startChargingWorld()
  anna = await createOperator(world.url, world.database, 'anna', 'operator')
  await anna.signIn()
})
afterAll(() => world.stop())

const rows = async (sql: string, ...values: unknown[]) => (await world.database.pool.query(sql, values)).rows as Record<string, unknown>[]
const stateOf = async (contract: string) => (await rows('select state, needs_review, reason from contracts where id = $1', contract))[0]
const resolve = (contract: string) => anna.call<ConsoleContractView>('POST', `/contracts/${contract}/resolution`, {})
const sweep = (...contracts: string[]) => rows('update contracts set sweep_due_at = business_now() where id = any($1)', contracts)
const trail = (contract: string) => rows('select author, action, detail from audit_trail where subject = $1', contract)

test('a contract that UnionPay names by another number is not charged and not announced until a person has compared them', async () => {
  const { contract, want } = await world.signed()
  await rows('update contracts set contract_id_sealed = $2 where id = $1', contract, world.app.contracts.cipher.seal('6218400000000000001'))
  await sweep(contract)
  await until('it is marked', async () => (await stateOf(contract))?.['needs_review'])
  expect(await stateOf(contract)).toEqual({ state: 'active', needs_review: true, reason: 'contract_id_differs' })
  expect(await refusal(world.merchant.send(want()))).toBe('contract_in_review')
  expect(await world.merchant.list(`?contract=${contract}`)).toMatchObject({ charges: [] })
  // the statement that accepts does not rely on what was read before it
  expect((await world.app.charges.accepting({
    ...(want() as never as { merchant_order_no: string; amount_fen: number; description: string; merchant_no: string }), order_id: '01KBN2V7Q4TZ8M3RXJ5W9GYHC6', contract_ref: contract,
    plan_id: 'p', profile_digest: 'd', daily_limit_fen: 10_000, owner: 'o', key: 'k', body_digest: 'b', due_in_s: 300,
  }))).toBeNull()

  expect((await resolve(contract)).contract.needs_review).toBe(false)
  expect(await stateOf(contract)).toEqual({ state: 'active', needs_review: false, reason: null })
  expect(await trail(contract)).toEqual([{ author: 'anna', action: 'contract.resolve', detail: { reason: 'contract_id_differs', contracts: 1 } }])
  expect(await refusal(resolve(contract))).toBe('nothing_to_resolve')
  expect(await refusal(resolve('01KBN2V7Q4TZ8M3RXJ5W9GYHC6'))).toBe('not_found')
  await rows('update contracts set contract_id_sealed = (select contract_id_sealed from contracts where id = $1) where id = $1', contract)
  expect((await world.merchant.charge(want())).order_id).toHaveLength(26)
})

test('why an attempt was refused stays when a person has looked at it', async () => {
  const { contract } = await world.signed()
  await rows(`update contracts set state = 'rejected', needs_review = true, reason = 'already_signed_elsewhere' where id = $1`, contract)
  await resolve(contract)
  expect(await stateOf(contract)).toEqual({ state: 'rejected', needs_review: false, reason: 'already_signed_elsewhere' })
})
