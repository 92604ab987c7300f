import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SigningView } from '../../server/api.ts'
import { resolveContract } from '../../server/contracts/changes.ts'
import { Refused, type Payer } from '../support/payer.ts'
import { until } from '../support/until.ts'
import { startWorld, plan, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(async () => world.stop())

const minutes = (count: number): number => count * 60_000
const refusal = async (action: Promise<unknown>): Promise<string> =>
  action.then(
    () => 'accepted',
    (error: unknown) => {
      if (error instanceof Refused) return error.view.code
      throw error
    },
  )

type Signed = { payer: Payer; id: string; contract_id: string; open_id: string }

/** A payer with an active contract, and UnionPay's own numbers for it. */
async function signed(plan_id: string = plan.vending, payer?: Payer): Promise<Signed> {
  const person = payer ?? (await world.signedIn())
  const view: SigningView = await person.sign(plan_id)
  const code = view.contract?.contract_code
  const at_unionpay = (await world.control.contracts()).find(
    (contract) => contract.contract_code === code,
  )
  if (!at_unionpay) throw new Error('UnionPay does not know the contract')
  return {
    payer: person,
    id: view.signing_id,
    contract_id: at_unionpay.contract_id,
    open_id: at_unionpay.open_id,
  }
}
const stateOf = async ({ payer, id }: Signed): Promise<string> => (await payer.contract(id)).state
const lastChange = async ({ payer, id }: Signed) => (await payer.contract(id)).history.at(-1)

describe('ended here', () => {
  test('is terminated at once, by the payer, and stays terminated', async () => {
    const contract = await signed()
    expect(await contract.payer.terminate(contract.id)).toMatchObject({
      state: 'terminated',
      ended_by: 'payer_here',
    })
    expect((await contract.payer.contract(contract.id)).history.map(({ to }) => to)).toEqual([
      'applying',
      'active',
      'terminating',
      'terminated',
    ])
    expect((await contract.payer.terminate(contract.id)).state).toBe('terminated')
  })
  test('reports unfinished orders and does not wait for them', async () => {
    const contract = await signed()
    await world.control.change({ unfinished_orders: 2 })
    expect(await contract.payer.call('GET', `/api/contracts/${contract.id}/unfinished`)).toEqual({
      ours: [],
      unionpay: 2,
    })
    expect((await contract.payer.terminate(contract.id)).state).toBe('terminated')
    await world.control.change({ unfinished_orders: 0 })
  })
  test('continues although the query of unfinished orders fails', async () => {
    const contract = await signed()
    await world.control.addRule({
      interface: 'contract.status',
      match: { user_id: contract.payer.wallet_user },
      effect: { kind: 'html' },
      times: 1,
    })
    expect(await contract.payer.call('GET', `/api/contracts/${contract.id}/unfinished`)).toEqual({
      ours: [],
      unionpay: null,
    })
    expect((await contract.payer.terminate(contract.id)).state).toBe('terminated')
  })
  test('of an offline scene, which only the merchant can end, ends here too', async () => {
    const contract = await signed(plan.metro)
    await expect(world.control.terminate(contract.contract_id)).rejects.toThrow()
    expect((await contract.payer.terminate(contract.id)).state).toBe('terminated')
  })
  test('can be followed by a new signing, which is a new contract', async () => {
    const contract = await signed()
    await contract.payer.terminate(contract.id)
    const again = await signed(plan.vending, contract.payer)
    expect(again.id).not.toBe(contract.id)
    expect((await contract.payer.contracts()).map(({ state }) => state)).toEqual([
      'active',
      'terminated',
    ])
  })
  test('is refused for a signing that never became a contract', async () => {
    const payer = await world.signedIn()
    const { signing_id } = await payer.start(plan.vending)
    expect(await refusal(payer.terminate(signing_id))).toBe('contract_not_active')
  })
})

describe('a relieve that UnionPay does not answer', () => {
  test('but has executed: terminating at once, terminated when contract.info says 3', async () => {
    const contract = await signed()
    await world.control.addRule({
      interface: 'contract.relieve',
      match: { user_id: contract.payer.wallet_user },
      effect: { kind: 'timeout_after' },
      times: 1,
    })
    expect((await contract.payer.terminate(contract.id)).state).toBe('terminating')
    await world.advance(minutes(1))
    await until('the contract has ended', async () => (await stateOf(contract)) === 'terminated')
    expect(await lastChange(contract)).toMatchObject({ source: 'info' })
  })
  test('and has not executed is sent again, never left half ended', async () => {
    const contract = await signed()
    await world.control.addRule({
      interface: 'contract.relieve',
      match: { user_id: contract.payer.wallet_user },
      effect: { kind: 'reset_before' },
      times: 1,
    })
    expect((await contract.payer.terminate(contract.id)).state).toBe('terminating')
    await world.advance(minutes(1))
    await until('the contract has ended', async () => (await stateOf(contract)) === 'terminated')
    expect(await lastChange(contract)).toMatchObject({ source: 'relieve' })
  })
  test('but finally refuses, and the contract continues when contract.info says signed', async () => {
    const contract = await signed()
    await world.control.addRule({
      interface: 'contract.relieve',
      match: { user_id: contract.payer.wallet_user },
      effect: { kind: 'resp', resp: 'N62131' },
      times: 1,
    })
    expect(await contract.payer.terminate(contract.id)).toMatchObject({ state: 'active' })
    expect(await lastChange(contract)).toMatchObject({
      from: 'terminating',
      to: 'active',
      source: 'info',
      reason: 'relieve_refused',
    })
  })
})

describe('ended in the wallet', () => {
  test.each([
    ['GET, newer fields', { notice_transport: 'get', notice_generation: 'new' }],
    ['form, newer fields', { notice_transport: 'form', notice_generation: 'new' }],
    [
      'GET, older fields, null as text',
      { notice_transport: 'get', notice_generation: 'old', notice_null: 'literal' },
    ],
    [
      'form, older fields, null empty',
      { notice_transport: 'form', notice_generation: 'old', notice_null: 'empty' },
    ],
    [
      'GET, older fields, null missing',
      { notice_transport: 'get', notice_generation: 'old', notice_null: 'missing' },
    ],
  ] as const)('is notified by a notice (%s)', async (_form, switches) => {
    await world.control.change(switches)
    const contract = await signed()
    await world.control.terminate(contract.contract_id)
    await until('the contract has ended', async () => (await stateOf(contract)) === 'terminated')
    expect(await contract.payer.contract(contract.id)).toMatchObject({
      ended_by: 'payer_in_wallet',
    })
    await world.control.change({
      notice_transport: 'get',
      notice_generation: 'new',
      notice_null: 'literal',
    })
  })
  test('and notified twice changes nothing the second time', async () => {
    const contract = await signed()
    await world.control.change({ notice_timing: 'twice' })
    await world.control.terminate(contract.contract_id)
    await until(
      'both notices are acknowledged',
      async () =>
        (await world.control.notices()).filter((notice) =>
          JSON.stringify(notice).includes(contract.contract_id),
        ).length > 0 &&
        (
          await world.database.pool.query(
            `select 1 from notifications n join contracts c on c.id = n.contract_ref where c.id = $1 and n.repeats >= 1`,
            [contract.id],
          )
        ).rowCount === 1,
    )
    await world.control.change({ notice_timing: 'now' })
    expect((await contract.payer.contract(contract.id)).history).toHaveLength(3)
  })
  test('and never notified is found by the slow sweep', async () => {
    const contract = await signed()
    await world.control.change({ notice_timing: 'never' })
    await world.advance(minutes(10))
    await world.control.terminate(contract.contract_id)
    await world.control.change({ notice_timing: 'now' })
    await world.database.pool.query(
      'update contracts set sweep_due_at = business_now() where id = $1',
      [contract.id],
    )
    await until('the contract has ended', async () => (await stateOf(contract)) === 'terminated')
    expect(await lastChange(contract)).toMatchObject({ source: 'sweep' })
    expect(await contract.payer.contract(contract.id)).toMatchObject({ ended_by: 'unionpay' })
  })
})

describe('a notice that must not end a contract', () => {
  test.each(['bad', 'foreign_key', 'missing'] as const)(
    'signature %s: refused',
    async (signature) => {
      const contract = await signed()
      const answer = await world.control.probe({ contract_id: contract.contract_id, signature })
      expect([answer.status, JSON.parse(answer.body).code]).toEqual([400, 'notification_invalid'])
      expect(await stateOf(contract)).toBe('active')
    },
  )
  test('validly signed for another appId: refused', async () => {
    const contract = await signed()
    expect(
      (
        await world.control.probe({
          contract_id: contract.contract_id,
          signature: 'good',
          override: { appId: 'f'.repeat(32) },
        })
      ).status,
    ).toBe(400)
    expect(await stateOf(contract)).toBe('active')
  })
  test('a parameter that comes twice: refused', async () => {
    const contract = await signed()
    expect(
      (
        await world.control.probe({
          contract_id: contract.contract_id,
          signature: 'good',
          repeat_parameter: 'openId',
        })
      ).status,
    ).toBe(400)
    expect(await stateOf(contract)).toBe('active')
  })
  test('older than the signing: acknowledged, and nothing ends', async () => {
    const contract = await signed()
    const answer = await world.control.probe({
      contract_id: contract.contract_id,
      signature: 'good',
      override: { operateTime: '2020-01-01 00:00:00' },
    })
    expect([answer.status, JSON.parse(answer.body)]).toEqual([200, { resp: '00' }])
    expect(await stateOf(contract)).toBe('active')
  })
  test('for an unknown contract: acknowledged and reported', async () => {
    const answer = await world.control.probe({
      signature: 'good',
      fields: {
        appId: world.settings.unionpay_app_id,
        timestamp: '1700000000',
        nonceStr: 'abcdefghijklmnop',
        operateTime: '2026-11-22 10:00:00',
        openId: 'unknown',
        contractId: '6218400000000000000',
      },
    })
    expect(answer.status).toBe(200)
    await until('the log says so', () =>
      world.log.some((line) => line.includes('"unknown_contract"')),
    )
  })
  test('that matches several contracts ends none, and contract.info is queried for each', async () => {
    const first = await signed(plan.vending)
    const second = await signed(plan.membership, first.payer)
    await world.advance(minutes(10))
    await world.control.change({ notice_timing: 'never' })
    await world.control.terminate(second.contract_id)
    await world.control.change({ notice_timing: 'now' })
    const answer = await world.control.probe({
      signature: 'good',
      fields: {
        appId: world.settings.unionpay_app_id,
        timestamp: '1700000000',
        nonceStr: 'abcdefghijklmnop',
        operateTime: '2099-01-01 10:00:00',
        openId: first.open_id,
        contractCode: null,
        planId: '',
      },
    })
    expect(answer.status).toBe(200)
    await until('the right one has ended', async () => (await stateOf(second)) === 'terminated')
    expect(await stateOf(first)).toBe('active')
  })
})

test('a sweep that would end more than 1 % of the contracts stops, marks and alarms', async () => {
  const contracts: Signed[] = []
  for (let count = 0; count < 8; count++) contracts.push(await signed())
  await world.advance(minutes(10))
  await world.control.change({ notice_timing: 'never' })
  for (const contract of contracts) await world.control.terminate(contract.contract_id)
  await world.control.change({ notice_timing: 'now' })
  await world.database.pool.query(
    'update contracts set sweep_due_at = business_now() where id = any($1)',
    [contracts.map(({ id }) => id)],
  )
  await until('the alarm', () => world.log.some((line) => line.includes('"sweep_stopped"')))
  const { rows } = await world.database.pool.query<{ n: number }>(
    `select count(*)::int as n from contract_history where source = 'sweep' and to_state = 'terminated'`,
  )
  expect(rows[0]?.n).toBeLessThanOrEqual(5)

  // it stays stopped, a day later too, until an operator releases it
  const more = await signed()
  await world.control.change({ notice_timing: 'never' })
  await world.control.terminate(more.contract_id)
  await world.control.change({ notice_timing: 'now' })
  await world.advance(minutes(25 * 60))
  await world.database.pool.query(
    'update contracts set sweep_due_at = business_now() where id = $1',
    [more.id],
  )
  const marked = async (): Promise<string[]> =>
    (
      await world.database.pool.query<{ id: string }>(
        `select id from contracts where needs_review and reason = 'sweep_stopped'`,
      )
    ).rows.map(({ id }) => id)
  await until('it is marked, not ended', async () => (await marked()).includes(more.id))
  const before = await marked()
  await resolveContract(world.app.contracts, more.id, 'anna')
  const trail = await world.database.pool.query(
    `select author, action, detail from audit_trail where subject = $1`,
    [more.id],
  )
  expect(trail.rows).toEqual([
    {
      author: 'anna',
      action: 'sweep.release',
      detail: { reason: 'sweep_stopped', contracts: before.length },
    },
  ])
  await world.advance(minutes(6)) // UnionPay is queried about one of them again
  const ended = async (): Promise<number> =>
    (
      await world.database.pool.query(
        `select from contracts where state = 'terminated' and id = any($1)`,
        [before],
      )
    ).rowCount ?? 0
  await until(
    'it has ended as many as before',
    async () => (await ended()) === Math.min(before.length, 5),
  )
  await until(
    'what is more is marked again',
    async () => (await marked()).length === before.length - Math.min(before.length, 5),
  )
})
