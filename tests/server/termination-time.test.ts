import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Payer } from '../support/payer.ts'
import { until } from '../support/until.ts'
import { plan, startWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(async () => world.stop())

type Signed = { payer: Payer; id: string; contract_id: string }

async function sign(payer: Payer): Promise<Signed> {
  const view = await payer.sign(plan.vending)
  const at_unionpay = (await world.control.contracts()).find(
    ({ contract_code }) => contract_code === view.contract?.contract_code,
  )
  return { payer, id: view.signing_id, contract_id: at_unionpay?.contract_id ?? '' }
}
const stateOf = async ({ payer, id }: Signed): Promise<string> => (await payer.contract(id)).state

/** A contract that ended, and the next one that the same payer signed for the same plan. */
async function signedAgain(): Promise<{ former: Signed; present: Signed }> {
  const former = await sign(await world.signedIn())
  await former.payer.terminate(former.id)
  return { former, present: await sign(former.payer) }
}

/**
 * A valid notice of the older generation, which names no number, with `fields` in place of its own.
 */
const notify = (contract: Signed, fields: Record<string, string | null>) =>
  world.control.probe({
    contract_id: contract.contract_id,
    signature: 'good',
    generation: 'old',
    null_as: 'missing',
    override: fields,
  })

const alarms = (): number =>
  world.log.filter((line) => line.includes('"termination_time_unreadable"')).length

test.for([
  ['no time', { operateTime: null }, false],
  ['an empty time', { operateTime: '' }, false],
  ['seconds since 1970', { operateTime: '1795312800' }, true],
  ['milliseconds since 1970', { operateTime: '1795312800000' }, true],
  ['a time with a zone', { operateTime: '2026-11-22T10:00:00+08:00' }, true],
  ['a day alone', { operateTime: '2020-01-01' }, true],
  ['a time that has not come', { operateTime: '2199-01-01 00:00:00' }, true],
  ['two times', { operateTime: '2199-01-01 00:00:00', operationTime: '2020-01-01 00:00:00' }, true],
] as const)(
  'a valid notice about a former contract with %s and no number does not end the new one',
  async ([, fields, is_alarm]) => {
    const { former, present } = await signedAgain()
    const before = alarms()
    expect((await notify(former, fields)).status).toBe(200)
    expect(await stateOf(present)).toBe('active')
    expect(alarms() - before).toBe(is_alarm ? 1 : 0)
    const { rows } = await world.database.pool.query<{ outcome: string }>(
      'select outcome from notifications order by received_at desc limit 1',
    )
    expect(rows).toEqual([{ outcome: 'time_unreadable' }])
  },
)

test('a notice that names a number ends its contract although its time cannot be read, and raises the alarm', async () => {
  const { former, present } = await signedAgain()
  const before = alarms()
  const probe = (contract: Signed) =>
    world.control.probe({
      contract_id: contract.contract_id,
      signature: 'good',
      generation: 'new',
      override: { operateTime: '1795312800' },
    })
  expect((await probe(former)).status).toBe(200)
  expect(await stateOf(present)).toBe('active')
  expect((await probe(present)).status).toBe(200)
  expect(await stateOf(present)).toBe('terminated')
  expect(alarms() - before).toBe(2)
})

test('the number of an earlier contract does not replace the time', async () => {
  const { former, present } = await signedAgain()
  await world.database.pool.query(
    `update contracts set contract_id_digest = (select contract_id_digest from contracts where id = $2) where id = $1`,
    [former.id, present.id],
  )
  await world.control.probe({
    contract_id: present.contract_id,
    signature: 'good',
    generation: 'new',
    override: { operateTime: null },
  })
  expect(await stateOf(present)).toBe('active')
})

test('UnionPay is queried about the wallet instead, and its answer ends the right contract', async () => {
  const { present } = await signedAgain()
  await world.advance(10 * 60_000)
  await until(
    'the business clock has moved',
    async () =>
      (
        await world.database.pool.query(
          `select from contracts where id = $1 and changed_at < business_now() - interval '6 minutes'`,
          [present.id],
        )
      ).rowCount === 1,
  )
  await world.control.change({ notice_timing: 'never' })
  await world.control.terminate(present.contract_id)
  await world.control.change({ notice_timing: 'now' })
  expect((await notify(present, { operateTime: '1795312800' })).status).toBe(200)
  await until('the contract has ended', async () => (await stateOf(present)) === 'terminated')
  expect((await present.payer.contract(present.id)).history.at(-1)).toMatchObject({
    source: 'sweep',
  })
})
