import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startChargingWorld, type ChargingWorld } from '../support/charging.ts'
import { scrape } from '../support/metrics.ts'
import { sendRaw } from '../support/raw-request.ts'
import { until } from '../support/until.ts'
import { freePort } from '../support/world.ts'

let world: ChargingWorld
let metrics_port: number
beforeAll(async () => {
  metrics_port = await freePort()
  world = await startChargingWorld({
    jobs: false,
    env: { TRUSTED_PROXIES: '1', METRICS_PORT: String(metrics_port) },
  })
})
afterAll(() => world.stop())

const nowhere = 'http://localhost:9/'

/** A message as UnionPay signed it, not yet received; `took` says whether its effect happened. */
type Message = { body: string; took(): Promise<boolean> }

async function payment(): Promise<Message> {
  const { want } = await world.signed()
  await world.gateway.addRule({
    match: { amount_fen: 771 },
    effect: { kind: 'plain', notice: 'never' },
    times: 1,
  })
  const { order_id } = await world.merchant.charge(want(771))
  await world.booked(order_id)
  return {
    body: (await world.gateway.probe({ order_id, url: nowhere })).sent,
    took: async () => (await world.merchant.read(order_id)).state === 'succeeded',
  }
}

async function termination(): Promise<Message> {
  const { payer, contract } = await world.signed()
  const { contract_code } = await payer.contract(contract)
  const { contract_id } = (await world.control.contracts()).find(
    (one) => one.contract_code === contract_code,
  ) ?? { contract_id: '' }
  const { notice_url } = await world.control.change({})
  await world.control.change({ notice_url: nowhere })
  const { query } = await world.control.probe({ contract_id, transport: 'form', signature: 'good' })
  await world.control.change({ notice_url })
  return { body: query, took: async () => (await payer.contract(contract)).state === 'terminated' }
}

/** Writes a request byte by byte, and returns the status of its answer. */
async function post(path: string, body: string, headers: readonly string[]): Promise<number> {
  const head = [`POST ${path} HTTP/1.1`, 'Connection: close', ...headers]
  const { text } = await sendRaw(world.settings.port, [`${head.join('\r\n')}\r\n\r\n${body}`])
  return Number(/^(?:HTTP\/1\.1 100 .*\r\n\r\n)?HTTP\/1\.1 (\d+)/.exec(text)?.[1])
}
const sized = (body: string | Buffer): string[] => [
  'Host: pay.example.com',
  `Content-Length: ${body.length}`,
]
const chunked = (body: string): string =>
  `${body.length.toString(16)};name=x\r\n${body}\r\n0\r\nX-End: y\r\n\r\n`

/** Headers that a client, a proxy or a firewall may add to a request. None of them is signed. */
const types = [
  '',
  ' ',
  'x',
  '/',
  ';',
  'a b/c',
  '\xff/\xfe',
  '*',
  '*/*',
  'undefined',
  '__proto__/x',
].concat(
  [
    'application/json',
    'application/json; charset=x',
    'text/plain',
    'text/html;charset=GBK',
    'text/plain, text/xml',
  ],
  [
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'application/x-www-form-urlencoded;charset=UTF-16',
  ],
  [
    'APPLICATION/X-WWW-FORM-URLENCODED; CHARSET="UTF-8',
    'application/octet-stream',
    'application/x-protobuf;;;',
  ],
)
const encodings = ['gzip', 'br', 'deflate', 'identity', 'x', '', 'gzip, br', 'aws-chunked']
const said: readonly (readonly string[])[] = [
  ...types.map((type) => [`Content-Type: ${type}`]),
  ...encodings.map((encoding) => [`Content-Encoding: ${encoding}`]),
  ['Content-Type: application/json', 'Content-Type: x'],
  ['Expect: 100-continue'],
  ['Expect: something-else'],
  ['Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAAP__'],
  ['Host: another.example.com'],
  ['Origin: null', 'Sec-Fetch-Site: cross-site', 'Referer: x'],
  ['Accept: image/png', 'Accept-Encoding: br;q=0', 'Accept-Charset: x', 'Accept-Version: 9.x'],
  [
    'Cookie: wugan_session=%E0%A4%A; =; ;;; a',
    'Cookie: b="',
    'Authorization: Bearer x',
    'X-API-Key: y',
  ],
  [
    'traceparent: zz',
    'traceparent: 00-0-0-00',
    'tracestate: \xff',
    'baggage: %%%',
    'x-request-id: y',
  ],
  [
    'X-Forwarded-For: garbage, , ::',
    'X-Forwarded-Proto: gopher',
    'X-Forwarded-Host: @@',
    'Forwarded: for=',
  ],
  [
    'If-Match: x',
    'If-None-Match: *',
    'If-Modified-Since: now',
    'Range: bytes=0-1',
    'Max-Forwards: 0',
  ],
  ['Content-MD5: x', 'Content-Range: bytes 0-1/2', 'Content-Disposition: form-data', 'Digest: x'],
  [
    'X-HTTP-Method-Override: DELETE',
    'Access-Control-Request-Method: PUT',
    '__proto__: x',
    'constructor: y',
  ],
]

