import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import pino from 'pino'
import { createApp, type App } from '../../server/app.ts'
import { isPassword, sealPassword } from '../../server/console/password.ts'
import { createHttp } from '../../server/http.ts'
import { realClock } from '../../server/kernel/clock.ts'
import { systemRandom } from '../../server/kernel/ids.ts'
import type { Settings } from '../../server/settings.ts'
import { verbs } from '../../server/key-guard.ts'
import { createOperator } from '../support/operator.ts'
import { sendRaw } from '../support/raw-request.ts'
import { route_table, type Door } from '../support/route-table.ts'
import { startWorld, type World } from '../support/world.ts'
import { fact_within_ms, timeLimit } from '../support/time-limits.ts'

let world: World
beforeAll(async () => {
  world = await startWorld({ jobs: false, env: { RATE_LIMIT_LOGIN: '1000' } })
})
afterAll(async () => world.stop())

const quiet = pino({ level: 'silent' })

/**
 * The same product with other settings, called without a socket, so that a caller may have any
 * address.
 */
async function withSettings(settings: Partial<Settings>): Promise<App> {
  return createApp({
    settings: { ...world.settings, ...settings },
    database: world.database,
    real_clock: realClock,
    random: systemRandom,
    log: quiet,
  })
}

describe('a body that is too large is refused by every route that accepts one', () => {
  test('for signed-in users, API keys, operators and UnionPay', async () => {
    const payer = await world.signedIn()
    const operator = await createOperator(world.url, world.database, 'large', 'admin')
    await operator.signIn()
    const credentials: Record<Door, Record<string, string>> = {
      open: {},
      visitor: {},
      signed: {},
      payer: payer.credentials(),
      operator: { cookie: operator.cookie() },
      key: { authorization: `Bearer ${await world.key([...verbs])}`, 'idempotency-key': 'k' },
    }
    const lines = route_table.filter(({ method }) => method === 'POST')
    expect(lines.length).toBeGreaterThan(35)
    for (const { path, access } of lines) {
      const type = access === 'signed' ? 'application/x-www-form-urlencoded' : 'application/json'
      const answer = await fetch(
        `${world.url}${path.replaceAll(/:\w+/g, '01KBN2V7Q4TZ8M3RXJ5W9GYHC6')}`,
        {
          method: 'POST',
          headers: { ...credentials[access], 'content-type': type },
          body: `{"a":"${'x'.repeat(70_000)}"}`,
        },
      )
      expect([path, answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
        path,
        413,
        'body_too_large',
      ])
    }
  })
})

describe('a client that sends slowly', () => {
  test('headers or a body is disconnected, while a quick one is served', async () => {
    const http = await createHttp(world.settings, quiet, {
      headers_ms: timeLimit(1_000),
      request_ms: timeLimit(2_000),
      check_ms: 50,
    })
    http.post('/echo', async () => ({}))
    await http.listen({ port: 0, host: 'localhost' })
    const { port } = http.server.address() as { port: number }
    const pause_ms = timeLimit(50)
    const drops = (text: string): string[] => [text, ...Array.from({ length: 200 }, () => 'x')]
    const head = 'POST /echo HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n'
    const [headers, body, quick] = await Promise.all([
      sendRaw(port, drops(`${head}x-slow: `), { pause_ms, most_ms: fact_within_ms }),
      sendRaw(port, drops(`${head}content-length: 4000\r\n\r\n{"a":"`), {
        pause_ms,
        most_ms: fact_within_ms,
      }),
      sendRaw(port, [`${head}content-length: 2\r\nconnection: close\r\n\r\n{}`]),
    ])
    await http.close()
    expect([headers.closed_by_server, headers.text.split('\r\n')[0]]).toEqual([
      true,
      'HTTP/1.1 408 Request Timeout',
    ])
    expect([body.closed_by_server, body.text.split('\r\n')[0]]).toEqual([
      true,
      'HTTP/1.1 408 Request Timeout',
    ])
    expect(quick.text).toMatch(/^HTTP\/1\.1 200/)
  })
  test('meets the limits of a running server: 10 seconds for headers, 30 in total, 60 idle', () => {
    const { headersTimeout, requestTimeout, timeout } = world.app.server.server
    expect({ headersTimeout, requestTimeout, timeout }).toEqual({
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      timeout: 60_000,
    })
  })
  test('or sends 20 kB of headers is refused', async () => {
    const { text } = await sendRaw(world.settings.port, [
      `GET /api/app HTTP/1.1\r\nhost: localhost\r\nx-long: ${'x'.repeat(20_000)}\r\n\r\n`,
    ])
    expect(text).toMatch(/^HTTP\/1\.1 431/)
  })
})

