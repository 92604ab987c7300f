import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createCaller, retailPlan, type Caller } from '../support/open-platform-caller.ts'
import { startSandbox, type RunningSandbox } from '../support/sandbox.ts'

type Call = { method: string; url: string; authorization: string | undefined; body: unknown }

let folder: string
let server: Server
let sandbox: RunningSandbox
let merchant: Caller
const calls: Call[] = []
const reply = { status: 200, body: '{"signing_id":"s1"}' }

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wugan-shop-'))
  await writeFile(join(folder, 'key'), 'shop-key\n')
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => void (body += chunk.toString('utf8')))
    request.on('end', () => {
      calls.push({
        method: request.method ?? '',
        url: request.url ?? '',
        authorization: request.headers.authorization,
        body: body === '' ? null : JSON.parse(body),
      })
      response.writeHead(reply.status, { 'content-type': 'application/json' }).end(reply.body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const bound = server.address()
  const shop_server_url = `http://localhost:${typeof bound === 'object' && bound ? bound.port : 0}`
  sandbox = await startSandbox({ shop_server_url, shop_key_file: join(folder, 'key') })
  merchant = createCaller(sandbox.url, sandbox.control)
  await merchant.refresh()
})
beforeEach(() => {
  calls.length = 0
  Object.assign(reply, { status: 200, body: '{"signing_id":"s1"}' })
})
afterAll(async () => {
  await sandbox.stop()
  server.close()
  server.closeAllConnections()
  await rm(folder, { recursive: true })
})

const ask = async (method: string, path: string, body?: unknown) => {
  const answer = await fetch(`${sandbox.url}/_pages/native${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

test.each([
  [
    'POST',
    '/start',
    { user_id: 'u1', plan_id: retailPlan, display_name: '张三' },
    'POST',
    '/v1/signings',
    { user_id: 'u1', plan_id: retailPlan, display_name: '张三' },
  ],
  [
    'POST',
    '/complete',
    { signing_id: 's1', code: 'a+b/c==' },
    'POST',
    '/v1/signings/s1/complete',
    { code: 'a+b/c==' },
  ],
  ['GET', '/signings/s1', undefined, 'GET', '/v1/signings/s1', null],
  ['GET', '/contracts?user_id=u%201', undefined, 'GET', '/v1/contracts?user_id=u%201', null],
  ['POST', '/contracts/c1/terminate', undefined, 'POST', '/v1/contracts/c1/terminate', null],
  ['GET', '/plans', undefined, 'GET', '/v1/plans', null],
])(
  "%s %s becomes the back end's call with the shop's key",
  async (method, path, body, called, url, sent) => {
    expect(await ask(method, path, body)).toEqual({ status: 200, body: { signing_id: 's1' } })
    expect(calls).toEqual([{ method: called, url, authorization: 'Bearer shop-key', body: sent }])
  },
)

test("the merchant server's refusal is passed on unchanged", async () => {
  Object.assign(reply, { status: 409, body: '{"code":"already_signed"}' })
  expect(await ask('POST', '/start', { user_id: 'u1', plan_id: retailPlan })).toEqual({
    status: 409,
    body: { code: 'already_signed' },
  })
})

test('the SDK shows the signing page, and agreeing there gives a code that signs', async () => {
  const shown = await ask('GET', `/sdk-page?plan_id=${retailPlan}`)
  expect(shown.body).toMatchObject({ ok: true, page: { payee: '青禾便利' } })
  const { body } = await ask('POST', '/sdk-sign', {
    plan_id: retailPlan,
    state: 'S1',
    decision: 'agree',
  })
  const { openId, accessToken, scope } = (await merchant.exchange(String(body.code))).params
  expect(scope).toBe('upapi_contract')
  expect(
    (
      await merchant.ask('contract.apply', {
        openId,
        accessToken,
        planId: retailPlan,
        contractCode: 'C1',
      })
    ).resp,
  ).toBe('00')
})

test('refusing in the SDK gives an error and no code', async () => {
  const { body } = await ask('POST', '/sdk-sign', {
    plan_id: retailPlan,
    state: 'S1',
    decision: 'refuse',
  })
  expect(body).toMatchObject({ errorcode: expect.any(String), errmsg: expect.any(String) })
  expect(body.code).toBeUndefined()
})

test('a missing key and a server that is down are reported in a sentence and crash nothing', async () => {
  const bare = await startSandbox({ shop_key_file: join(folder, 'nowhere') })
  const start = await fetch(`${bare.url}/_pages/native/start`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user_id: 'u1', plan_id: retailPlan }),
  })
  expect(start.status).toBe(503)
  expect(await start.json()).toMatchObject({ error: 'shop_key_missing' })
  await bare.stop()
  const alone = await startSandbox({
    shop_key_file: join(folder, 'key'),
    shop_server_url: 'http://localhost:9',
  })
  const plans = await fetch(`${alone.url}/_pages/native/plans`)
  expect([plans.status, await plans.json()]).toMatchObject([502, { error: 'merchant_unreachable' }])
  await alone.stop()
})
