import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ConsoleContractView } from '../../server/api.ts'
import { resolveContract } from '../../server/contracts/changes.ts'
import { terminateContract } from '../../server/contracts/terminate-contract.ts'
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

const rows = async (sql: string, ...values: unknown[]) =>
  (await world.database.pool.query(sql, values)).rows as Record<string, unknown>[]
const stateOf = async (contract: string) =>
  (await rows('select state, needs_review, reason from contracts where id = $1', contract))[0]
const resolve = (contract: string) =>
  anna.call<ConsoleContractView>('POST', `/contracts/${contract}/resolution`, {})
const sweep = (...contracts: string[]) =>
  rows('update contracts set sweep_due_at = business_now() where id = any($1)', contracts)
const trail = (contract: string) =>
  rows('select author, action, detail from audit_trail where subject = $1', contract)

test('a contract that UnionPay names by another number is not charged and not announced until an operator has compared both', async () => {
  const { contract, want } = await world.signed()
  await rows(
    'update contracts set contract_id_sealed = $2 where id = $1',
    contract,
    world.app.contracts.cipher.seal('6218400000000000001'),
  )
  await sweep(contract)
  await until('it is marked', async () => (await stateOf(contract))?.['needs_review'])
  expect(await stateOf(contract)).toEqual({
    state: 'active',
    needs_review: true,
    reason: 'contract_id_differs',
  })
  expect(await refusal(world.merchant.send(want()))).toBe('contract_in_review')
  expect(await world.merchant.list(`?contract=${contract}`)).toMatchObject({ charges: [] })
  // the accepting statement does not rely on values that were read before it
  expect(
    await world.app.charges.acceptBatch({
      ...(want() as never as {
        merchant_order_no: string
        amount_fen: number
        description: string
        merchant_no: string
      }),
      order_id: '01KBN2V7Q4TZ8M3RXJ5W9GYHC6',
      contract_ref: contract,
      plan_id: 'p',
      profile_digest: 'd',
      daily_limit_fen: 10_000,
      owner: 'o',
      key: 'k',
      sends_now: true,
      notice: 'none',
      body_digest: 'b',
      due_in_s: 300,
    }),
  ).toBeNull()

  expect((await resolve(contract)).contract.needs_review).toBe(false)
  expect(await stateOf(contract)).toEqual({ state: 'active', needs_review: false, reason: null })
  expect(await trail(contract)).toEqual([
    {
      author: 'anna',
      action: 'contract.resolve',
      detail: { reason: 'contract_id_differs', contracts: 1 },
    },
  ])
  expect(await refusal(resolve(contract))).toBe('nothing_to_resolve')
  expect(await refusal(resolve('01KBN2V7Q4TZ8M3RXJ5W9GYHC6'))).toBe('not_found')
  await rows(
    'update contracts set contract_id_sealed = (select contract_id_sealed from contracts where id = $1) where id = $1',
    contract,
  )
  expect((await world.merchant.charge(want())).order_id).toHaveLength(26)
})

test('the reason of a refused attempt is retained after manual review', async () => {
  const { contract } = await world.signed()
  await rows(
    `update contracts set state = 'rejected', needs_review = true, reason = 'already_signed_elsewhere' where id = $1`,
    contract,
  )
  await resolve(contract)
  expect(await stateOf(contract)).toEqual({
    state: 'rejected',
    needs_review: false,
    reason: 'already_signed_elsewhere',
  })
})

/** UnionPay names another number for it. */
async function differing() {
  const signed = await world.signed()
  await rows(
    'update contracts set contract_id_sealed = $2 where id = $1',
    signed.contract,
    world.app.contracts.cipher.seal('6218400000000000001'),
  )
  await sweep(signed.contract)
  await until('it is marked', async () => (await stateOf(signed.contract))?.['needs_review'])
  return signed
}

/** Ended at UnionPay without a notice; nothing of ours changed lately, and it may be queried. */
async function endedInSilence(contract: string): Promise<void> {
  const [row] = await rows('select contract_code from contracts where id = $1', contract)
  const there = (await world.control.contracts()).find(
    ({ contract_code }) => contract_code === row?.['contract_code'],
  )
  await world.control.change({ notice_timing: 'never' })
  await world.control.terminate(there?.contract_id ?? '')
  await world.control.change({ notice_timing: 'now' })
  await rows(
    `update contracts set changed_at = business_now() - interval '1 hour', needs_review = needs_review where id = $1`,
    contract,
  )
  await rows('delete from info_slots')
  await sweep(contract)
}
const marks = async (contract: string) =>
  (
    await rows(
      'select state, needs_review, number_differs, sweep_stopped from contracts where id = $1',
      contract,
    )
  )[0]

test('it cannot be charged either after an attempt to end it failed: UnionPay refuses our number and says it is signed', async () => {
  const { contract, want } = await differing()
  await rows('delete from info_slots')
  await terminateContract(world.app.contracts, contract, 'merchant')
  await until(
    'the ending was given up',
    async () => (await marks(contract))?.['state'] === 'active',
  )
  expect(
    (
      await rows(
        'select from_state, to_state, reason from contract_history where contract_ref = $1 order by seq desc limit 1',
        contract,
      )
    )[0],
  ).toEqual({ from_state: 'terminating', to_state: 'active', reason: 'relieve_refused' })
  expect(await marks(contract)).toMatchObject({ needs_review: true, number_differs: true })
  expect(await refusal(world.merchant.send(want()))).toBe('contract_in_review')
  expect((await anna.call<ConsoleContractView>('GET', `/contracts/${contract}`)).reason).toBe(
    'contract_id_differs',
  )
})

test('the sweep stays stopped until an operator releases it, and that clears no other mark', async () => {
  const [{ contract: marked, payer }, differs, other] = [
    await world.signed(),
    await differing(),
    await world.signed(),
  ]
  await rows(
    `update contracts set sweep_stopped = true, needs_review = true, reason = 'sweep_stopped' where id = $1`,
    marked,
  )
  await payer.terminate(marked) // ending a marked contract does not release the sweep
  expect(await marks(marked)).toMatchObject({
    state: 'terminated',
    sweep_stopped: true,
    needs_review: true,
  })
  await world.advance(6 * 60_000) // UnionPay answers the same for five minutes
  for (const contract of [differs.contract, other.contract]) await endedInSilence(contract)
  for (const contract of [differs.contract, other.contract])
    await until('the sweep stopped at it', async () => (await marks(contract))?.['sweep_stopped'])
  expect(await marks(other.contract)).toMatchObject({ state: 'active', needs_review: true })
  expect(await refusal(world.merchant.send(differs.want()))).toBe('contract_in_review')
  await rows(`update contracts set changed_at = business_now() where id = $1`, differs.contract) // too recent to be ended at once
  await resolveContract(world.app.contracts, marked, 'anna')
  expect(await marks(marked)).toEqual({
    state: 'terminated',
    needs_review: false,
    number_differs: false,
    sweep_stopped: false,
  })
  expect(await marks(differs.contract)).toEqual({
    state: 'active',
    needs_review: true,
    number_differs: true,
    sweep_stopped: false,
  })
  expect(await refusal(world.merchant.send(differs.want()))).toBe('contract_in_review')
  expect(await trail(marked)).toEqual([
    { author: 'anna', action: 'sweep.release', detail: { reason: 'sweep_stopped', contracts: 3 } },
  ])
})
