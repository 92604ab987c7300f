import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCaller, type Caller } from '../support/open-platform-caller.ts'
import { startSandbox, type RunningSandbox } from '../support/sandbox.ts'

let sandbox: RunningSandbox
let merchant: Caller
beforeAll(async () => {
  sandbox = await startSandbox()
  merchant = createCaller(sandbox.url, sandbox.control)
  await sandbox.control.change({ token_requests_per_minute: 1_000 })
})
afterAll(() => sandbox.stop())

test.each(['backendToken', 'frontToken'] as const)(
  'a signed request gets a %s of 24 characters and its lifetime',
  async (kind) => {
    const answer = await merchant.askToken(kind)
    expect(answer).toMatchObject({ resp: '00', msg: '成功', params: { expiresIn: 7200 } })
    expect(answer.params[kind]).toMatch(/^[0-9A-Za-z+/]{22}==$/)
  },
)

test('the timestamp may be a JSON number', async () => {
  const request = merchant.tokenRequest(await merchant.seconds())
  expect(
    (await merchant.call('backendToken', { ...request, timestamp: Number(request.timestamp) }))
      .resp,
  ).toBe('00')
})

test('issuing a token invalidates the previous one', async () => {
  const first = await merchant.refresh()
  const second = await merchant.refresh()
  const question = { appId: merchant.appId, openId: 'nobody', backendToken: first }
  expect((await merchant.call('contract.status', question)).resp).toBe('a10')
  expect((await merchant.call('contract.status', { ...question, backendToken: second })).resp).toBe(
    'BC2209',
  )
})

test('issuing a frontToken leaves the backendToken valid', async () => {
  await merchant.refresh()
  await merchant.askToken('frontToken')
  expect((await merchant.ask('contract.status', { openId: 'nobody' })).resp).toBe('BC2209')
})

test('a token expires after its lifetime', async () => {
  await merchant.refresh()
  await sandbox.control.advance(7_200_000)
  expect((await merchant.ask('contract.status', { openId: 'nobody' })).resp).toBe('a10')
})

test('a wrong signature is refused and gives no token', async () => {
  const request = merchant.tokenRequest(await merchant.seconds())
  const answer = await merchant.call('backendToken', { ...request, nonceStr: 'another1' })
  expect(answer).toMatchObject({ resp: 'N60025', params: {} })
})

test.each([-360, 360])('a clock that is %i seconds off is refused', async (off) => {
  const request = merchant.tokenRequest(String(Number(await merchant.seconds()) + off))
  expect((await merchant.call('backendToken', request)).resp).toBe('BC0024')
})

test('a clock that is four minutes off is accepted', async () => {
  const request = merchant.tokenRequest(String(Number(await merchant.seconds()) - 240))
  expect((await merchant.call('backendToken', request)).resp).toBe('00')
})

test('a timestamp in milliseconds is refused with a code of its own', async () => {
  const answer = await merchant.call(
    'backendToken',
    merchant.tokenRequest(`${await merchant.seconds()}000`),
  )
  expect(answer.resp).toBe('N60024')
  expect(answer.msg).toContain('timestamp')
})

test('an unknown app is refused', async () => {
  const request = merchant.tokenRequest(await merchant.seconds())
  expect((await merchant.call('backendToken', { ...request, appId: 'f'.repeat(32) })).resp).toBe(
    'N62126',
  )
})

test('a client that asks too often is blocked for a while, then admitted again', async () => {
  await sandbox.control.advance(60_000)
  await sandbox.control.change({ token_requests_per_minute: 2, token_blacklist_ms: 600_000 })
  const asked = []
  for (let at = 0; at < 4; at += 1) asked.push((await merchant.askToken('backendToken')).resp)
  expect(asked).toEqual(['00', '00', 'SG0024', 'SG0024'])
  await sandbox.control.advance(601_000)
  expect((await merchant.askToken('backendToken')).resp).toBe('00')
  await sandbox.control.change({ token_requests_per_minute: 1_000 })
})

test('the older envelope carries cmd and v', async () => {
  await sandbox.control.change({ envelope: 'old' })
  expect(await merchant.askToken('frontToken')).toMatchObject({
    cmd: 'frontToken',
    v: '1.0',
    resp: '00',
  })
  await sandbox.control.change({ envelope: 'new' })
})