test('a request that a proxy and we could parse differently is refused', async () => {
  const head = 'POST /api/sign-in HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n'
  const two_ways = [
    `${head}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /api/app HTTP/1.1\r\n\r\n`,
    `${head}content-length: 5\r\ncontent-length: 6\r\n\r\n{"a":1}`,
    `${head}transfer-encoding: xchunked\r\n\r\n0\r\n\r\n`,
    `${head}content-length: +5\r\n\r\n{"a":`,
    `${head}x : y\r\ncontent-length: 0\r\n\r\n`,
  ]
  for (const bytes of two_ways) {
    const { text } = await sendRaw(world.settings.port, [bytes])
    expect([bytes.slice(88), text.split('\r\n')[0], text.match(/HTTP\/1\.1/g)?.length]).toEqual([
      bytes.slice(88),
      'HTTP/1.1 400 Bad Request',
      1,
    ])
  }
})

test('of many parallel password attempts some are rejected, so that threads remain for other work', async () => {
  const sealed = await sealPassword('right', systemRandom)
  const tried = await Promise.allSettled(
    Array.from({ length: 10 }, () => isPassword('wrong', sealed)),
  )
  expect(
    tried
      .filter((one) => one.status === 'rejected')
      .map((one) => (one.reason as { code: string }).code),
  ).toEqual(Array.from({ length: 4 }, () => 'overloaded'))
  expect(await isPassword('right', sealed)).toBe(true)
})

describe('too many requests from one address', () => {
  const ask = async (
    app: App,
    address: string,
    forwarded: string | null,
    path: '/api/sign-in' | '/api/app' | '/console/api/sign-in',
  ): Promise<number> => {
    const body = path === '/api/sign-in' ? { return_to: '/' } : { name: '', password: 'x' } // it is counted before it is read, and no password is compared
    const answer = await app.server.inject({
      method: path === '/api/app' ? 'GET' : 'POST',
      url: path,
      remoteAddress: address,
      ...(forwarded === null ? {} : { headers: { 'x-forwarded-for': forwarded } }),
      ...(path === '/api/app' ? {} : { payload: body }),
    })
    return answer.statusCode
  }
  const count = async (
    app: App,
    times: number,
    how: (turn: number) => [address: string, forwarded: string | null],
    path: Parameters<typeof ask>[3] = '/api/sign-in',
  ): Promise<number> => {
    let refused = 0
    for (let turn = 0; turn < times; turn++)
      refused += Number((await ask(app, ...how(turn), path)) === 429)
    return refused
  }
  test('are refused, for sign-in and for reading; another address is not', async () => {
    const app = await withSettings({ rate_limit_login: 3, rate_limit_api: 5 })
    expect(await count(app, 5, () => ['10.0.0.1', null])).toBe(2)
    expect(await count(app, 3, () => ['10.0.0.2', null])).toBe(0)
    expect(await count(app, 7, () => ['10.0.0.3', null], '/api/app')).toBe(2)
    expect(await count(app, 5, (turn) => [`2001:db8:1:2::${turn}`, null])).toBe(2)
    await app.close()
  })
  test('cannot bypass the limit with X-Forwarded-For where no proxy is trusted', async () => {
    const app = await withSettings({ rate_limit_login: 3 })
    expect(await count(app, 5, (turn) => ['10.0.0.1', `192.0.2.${turn}`])).toBe(2)
    await app.close()
  })
  test("behind one trusted proxy are distinguished by the address the proxy saw, not by the client's own header", async () => {
    const app = await withSettings({ rate_limit_login: 3, trusted_proxies: 1 })
    expect(await count(app, 5, (turn) => ['10.0.0.1', `192.0.2.${turn}`])).toBe(0)
    expect(await count(app, 5, (turn) => ['10.0.0.1', `192.0.2.${turn}, 198.51.100.7`])).toBe(2)
    await app.close()
  })
  test('are stopped when they guess passwords: 20 attempts a minute, whatever the name', async () => {
    const app = await withSettings({})
    expect(await count(app, 22, () => ['10.0.0.9', null], '/console/api/sign-in')).toBe(2)
    await app.close()
  })
})
