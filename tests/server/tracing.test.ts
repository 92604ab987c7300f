import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ChargeView } from '../../server/api.ts'
import { orderNo, retail, startChargingWorld, type ChargingWorld } from '../support/charging.ts'
import { until } from '../support/until.ts'

type Told = {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  kind: number
  status: { code?: number }
  attributes: { key: string; value: { stringValue?: string; intValue?: number } }[]
}
type Batch = {
  resourceSpans: { resource: { attributes: Told['attributes'] }; scopeSpans: { spans: Told[] }[] }[]
}

/** A collector that accepts OTLP over HTTP. */
const bodies: string[] = []
let refusing = false
let collector: Server
let world: ChargingWorld
beforeAll(async () => {
  collector = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => void (body += chunk.toString('utf8')))
    request.on('end', () => {
      if (!refusing && request.url === '/v1/traces') bodies.push(body)
      response.writeHead(refusing ? 400 : 200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>((resolve) => void collector.listen(0, 'localhost', resolve))
  world = await startChargingWorld({
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://localhost:${(collector.address() as AddressInfo).port}`,
    },
  })
})
afterAll(async () => {
  await world.stop()
  await new Promise<void>((resolve) => {
    collector.close(() => resolve())
    collector.closeAllConnections()
  })
})

const spans = (): Told[] =>
  bodies.flatMap((body) =>
    (JSON.parse(body) as Batch).resourceSpans.flatMap(({ scopeSpans }) =>
      scopeSpans.flatMap((scope) => scope.spans),
    ),
  )
const of = (span: Told): Record<string, string | number | undefined> =>
  Object.fromEntries(
    span.attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue]),
  )
const spanOf = (name: string, holds: (span: Told) => boolean): Promise<Told> =>
  until(`a span ${name}`, () => spans().find((span) => span.name === name && holds(span)) ?? null)

test('a charge is one trace: its caller, our request, the call to UnionPay; later work is found by its order_id', async () => {
  const [trace_id, caller] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7']
  const { payer, contract } = await world.signed()
  const { view } = await world.merchant.call<ChargeView>(
    'POST',
    '/v1/charges',
    {
      contract,
      merchant_order_no: orderNo(),
      amount_fen: 350,
      description: '乌龙茶 500 毫升',
      merchant_no: retail,
    },
    { 'idempotency-key': orderNo(), traceparent: `00-${trace_id}-${caller}-01` },
  )
  const request = await spanOf('POST /v1/charges', (span) => span.traceId === trace_id)
  expect([request.parentSpanId, request.kind, of(request)]).toEqual([
    caller,
    2,
    expect.objectContaining({
      'http.route': '/v1/charges',
      'http.response.status_code': expect.anything() as number,
    }),
  ])
  const sent = await spanOf(
    'unionpay charge',
    (span) => of(span)['wugan.order_id'] === view.order_id,
  )
  expect([sent.traceId, sent.parentSpanId, sent.kind]).toEqual([trace_id, request.spanId, 3])
  expect(of(sent)).toMatchObject({
    'wugan.outcome': expect.any(String) as string,
    'wugan.unionpay_code': '00',
  })
  await spanOf('POST /notify/payment', () => true)

  const refused = await world.merchant
    .call('GET', '/v1/charges/01KBN2V7Q4TZ8M3RXJ5W9GYHC6')
    .catch((error: Error) => error)
  expect(refused).toBeInstanceOf(Error)
  expect(of(await spanOf('GET /v1/charges/:order_id', () => true))).toMatchObject({
    'error.type': 'not_found',
  })

  const everything = bodies.join('')
  const numbers = (await world.control.contracts()).flatMap(({ contract_id, open_id }) => [
    contract_id,
    open_id,
  ])
  for (const secret of [...numbers, payer.wallet_user, world.merchant_secret, '乌龙茶', '付款人'])
    expect(everything).not.toContain(secret)
  expect(spans().filter(({ name }) => name.includes('/health'))).toEqual([])
  expect(everything).toContain('"wugan"')
})

test('a job that found work is a trace of its own, with its calls to UnionPay; idle runs are not traced', async () => {
  const { payer, contract } = await world.signed()
  await world.control.addRule({
    interface: 'contract.relieve',
    match: { user_id: payer.wallet_user },
    effect: { kind: 'reset_before' },
    times: 1,
  })
  await payer.terminate(contract)
  await world.advance(7 * 60_000)
  const nameOf = (span_id: string | undefined): string =>
    spans().find(({ spanId }) => spanId === span_id)?.name ?? ''
  await until(
    'a job asks once more',
    () =>
      spans().find(
        ({ name, parentSpanId }) =>
          name === 'unionpay contract.relieve' && nameOf(parentSpanId).startsWith('job '),
      ) ?? null,
  )
  expect(spans().filter(({ name }) => name === 'job follow-clock')).toEqual([])
})

test('a failing collector is logged once, and nothing else changes', async () => {
  refusing = true
  try {
    for (let time = 1; time <= 3; time++) await world.paid(350)
    await until('it is said', () => world.log.some((line) => line.includes('spans were not taken')))
    expect(world.log.filter((line) => line.includes('spans were not taken'))).toHaveLength(1)
  } finally {
    refusing = false
  }
})
