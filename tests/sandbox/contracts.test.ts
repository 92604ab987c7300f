import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { User } from '../../sandbox/wallet/users.ts'
import {
  createCaller,
  metroPlan,
  retailPlan,
  type Caller,
} from '../support/open-platform-caller.ts'
import { startSandbox, type RunningSandbox } from '../support/sandbox.ts'

let sandbox: RunningSandbox
let merchant: Caller
let user: User
beforeAll(async () => {
  sandbox = await startSandbox()
  merchant = createCaller(sandbox.url, sandbox.control)
  await merchant.refresh()
})
beforeEach(async () => {
  user = await sandbox.control.addUser({ name: '周新' })
})
afterAll(() => sandbox.stop())

const info = (planId = retailPlan) =>
  merchant.ask('contract.info', { openId: user.open_id, planId })
const relieve = (contractId: string, other: Record<string, string> = {}) =>
  merchant.ask('contract.relieve', {
    openId: user.open_id,
    planId: retailPlan,
    contractId,
    contractCode: 'C1',
    ...other,
  })

test('apply signs and answers with the contract number', async () => {
  const signed = await merchant.sign(user.user_id)
  expect(signed).toMatchObject({
    resp: '00',
    params: { contractCode: 'C1', planId: retailPlan, openId: user.open_id },
  })
  expect(signed.params.contractId).toMatch(/^62184\d{14}$/)
  expect(signed.params.operateTime).toMatch(/^\d{14}$/)
})

test('the time is Beijing time, whichever field name it has', async () => {
  await sandbox.control.change({ time_field: 'operationTime' })
  const signed = await merchant.sign(user.user_id)
  await sandbox.control.change({ time_field: 'operateTime' })
  expect(signed.params.operateTime).toBeUndefined()
  const { signed_at } =
    (await sandbox.control.contracts()).find((one) => one.contract_id === signed.contract_id) ?? {}
  const beijing = new Date(Date.parse(signed_at ?? '') + 8 * 3_600_000).toISOString()
  expect(signed.params.operationTime).toBe(beijing.slice(0, 19).replace(/\D/g, ''))
})

test('a second signing of the same user and plan is a40, another plan is not', async () => {
  await merchant.sign(user.user_id)
  const again = await merchant.sign(user.user_id, retailPlan, 'C2')
  expect(again).toMatchObject({ resp: 'a40', params: {} })
  expect((await merchant.sign(user.user_id, metroPlan)).resp).toBe('00')
})

test('after termination the user may sign again, with a new number', async () => {
  const first = await merchant.sign(user.user_id)
  expect((await relieve(first.contract_id)).resp).toBe('00')
  const second = await merchant.sign(user.user_id)
  expect(second.resp).toBe('00')
  expect(second.contract_id).not.toBe(first.contract_id)
})

test('apply requires a code of the contract scope', async () => {
  const { openId, accessToken } = (
    await merchant.exchange(await sandbox.control.code(user.user_id, 'upapi_base'))
  ).params
  expect(
    (
      await merchant.ask('contract.apply', {
        openId,
        accessToken,
        planId: retailPlan,
        contractCode: 'C1',
      })
    ).resp,
  ).toBe('N62197')
})

test('apply refuses a plan other than the one consented to, and an unknown plan', async () => {
  const { openId, accessToken } = (
    await merchant.exchange(await sandbox.control.code(user.user_id, 'upapi_contract', retailPlan))
  ).params
  expect(
    (
      await merchant.ask('contract.apply', {
        openId,
        accessToken,
        planId: metroPlan,
        contractCode: 'C1',
      })
    ).resp,
  ).toBe('N62137')
  expect(
    (
      await merchant.ask('contract.apply', {
        openId,
        accessToken,
        planId: 'f'.repeat(32),
        contractCode: 'C1',
      })
    ).resp,
  ).toBe('N62137')
})

test("apply refuses an openId that is not the accessToken's", async () => {
  const other = await sandbox.control.addUser({ name: '吴越' })
  const { accessToken } = (
    await merchant.exchange(await sandbox.control.code(user.user_id, 'upapi_contract', retailPlan))
  ).params
  expect(
    (
      await merchant.ask('contract.apply', {
        openId: other.open_id,
        accessToken,
        planId: retailPlan,
        contractCode: 'C1',
      })
    ).resp,
  ).toBe('BC2209')
})

test('an expired accessToken is BC2127', async () => {
  const { openId, accessToken } = (
    await merchant.exchange(await sandbox.control.code(user.user_id, 'upapi_contract', retailPlan))
  ).params
  await sandbox.control.advance(3_600_000)
  expect(
    (
      await merchant.ask('contract.apply', {
        openId,
        accessToken,
        planId: retailPlan,
        contractCode: 'C1',
      })
    ).resp,
  ).toBe('BC2127')
})

test('relieve ends the contract once; a repeat is an error code', async () => {
  const { contract_id } = await merchant.sign(user.user_id)
  const ended = await relieve(contract_id)
  expect(ended).toMatchObject({
    resp: '00',
    params: { contractCode: 'C1', planId: retailPlan, openId: user.open_id },
  })
  expect(ended.params.operateTime).toMatch(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/)
  expect((await relieve(contract_id)).resp).toBe('BC2214')
})

test("relieve refuses another user's contract and leaves it signed", async () => {
  const other = await sandbox.control.addUser({ name: '郑洁' })
  const { contract_id } = await merchant.sign(other.user_id)
  expect((await relieve(contract_id)).resp).toBe('BC2214')
  expect(
    (await sandbox.control.contracts()).find((one) => one.contract_id === contract_id)?.status,
  ).toBe('signed')
})

test('info says 1 for signed and 3 for terminated, with the number', async () => {
  const { contract_id } = await merchant.sign(user.user_id)
  expect((await info()).params).toEqual({ contractId: contract_id, contractStatus: '1' })
  await relieve(contract_id)
  await sandbox.control.advance(300_001)
  expect((await info()).params).toEqual({ contractId: contract_id, contractStatus: '3' })
})

test('info repeats its answer for five minutes, whatever happens meanwhile', async () => {
  expect((await info()).params.contractStatus).toBe('')
  await merchant.sign(user.user_id)
  await sandbox.control.advance(290_000)
  expect((await info()).params.contractStatus).toBe('')
  await sandbox.control.advance(11_000)
  expect((await info()).params.contractStatus).toBe('1')
})

test('info caches for each plan separately', async () => {
  expect((await info(metroPlan)).params.contractStatus).toBe('')
  await merchant.sign(user.user_id)
  expect((await info()).params.contractStatus).toBe('1')
})

test.each([
  ['0', { contractId: '', contractStatus: '0' }],
  ['missing', {}],
] as const)('"not signed" can be %s', async (not_signed_value, params) => {
  await sandbox.control.change({ not_signed_value })
  expect((await info()).params).toEqual(params)
  await sandbox.control.change({ not_signed_value: '' })
})

test('status counts unfinished orders, by setting or by user', async () => {
  const status = async () =>
    (await merchant.ask('contract.status', { openId: user.open_id })).params.enable
  expect(await status()).toBe(0)
  await sandbox.control.changeUser(user.user_id, { unfinished_orders: 2 })
  expect(await status()).toBe(2)
})
