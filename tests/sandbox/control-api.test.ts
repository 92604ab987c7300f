import { request } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readSettings } from '../../sandbox/settings.ts'
import { startSandbox, type RunningSandbox } from '../support/sandbox.ts'

let sandbox: RunningSandbox
beforeAll(async () => void (sandbox = await startSandbox({ hosts: ['sandbox.test'] })))
beforeEach(() => sandbox.control.reset())
afterAll(() => sandbox.stop())

async function send(method: string, path: string, body: unknown) {
  const answer = await fetch(`${sandbox.url}/_control${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return {
    status: answer.status,
    view: (await answer.json()) as { error: string; message: string },
  }
}

describe('a field that the control API does not define is refused, named, and changes nothing', () => {
  const rule = { interface: 'contract.apply', effect: { kind: 'resp', resp: 'X1' } }
  test.for([
    [
      'POST',
      '/rules',
      { ...rule, time: 1 },
      'the body has no field “time”; its fields are id, interface, match, effect, times',
    ],
    [
      'POST',
      '/rules',
      { ...rule, match: { openid: 'x' } },
      'match has no field “openid”; its fields are openId, planId',
    ],
    [
      'POST',
      '/rules',
      { ...rule, effect: { ...rule.effect, mesg: 'x' } },
      'effect has no field “mesg” where kind is resp; its fields are kind, resp, msg',
    ],
    ['PUT', '/rules', [rule, { ...rule, tmes: 2 }], '[1] has no field “tmes”'],
    [
      'POST',
      '/gateway/rules',
      { match: { amount: 350 }, effect: { kind: 'html' } },
      'match has no field “amount”; its fields are transaction, order_id, amount_fen',
    ],
    [
      'POST',
      '/gateway/rules',
      { effect: { kind: 'html', code: '1' } },
      'effect has no field “code” where kind is html; its fields are kind, resp',
    ],
    [
      'POST',
      '/gateway/rules',
      { script: [{ kind: 'plain' }, { kind: 'plain', notices: 'never' }] },
      'script[1] has no field “notices”',
    ],
    [
      'POST',
      '/gateway/rules',
      { effect: { kind: 'plain', late_failure: { after_ms: 1, resp: '61', why: '' } } },
      'effect.late_failure has no field “why”; its fields are after_ms, resp',
    ],
    [
      'POST',
      '/statements/plants',
      { kind: 'drop', orderid: 'A0000001' },
      'the body has no field “orderid” where kind is drop; its fields are kind, order_id, merchant, day',
    ],
    [
      'PUT',
      '/statements/plants',
      [{ kind: 'late', order_id: 'A0000001' }],
      '[0] has no field “order_id” where kind is late; its fields are kind, merchant, day',
    ],
    [
      'PATCH',
      '/settings',
      { notice_timings: 'late' },
      'the body has no field “notice_timings”; its fields are personality',
    ],
    ['POST', '/clock', { advance: 5 }, 'its fields are advance_ms, set'],
  ] as const)('%s %s %j', async ([method, path, body, message]) => {
    const before = await sandbox.control.state()
    const { status, view } = await send(method, path, body)
    expect({ status, error: view.error }).toEqual({ status: 400, error: 'unknown_field' })
    expect(view.message).toContain(message)
    const now = await sandbox.control.state()
    for (const part of ['rules', 'gateway', 'settings']) expect(now[part]).toEqual(before[part])
  })
  test("known fields pass, together with UnionPay's own field names", async () => {
    const alter = { anyField: 'x' }
    expect(
      (await send('POST', '/gateway/rules', { effect: { kind: 'plain', alter } })).status,
    ).toBe(200)
    expect(
      (await send('POST', '/statements/plants', { kind: 'invent', amount_fen: 5 })).status,
    ).toBe(200)
    expect((await send('POST', '/statements/plants', { kind: 'nothing' })).status).toBe(400)
  })
})

/** Sends a Host that a page pointed to this machine: fetch would not send such a Host. */
const asked = (host: string, path: string, method = 'GET') =>
  new Promise<{ status: number; body: string }>((resolve, reject) => {
    const { port } = new URL(sandbox.url)
    request({ host: 'localhost', port, path, method, headers: { host } }, (answer) => {
      let body = ''
      answer.on('data', (part: Buffer) => (body += part.toString()))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }))
    })
      .on('error', reject)
      .end()
  })

describe('the Host header', () => {
  test.for([
    'localhost',
    'localhost:4601',
    'LOCALHOST.',
    'wallet.localhost:1',
    '127.0.0.1:4601',
    '127.8.8.8',
    '[::1]:4601',
    'sandbox.test:80',
  ])('may be %s', async (host) => {
    expect((await asked(host, '/_control/clock')).status).toBe(200)
  })
  test.for([
    'evil.example',
    'evil.example:4601',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '192.168.1.9:4601',
    '10.0.0.1',
    'xlocalhost',
  ])(
    'may not be %s at the control API and the page endpoints, and nothing is changed',
    async (host) => {
      const { offset_ms } = await sandbox.control.clock()
      for (const [method, path] of [
        ['GET', '/_control/state'],
        ['POST', '/_control/reset'],
        ['GET', '/_pages/wallet'],
      ] as const) {
        const answer = await asked(host, path, method)
        expect(answer.status).toBe(403)
        expect(JSON.parse(answer.body)).toMatchObject({
          error: 'foreign_host',
          message: expect.stringContaining('SANDBOX_HOSTS') as string,
        })
      }
      expect((await sandbox.control.clock()).offset_ms).toBe(offset_ms)
    },
  )
  test('may be anything at the gateway and the open platform, which clients reach by any name', async () => {
    expect((await asked('gateway.95516.com', '/gateway/api/backTransReq.do', 'POST')).status).toBe(
      200,
    )
  })
})

test('SANDBOX_HOSTS takes names without port', () => {
  expect(readSettings({ SANDBOX_HOSTS: 'Sandbox, 192.168.1.20' })).toMatchObject({
    settings: { hosts: ['sandbox', '192.168.1.20'] },
  })
  expect(readSettings({ SANDBOX_HOSTS: 'http://sandbox:1' })).toMatchObject({
    problems: [expect.stringContaining('SANDBOX_HOSTS') as string],
  })
})