test.for([
  ['/notify/payment', payment],
  ['/notify/termination', termination],
] as const)('a valid notification is accepted whatever its headers: %s', async ([path, make]) => {
  const { body, took } = await make()
  for (const headers of said) {
    expect(await post(path, body, [...sized(body), ...headers]), headers.join(' · ')).toBe(200)
    expect(await took()).toBe(true)
  }
  expect(await post(path, body, sized(body).slice(1)), 'without Host').toBe(200)
  expect(await post(path, chunked(body), ['Host: x', 'Transfer-Encoding: Chunked'])).toBe(200)
  expect(await post(`${path}?orderId=1&signature=x&%ZZ`, body, sized(body))).toBe(200)
})

test('a valid termination notification in a query is accepted whatever its headers', async () => {
  const { body, took } = await termination()
  for (const headers of said) {
    const { text } = await sendRaw(world.settings.port, [
      [
        `GET /notify/termination?${body} HTTP/1.1`,
        'Connection: close',
        'Host: x',
        ...headers,
        '',
        '',
      ].join('\r\n'),
    ])
    expect(text, headers.join(' · ')).toContain('HTTP/1.1 200')
  }
  expect(await took()).toBe(true)
  for (const headers of [['Content-Length: 0', 'Content-Type: application/json'], []])
    expect(await post(`/notify/termination?${body}`, '', ['Host: x', ...headers])).toBe(200)
})

const counted = async (series: string): Promise<number> =>
  (await scrape(metrics_port)).value(series) ?? 0
const verdicts = (verdict: string): Promise<number> =>
  counted(`wugan_notifications_total{kind="payment",verdict="${verdict}"}`)
const logged = (...words: string[]): boolean =>
  world.log.some((line) => words.every((word) => line.includes(word)))

test('a compressed body is verified as it arrived: refused, counted and logged', async () => {
  const { body, took } = await payment()
  const packed = gzipSync(body).toString('latin1')
  const headers = [...sized(packed), 'Content-Encoding: gzip']
  expect(await post('/notify/payment', packed, headers)).toBe(400)
  expect(await verdicts('refused')).toBe(1)
  expect(logged('payment notification refused')).toBe(true)
  expect(await took()).toBe(false)
})

test('a notification that is refused before its signature is checked is counted and logged', async () => {
  const large = 'x'.repeat(70_000)
  expect(await post('/notify/payment', large, sized(large))).toBe(413)
  await until('it is counted', async () => (await verdicts('unverified')) === 1)
  expect(logged('payment notification not verified', 'body_too_large')).toBe(true)
  const [half] = ['POST /notify/payment HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\nhalf']
  await sendRaw(world.settings.port, [half], { most_ms: 200 })
  await until('the one that broke off is counted', async () => (await verdicts('unverified')) === 2)
  expect(logged('payment notification not verified', 'bad_request')).toBe(true)
  expect(logged('request failed')).toBe(false)
})

test('input that never became a request is counted and logged', async () => {
  const two = 'POST /notify/payment HTTP/1.1\r\nHost: x\r\nContent-Length: 4, 5\r\n\r\nbody'
  expect((await sendRaw(world.settings.port, [two])).text).toContain('HTTP/1.1 400')
  const series = 'wugan_http_unreadable_total{code="HPE_INVALID_CONTENT_LENGTH"}'
  await until('it is counted', async () => (await counted(series)) === 1)
  expect(logged('request unreadable', 'HPE_INVALID_CONTENT_LENGTH')).toBe(true)
})

test('a flood of forged notifications delays neither a page nor a valid notification of another address', async () => {
  const { body, took } = await payment()
  const send = (payload: string, address: string) =>
    world.app.server.inject({
      method: 'POST',
      url: '/notify/payment',
      payload,
      headers: { 'x-forwarded-for': address },
    })
  const forged = body.replace(/orderId=\w/, 'orderId=X')
  for (let count = 0; count < 3; count++) await send(forged, '203.0.113.9')
  let answered = 0
  const flood = Array.from({ length: 900 }, () =>
    send(forged, '203.0.113.9').then(({ statusCode }) => {
      answered++
      return statusCode
    }),
  )
  const [page, result] = await Promise.all([
    world.app.server.inject('/health/live'),
    send(body, '203.0.113.10'),
  ])
  expect([page.statusCode, result.statusCode, await took()]).toEqual([200, 200, true])
  expect(answered).toBeLessThan(900)
  const statuses = await Promise.all(flood)
  expect(new Set(statuses)).toEqual(new Set([400, 429, 503]))
  expect(statuses.filter((status) => status === 503).length).toBeGreaterThan(100)
  expect(await verdicts('unverified')).toBeGreaterThan(100)

  const later = await payment()
  expect((await send(later.body, '203.0.113.9')).statusCode).toBe(200)
  expect(await later.took()).toBe(true)
})
