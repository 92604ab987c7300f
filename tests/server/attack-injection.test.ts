import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verbs } from '../../server/key-guard.ts'
import {
  createMerchant,
  orderNo,
  refusal,
  startChargingWorld,
  type ChargingWorld,
} from '../support/charging.ts'
import { createOperator } from '../support/operator.ts'
import { sendRaw } from '../support/raw-request.ts'
import { route_table } from '../support/route-table.ts'

let world: ChargingWorld
beforeAll(async () => {
  world = await startChargingWorld({
    jobs: false,
    env: { RATE_LIMIT_SIGNING: '1000', RATE_LIMIT_LOGIN: '1000', RATE_LIMIT_API: '100000' },
  })
})
afterAll(() => world.stop())

const line_ends = ['\r\n', '\n', '\r', '\u2028', '%0d%0a', '%E5%98%8A%E5%98%8D', '\u0000']
const json = { 'content-type': 'application/json' }

describe('no response header', () => {
  test("is created by a caller's input, wherever it is sent", async () => {
    const evil = 'set-cookie: evil=1'
    for (const { method, path } of route_table) {
      for (const end of ['%0d%0a', '%0a', '\r\n', '\u560a']) {
        const at = path.replaceAll(/:\w+/g, `x${end}${evil}`)
        const { text } = await sendRaw(world.settings.port, [
          `${method} ${at}?from=a${end}${evil}&q=${end}${evil} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`,
        ])
        const head = text.split('\r\n\r\n')[0] ?? ''
        expect([
          method,
          at,
          /^HTTP\/1\.1 \d{3} /.test(head),
          /^(set-cookie: evil|evil)/im.test(head),
        ]).toEqual([method, at, true, false])
      }
    }
  })
  test('contains a file name, an id or an address chosen by a caller', async () => {
    const merchant = await world.key([...verbs])
    for (const [from, to] of [
      ['2026-11-01"; x="', '2026-11-02'],
      ['2026-11-01\r\nx-evil: 1', '2026-11-02'],
      ['2026-02-30', '2026-11-02'],
    ]) {
      const answer = await fetch(
        `${world.url}/v1/debit-notices/proof?from=${encodeURIComponent(from ?? '')}&to=${to}`,
        { headers: { authorization: `Bearer ${merchant}` } },
      )
      expect([
        from,
        answer.status,
        answer.headers.get('content-disposition'),
        answer.headers.get('x-evil'),
      ]).toEqual([from, 400, null, null])
    }
    for (const name of [
      'x-request-id',
      'request-id',
      'x-forwarded-host',
      'host',
      'x-forwarded-proto',
    ]) {
      const answer = await fetch(`${world.url}/api/nothing`, {
        headers: { [name]: 'evil.example' },
      })
      expect([
        name,
        JSON.stringify([[...answer.headers], await answer.text()]).includes('evil.example'),
      ]).toEqual([name, false])
    }
  })
})

describe('no redirect leaves our site', () => {
  const away = [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/%2f/evil.example',
    '/\t/evil.example',
    '/.evil.example/../..//evil.example',
    '/@evil.example',
    'javascript:alert(1)',
    '/#//evil.example',
    '/%0d%0aLocation:%20https://evil.example',
  ]
  test.each(away)('by return_to %j', async (return_to) => {
    const payer = await world.payer()
    const started = await payer
      .call<{ authorize_url: string }>('POST', '/api/sign-in', { return_to })
      .catch((error: Error) => error)
    if (started instanceof Error) return expect(started.message).toMatch(/^400 bad_request/)
    // the answer is a path, and the page's router treats it as one of its own
    const { return_to: back } = await payer.call<{ return_to: string }>(
      'POST',
      '/api/sign-in/return',
      { query: await payer.authorize(return_to) },
    )
    return expect(new URL(back, world.url).origin).toBe(world.url)
  })
  test('for any request path', async () => {
    for (const path of [
      '//evil.example',
      '/\\evil.example',
      '/console//evil.example',
      '/console',
      '/return/sign-in?next=https://evil.example',
      '/return/signing?redirect=//evil.example',
      '//evil.example/%2e%2e',
      '/https://evil.example',
    ]) {
      const { text } = await sendRaw(world.settings.port, [
        `GET ${path} HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n`,
      ])
      expect([path, /^location: (?!\/(?![/\\]))/im.exec(text)?.[0] ?? null]).toEqual([path, null])
    }
  })
  test("for UnionPay's return parameters: they are read and never followed", async () => {
    const payer = await world.payer()
    const query = `${await payer.authorize('/contracts')}&return_to=https://evil.example&redirectUri=https://evil.example`
    expect(await payer.call('POST', '/api/sign-in/return', { query })).toMatchObject({
      return_to: '/contracts',
    })
  })
})

describe('a log line', () => {
  test('is one line of JSON with our fields, whatever a caller sends', async () => {
    const { want, payer } = await world.signed()
    const merchant = createMerchant(world.url, await world.key([...verbs]))
    const operator = await createOperator(world.url, world.database, 'log', 'admin')
    await operator.signIn()
    const begun = world.log.length
    for (const end of line_ends) {
      const evil = `x${end}{"level":60,"msg":"forged","alarm":"forged"}`
      await Promise.all([
        refusal(
          payer.call('POST', '/api/sign-in/return', {
            query: `state=${evil}&errorcode=${evil}&errmsg=${evil}`,
          }),
        ),
        refusal(payer.back(`state=${evil}&errorcode=${evil}`)),
        refusal(payer.call('POST', '/api/tickets', { ticket: evil.repeat(2) })),
        refusal(merchant.send(want(350, { description: evil, merchant_order_no: orderNo() }))),
        refusal(
          merchant.call('POST', '/v1/signings', {
            user_id: evil,
            plan_id: 'x',
            display_name: evil,
          }),
        ),
        refusal(operator.call('GET', `/search?q=${encodeURIComponent(evil)}`)),
        refusal(operator.call('POST', '/sign-in', { name: evil.slice(0, 60), password: 'x' })),
        fetch(`${world.url}/notify/payment`, {
          method: 'POST',
          body: `respMsg=${evil}&signature=${evil}`,
        }),
        fetch(`${world.url}/notify/termination?openId=${encodeURIComponent(evil)}&signature=x`),
        fetch(`${world.url}/api/nothing/${encodeURIComponent(evil)}`, {
          headers: { ...json, 'user-agent': 'x{"level":60}' },
        }),
      ])
    }
    const lines = world.log.slice(begun)
    expect(lines.length).toBeGreaterThan(line_ends.length * 8)
    for (const line of lines) {
      expect(line.indexOf('\n')).toBe(line.length - 1)
      const read = JSON.parse(line) as { level: number; alarm?: string; msg?: string }
      expect([read.alarm, read.msg === 'forged', read.level >= 50 ? line : '']).toEqual([
        undefined,
        false,
        '',
      ])
    }
  })
})
