import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createOperator } from '../support/operator.ts'
import { sendRaw } from '../support/raw-request.ts'
import { page_paths, route_table, routesOf, type RouteLine } from '../support/route-table.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld({
    jobs: false,
    env: { RATE_LIMIT_LOGIN: '1000', RATE_LIMIT_SIGNING: '1000', RATE_LIMIT_API: '10000' },
  })
})
afterAll(async () => world.stop())

/** A nonexistent id of the right form. */
const nowhere = (path: string): string =>
  path
    .replace(':plan_id', 'a1f0c3d2e4b5968778695a4b3c2d1e04')
    .replace(/:\w+/, '01KBN2V7Q4TZ8M3RXJ5W9GYHC6')
const query: Record<string, string> = {
  '/console/api/search': '?q=a',
  '/v1/debit-notices/proof': '?from=2026-11-01&to=2026-11-02',
}
const send = (
  line: RouteLine,
  headers: Record<string, string> = {},
  body = JSON.stringify(line.body),
): Promise<Response> =>
  fetch(`${world.url}${nowhere(line.path)}${query[line.path] ?? ''}`, {
    method: line.method,
    headers: {
      'idempotency-key': 'attack-1',
      ...(line.body ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    ...(line.body ? { body } : {}),
  })
const codeOf = async (answer: Response): Promise<string> =>
  ((await answer.json()) as { code: string }).code
const named = ({ method, path }: RouteLine): string => `${method} ${path}`
const closed = route_table.filter(
  ({ access }) => access === 'payer' || access === 'operator' || access === 'key',
)
const refusal_at: Partial<Record<RouteLine['access'], string>> = {
  key: 'api_key_invalid',
  payer: 'not_signed_in',
  operator: 'not_signed_in',
}

test('the route table lists exactly the routes of the server', () => {
  const served = routesOf(world.app.server.printRoutes({ commonPrefix: false })).filter(
    (route) => !page_paths.test(route.split(' ')[1] ?? ''),
  )
  expect(served.toSorted()).toEqual(route_table.map(named).toSorted())
})

describe('without credentials there is no access', () => {
  test.each(closed.map((line) => [named(line), line] as const))('to %s', async (_name, line) => {
    const answer = await send(line)
    expect([answer.status, await codeOf(answer)]).toEqual([401, refusal_at[line.access]])
  })
})

test('credentials are checked before the body: an anonymous caller learns no field', async () => {
  for (const line of closed) {
    for (const body of line.body ? ['{"surprise":1}', '{"broken', 'null'] : [undefined]) {
      const answer = await send(
        { ...line, path: line.path.replaceAll(/:\w+/g, 'not-of-the-form') },
        {},
        body,
      )
      expect([named(line), body, answer.status, await codeOf(answer)]).toEqual([
        named(line),
        body,
        401,
        refusal_at[line.access],
      ])
    }
  }
})

test('no other method gives access to a protected route', async () => {
  for (const path of new Set(closed.map((line) => line.path))) {
    for (const method of ['HEAD', 'OPTIONS', 'PUT', 'PATCH', 'TRACK']) {
      const { text } = await sendRaw(world.settings.port, [
        `${method} ${nowhere(path)}${query[path] ?? ''} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`,
      ])
      expect([method, path, text.slice(9, 12)]).toEqual([
        method,
        path,
        expect.stringMatching(/^(40[0145])$/),
      ])
    }
  }
})

test('invented credentials are refused', async () => {
  const secret = 'A'.repeat(43)
  const lures: Record<string, string>[] = [
    { authorization: `Bearer ${secret}` },
    { authorization: `Basic ${secret}` },
    { authorization: `Bearer wugan_${secret} ` },
    { authorization: `Bearer ${secret}\t${secret}` },
    { cookie: `wugan_session=${secret}; wugan_console=${secret}` },
    { cookie: "wugan_session=' or 1=1 --; wugan_console=__proto__" },
    { cookie: `__Host-wugan_session=${secret}` },
  ]
  for (const line of closed) {
    for (const lure of lures)
      expect([named(line), (await send(line, lure)).status]).toEqual([named(line), 401])
  }
})

describe('no page of another origin can change anything', () => {
  const lines = route_table.filter(
    ({ method, path }) => method !== 'GET' && /^\/(console\/)?api\//.test(path),
  )
  const refused = async (line: RouteLine, headers: Record<string, string>): Promise<void> => {
    const answer = await send(line, headers)
    expect([named(line), headers, answer.status, await codeOf(answer)]).toEqual([
      named(line),
      headers,
      403,
      'origin_refused',
    ])
  }
  test('with an Origin header', async () => {
    for (const line of lines) {
      for (const origin of ['https://evil.example', 'null', `${world.url}.evil.example`])
        await refused(line, { origin })
    }
  })
  test('without an Origin header, in a browser that sends Sec-Fetch-Site', async () => {
    for (const line of lines) {
      for (const site of ['cross-site', 'same-site'])
        await refused(line, { 'sec-fetch-site': site })
      await refused(line, { origin: world.url, 'sec-fetch-site': 'cross-site' })
    }
  })
  test('however it spells the address', async () => {
    for (const line of lines)
      await refused(
        { ...line, path: line.path.replace('/api/', '/%61pi/') },
        { origin: 'https://evil.example' },
      )
  })
  test('by a form, in a WebView that sends cookies and no header about the origin', async () => {
    const payer = await world.signedIn()
    const operator = await createOperator(world.url, world.database, 'form', 'admin')
    await operator.signIn()
    const cookie = `wugan_session=${payer.jar.get('wugan_session')}; ${operator.cookie()}`
    for (const line of lines.filter(({ method }) => method === 'POST')) {
      for (const type of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
        'text/plain; x=application/json',
      ]) {
        const answer = await send(line, {
          ...payer.credentials(),
          cookie,
          'content-type': type,
        })
        expect([named(line), type, answer.status, await codeOf(answer)]).toEqual([
          named(line),
          type,
          400,
          'bad_request',
        ])
      }
    }
    expect(await payer.session()).not.toBeNull()
  })
  test('and our own page can, in old WebViews too', async () => {
    const [line] = lines.filter(({ path }) => path === '/api/sign-in')
    for (const headers of [
      { origin: world.url },
      { origin: world.url, 'sec-fetch-site': 'same-origin' },
      { 'sec-fetch-site': 'same-origin' },
      {},
    ]) {
      expect([
        headers,
        (await send(line as RouteLine, headers as Record<string, string>)).status,
      ]).toEqual([headers, 200])
    }
  })
})
