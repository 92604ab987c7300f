import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { countAlarms } from '../../server/metrics/count-alarms.ts'
import { measureJobs } from '../../server/metrics/measure-jobs.ts'
import { createMetrics } from '../../server/metrics/metrics.ts'
import { refusal, startChargingWorld, type ChargingWorld } from '../support/charging.ts'
import { scrape } from '../support/metrics.ts'
import { until } from '../support/until.ts'
import { freePort } from '../support/world.ts'

let world: ChargingWorld
let port: number
beforeAll(async () => {
  port = await freePort()
  world = await startChargingWorld({ env: { METRICS_PORT: String(port) } })
})
afterAll(() => world.stop())

test('a charge is counted from its acceptance to its final state, with every call and notification in between', async () => {
  await world.paid(350)
  const { value } = await scrape(port)
  expect(value('wugan_orders_accepted_total{kind="charge"}')).toBe(1)
  expect(
    value('wugan_orders_settled_total{kind="charge",state="succeeded",source="notification"}'),
  ).toBe(1)
  // the second name of each is that of 0.1, beside the new one for one release
  for (const name of ['time_to_settlement', 'time_to_final']) {
    expect(value(`wugan_order_${name}_seconds_count{kind="charge"}`)).toBe(1)
    expect(value(`wugan_order_${name}_seconds_bucket{le="60",kind="charge"}`)).toBe(1)
  }
  const by = (operation: string): string => `operation="${operation}",door="${operation}"`
  expect(value(`wugan_unionpay_call_seconds_count{${by('charge')},outcome="answer"}`)).toBe(1)
  expect(value(`wugan_unionpay_codes_total{${by('charge')},code="00"}`)).toBe(1)
  expect(value(`wugan_unionpay_call_seconds_count{${by('contract.apply')},outcome="done"}`)).toBe(1)
  expect(value('wugan_notifications_total{kind="payment",verdict="settled"}')).toBe(1)
  expect(
    value('wugan_http_request_seconds_count{method="POST",route="/v1/charges",status="201"}'),
  ).toBe(1)
})

test('refunds, refusals and forged notifications are counted separately', async () => {
  const { charge, want } = await world.paid(350)
  const { order_id } = await world.merchant.refund(charge.order_id)
  await world.merchant.settledRefund(charge.order_id, order_id)
  expect(await refusal(world.merchant.charge(want(9_999_999)))).toBe('over_single_limit')
  await fetch(`${world.url}/notify/payment`, { method: 'POST', body: 'orderId=1&signature=none' })
  const { value } = await scrape(port)
  expect(value('wugan_orders_accepted_total{kind="refund"}')).toBe(1)
  expect(
    value('wugan_orders_settled_total{kind="refund",state="succeeded",source="notification"}'),
  ).toBe(1)
  expect(value('wugan_http_refusals_total{code="over_single_limit"}')).toBe(1)
  expect(value('wugan_notifications_total{kind="payment",verdict="refused"}')).toBe(1)
})

test('open items, queues and expiry dates are read from the database and the keys', async () => {
  await world.gateway.addRule({ effect: { kind: 'timeout_after', notice: 'never' }, times: 1 })
  const { want } = await world.signed()
  const { order_id } = await world.merchant.charge(want(420))
  await world.database.pool.query(`update charges set needs_review = true where order_id = $1`, [
    order_id,
  ])
  await world.advance(200_000)
  const oldest = 'wugan_orders_open_oldest_seconds{kind="charge",waits_for="notification"}'
  const { value, text } = await until('the database follows the clock', async () => {
    const now = await scrape(port)
    return (now.value(oldest) ?? 0) >= 200 ? now : null
  })
  expect(value('wugan_database_up')).toBe(1)
  expect(value('wugan_orders_open{kind="charge",waits_for="notification"}')).toBe(1)
  expect(value('wugan_orders_open{kind="charge",waits_for="manual_review"}')).toBe(0)
  expect(value('wugan_reviews_open{kind="charge"}')).toBe(1)
  expect(value('wugan_queries_due{merchant_no="898310148160568"}')).toBe(0)
  expect(value('wugan_query_budget_per_minute')).toBe(60)
  expect(value('wugan_token_failures{name="backendToken"}')).toBe(0)
  expect(value('wugan_database_connections{state="waiting"}')).toBe(0)
  expect(text).toMatch(
    /^wugan_certificate_days_left\{role="merchant",name="[^"]+",cert_id="\d+"\} \d+$/m,
  )
  expect(text).toMatch(/^wugan_job_last_success_timestamp_seconds\{job="query-charges"\} \d/m)
  expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m)
  expect(text).toMatch(/^process_resident_memory_bytes /m)
})

test('no number of a person, contract or order is in a metric, and the public port does not serve metrics', async () => {
  const { charge } = await world.paid(350)
  expect((await scrape(port)).text).not.toContain(charge.order_id)
  expect((await fetch(`${world.url}/metrics`)).headers.get('content-type')).not.toContain(
    'version=',
  )
  expect((await fetch(`http://localhost:${port}/`)).status).toBe(404)
})

test('a port that is in use stops the start with a sentence', async () => {
  await expect(world.secondServer()).rejects.toThrow(/METRICS_PORT \d+ on localhost: .*EADDRINUSE/)
})

test('a job that fails is counted as failed, and a log line with an alarm as that alarm', async () => {
  const metrics = createMetrics()
  const [good, bad] = measureJobs(
    [
      { name: 'good', every_ms: 1, run: async () => 3 },
      {
        name: 'bad',
        every_ms: 1,
        run: async () => {
          throw new Error('no')
        },
      },
    ],
    metrics,
    { now: () => new Date(5_000) },
  )
  await good?.run(new AbortController().signal)
  await expect(bad?.run(new AbortController().signal)).rejects.toThrow('no')
  const log = pino({ hooks: countAlarms(metrics) }, { write: () => {} })
  log.child({ reqId: '1' }).error({ alarm: 'order_in_review' }, 'an order needs manual review')
  log.info('nothing')
  const text = await metrics.registry.metrics()
  for (const line of [
    'wugan_job_runs_total{job="good",result="ok"} 1',
    'wugan_job_runs_total{job="bad",result="failed"} 1',
    'wugan_job_items_total{job="good"} 3',
    'wugan_job_things_total{job="good"} 3',
    'wugan_job_last_success_timestamp_seconds{job="good"} 5',
    'wugan_alarms_total{alarm="order_in_review"} 1',
  ])
    expect(text).toContain(line)
})
