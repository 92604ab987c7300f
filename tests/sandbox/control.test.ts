import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createCaller, retailPlan, type Caller } from '../support/open-platform-caller.ts'
import { startSandbox, type RunningSandbox } from '../support/sandbox.ts'

let sandbox: RunningSandbox
let merchant: Caller
beforeAll(async () => {
  sandbox = await startSandbox({ app_domains: ['localhost:4600', 'h5.example.com'] })
  merchant = createCaller(sandbox.url, sandbox.control)
})
beforeEach(() => sandbox.control.reset({ clock: true }))
afterAll(() => sandbox.stop())

test('the clock moves forward, by a step or to an instant, and never back', async () => {
  const { offset_ms } = await sandbox.control.advance(60_000)
  expect(offset_ms).toBe(60_000)
  const later = new Date(Date.now() + 86_400_000)
  expect(Date.parse((await sandbox.control.setClock(later)).now)).toBeGreaterThanOrEqual(
    later.getTime(),
  )
  const before = (await sandbox.control.clock()).offset_ms
  await expect(sandbox.control.advance(-1)).rejects.toThrow('HTTP 400')
  await expect(sandbox.control.setClock(new Date(0))).rejects.toThrow('HTTP 400')
  await expect(sandbox.control.advance(1e15)).rejects.toThrow('HTTP 400')
  expect((await sandbox.control.clock()).offset_ms).toBe(before)
})

test.each([
  [{ notice_timing: 'sometimes' }],
  [{ code_life_ms: -1 }],
  [{ code_life_ms: '5' }],
  [{ unknown_switch: true }],
  [{ notice_url: 'nowhere' }],
])('a malformed setting is refused and changes nothing: %j', async (patch) => {
  const before = (await sandbox.control.state()).settings
  await expect(sandbox.control.change(patch as never)).rejects.toThrow('HTTP 400')
  expect((await sandbox.control.state()).settings).toEqual(before)
})

test('a user can be added and changed, and a malformed one is refused', async () => {
  const user = await sandbox.control.addUser({
    name: '蒋南',
    mobile: '13900000000',
    identity_last4: '123X',
    cards: [],
  })
  expect(user).toMatchObject({
    name: '蒋南',
    registered: true,
    cards: [],
    open_id: expect.stringMatching(/^.{64}$/),
  })
  const changed = await sandbox.control.changeUser(user.user_id, {
    cards: [{ bank: '工商银行', kind: 'credit', last4: '0001' }],
  })
  expect(changed).toEqual({ ...user, cards: [{ bank: '工商银行', kind: 'credit', last4: '0001' }] })
  await expect(sandbox.control.addUser({ name: 'x', mobile: '12' })).rejects.toThrow('HTTP 400')
})

test('the journal holds every message, with secrets, tokens and codes shortened', async () => {
  const [user] = await sandbox.control.users()
  const backendToken = await merchant.refresh()
  const code = await sandbox.control.code(user?.user_id ?? '', 'upapi_contract', retailPlan)
  const { accessToken = '' } = (await merchant.exchange(code)).params
  const entries = await sandbox.control.journal()
  expect(entries.map((entry) => [entry.direction, entry.kind, entry.summary])).toEqual([
    ['in', 'backendToken', 'backendToken → 00 成功'],
    ['in', 'token', 'token → 00 成功'],
  ])
  expect(entries[1]).toMatchObject({
    user_id: user?.user_id,
    request: { method: 'POST', url: '/open/access/1.0/token' },
    response: { status: 200 },
  })
  const text = JSON.stringify(entries)
  for (const secret of [backendToken, code, accessToken]) expect(text).not.toContain(secret)
  expect(text).toContain(user?.open_id)
})

test('codes in return addresses are shortened in the journal too', async () => {
  const query = `appId=${merchant.appId}&redirectUri=${encodeURIComponent('http://localhost:4600/r')}&responseType=code&scope=upapi_base`
  const answer = (await (await fetch(`${sandbox.url}/_pages/authorization?${query}`)).json()) as {
    redirect: string
  }
  const code = /code=(.*)/.exec(answer.redirect)?.[1] ?? ''
  expect(code).not.toBe('')
  expect(JSON.stringify(await sandbox.control.journal())).not.toContain(code)
})

test('a long text is cut in the journal', async () => {
  await merchant.call('contract.status', { openId: 'x'.repeat(50_000) })
  const text = JSON.stringify(await sandbox.control.journal())
  expect(text).toContain('… (50000 characters)')
  expect(text.length).toBeLessThan(5_000)
})

test('the stream sends the entries after a number, then the new ones', async () => {
  await merchant.refresh()
  const stop = new AbortController()
  const stream = await fetch(`${sandbox.url}/_control/journal/stream?after=0`, {
    signal: stop.signal,
  })
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
  let seen = ''
  const reads = async (part: string): Promise<void> => {
    while (!seen.includes(part)) seen += (await reader?.read())?.value ?? ''
  }
  await reads('backendToken → 00')
  await merchant.askToken('frontToken')
  await reads('frontToken → 00')
  expect(seen.match(/^id: \d+$/gm)).toHaveLength(2)
  stop.abort()
})

test('a page may add its own actions, but no entry of a network message', async () => {
  const add = (direction: string) =>
    fetch(`${sandbox.url}/_control/journal`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        direction,
        kind: 'closeWebApp',
        summary: 'upsdk.closeWebApp',
        request: { body: { a: 1 } },
        response: null,
      }),
    })
  expect((await add('bridge')).status).toBe(200)
  expect((await add('in')).status).toBe(400)
  expect((await sandbox.control.journal()).map((entry) => entry.kind)).toEqual(['closeWebApp'])
})

const from = (origin: string, method: string, path: string): Promise<Response> =>
  fetch(`${sandbox.url}${path}`, {
    method,
    headers: {
      origin,
      ...(method === 'POST' || method === 'PUT' ? { 'content-type': 'application/json' } : {}),
    },
    ...(method === 'POST' || method === 'PUT' ? { body: '{}' } : {}),
  })

test.each([
  ['POST', '/_control/reset'],
  ['GET', '/_control/state'],
  ['PUT', '/_control/bridge'],
  ['GET', '/_control/journal'],
  ['POST', '/_pages/signing/decision'],
  ['GET', '/_pages/wallet'],
])('%s %s is refused to any other origin, the H5 included', async (method, path) => {
  for (const origin of ['http://evil.example', 'http://localhost:4600', 'null']) {
    const answer = await from(origin, method, path)
    expect(answer.status).toBe(403)
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  }
})

test('the bridge endpoints and the journal are open to the registered H5 with its cookies, and to no other page', async () => {
  for (const [method, path] of [
    ['GET', '/_control/bridge'],
    ['POST', '/_pages/bridge/config'],
    ['POST', '/_pages/bridge/applet-auth'],
  ] as const) {
    const answer = await from('http://localhost:4600', method, path)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('access-control-allow-origin')).toBe('http://localhost:4600')
    expect(answer.headers.get('access-control-allow-credentials')).toBe('true')
    expect((await from('http://evil.example', method, path)).status).toBe(403)
  }
  const preflight = await fetch(`${sandbox.url}/_control/journal`, {
    method: 'OPTIONS',
    headers: { origin: 'https://h5.example.com', 'access-control-request-method': 'POST' },
  })
  expect(preflight.status).toBe(204)
})

test("the sandbox's own pages may call everything", async () => {
  expect((await from(sandbox.url, 'POST', '/_control/reset')).status).toBe(200)
})
