import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { User } from '../../sandbox/wallet/users.ts'
import { createCaller, retailPlan, type Caller } from '../support/open-platform-caller.ts'
import { startSandbox, type RunningSandbox } from '../support/sandbox.ts'

let sandbox: RunningSandbox
let merchant: Caller
let user: User
let body: Record<string, string>
beforeAll(async () => {
  sandbox = await startSandbox()
  merchant = createCaller(sandbox.url, sandbox.control)
})
beforeEach(async () => {
  await sandbox.control.replaceRules([])
  user = await sandbox.control.addUser({ name: '冯远' })
  const backendToken = await merchant.refresh()
  const { openId = '', accessToken = '' } = (
    await merchant.exchange(await sandbox.control.code(user.user_id, 'upapi_contract', retailPlan))
  ).params
  body = {
    appId: merchant.appId,
    backendToken,
    openId,
    accessToken,
    planId: retailPlan,
    contractCode: 'C1',
  }
  await sandbox.control.change({ token_requests_per_minute: 1_000 })
})
afterAll(() => sandbox.stop())

const apply = () => merchant.send('contract.apply', body)
const isSigned = async () =>
  (await sandbox.control.contracts()).some((one) => one.user_id === user.user_id)
const play = (effect: { kind: string } & Record<string, unknown>, times = 1) =>
  sandbox.control.addRule({
    interface: 'contract.apply',
    match: { user_id: user.user_id },
    effect: effect as never,
    times,
  })
const noted = (rule: string) => sandbox.control.journalEntry((entry) => entry.rule === rule)

test('resp answers that code and signs nothing', async () => {
  await play({ kind: 'resp', resp: 'SG99', msg: '系统错误' })
  expect(await (await apply()).json()).toEqual({ resp: 'SG99', msg: '系统错误', params: {} })
  expect(await isSigned()).toBe(false)
})

test.each([
  ['timeout_before', false],
  ['timeout_after', true],
] as const)('%s never answers; signed: %s', async (kind, signed) => {
  const rule = await play({ kind })
  const gone = new AbortController()
  const answer = fetch(`${sandbox.url}/open/access/1.0/contract.apply`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: gone.signal,
  })
  expect((await noted(rule)).response).toBeNull()
  expect(await isSigned()).toBe(signed)
  gone.abort()
  await expect(answer).rejects.toThrow('aborted')
})

test.each([
  ['reset_before', false],
  ['reset_after', true],
] as const)('%s cuts the connection; signed: %s', async (kind, signed) => {
  await play({ kind })
  await expect(apply()).rejects.toThrow('fetch failed')
  expect(await isSigned()).toBe(signed)
})

test('html answers a page with the given status and signs nothing', async () => {
  await play({ kind: 'html', status: 504 })
  const answer = await apply()
  expect(answer.status).toBe(504)
  expect(await answer.text()).toContain('<html>')
  expect(await isSigned()).toBe(false)
})

test('not_found answers a 404 page', async () => {
  await play({ kind: 'not_found' })
  expect((await apply()).status).toBe(404)
})

test('garbage is half of the true answer, empty is none of it; both signed', async () => {
  await play({ kind: 'garbage' })
  const text = await (await apply()).text()
  expect(text).toContain('"resp":"00"')
  expect(() => JSON.parse(text)).toThrow()
  expect(await isSigned()).toBe(true)
  await play({ kind: 'empty' })
  expect(await (await apply()).text()).toBe('')
})

test('delay gives the true answer, later', async () => {
  const rule = await play({ kind: 'delay', ms: 50 })
  expect(await (await apply()).json()).toMatchObject({ resp: '00' })
  expect((await noted(rule)).duration_ms).toBeGreaterThanOrEqual(49)
})

test('the first rule that matches a request applies, and is used up after its times', async () => {
  const effect = (resp: string) => ({ kind: 'resp', resp }) as const
  await sandbox.control.replaceRules([
    { interface: 'contract.info', effect: effect('X1') },
    { interface: '*', match: { contractCode: 'C9' }, effect: effect('X2') },
    {
      id: 'mine',
      interface: 'contract.apply',
      match: { openId: user.open_id, planId: retailPlan },
      effect: effect('X3'),
      times: 2,
    },
    { interface: '*', effect: effect('X4') },
  ])
  const answers = []
  for (let at = 0; at < 3; at += 1)
    answers.push(((await (await apply()).json()) as { resp: string }).resp)
  expect(answers).toEqual(['X3', 'X3', 'X4'])
  expect((await sandbox.control.rules()).find((rule) => rule.id === 'mine')?.times_left).toBe(0)
})

test('rules are added at the end and removed by id', async () => {
  const first = await play({ kind: 'resp', resp: 'X1' }, 9)
  await play({ kind: 'resp', resp: 'X2' }, 9)
  expect(await (await apply()).json()).toMatchObject({ resp: 'X1' })
  await sandbox.control.removeRule(first)
  expect(await (await apply()).json()).toMatchObject({ resp: 'X2' })
})

test('a rule of an unknown kind is refused', async () => {
  await expect(play({ kind: 'explode' })).rejects.toThrow('HTTP 400')
})
