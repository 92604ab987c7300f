import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { OrderWatch } from '../charges/order-watch.ts'
import type { Clock } from '../kernel/clock.ts'
import { instantOf } from '../kernel/ids.ts'
import type { OnUnionPayCall } from '../unionpay/call-watch.ts'

const answer_s = [0.05, 0.1, 0.2, 0.5, 1, 2, 3, 5, 10, 30]
const request_s = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 3, 10]
/** From an answer at once over the pace of queries (5, 10, 30, 60, 120 minutes) to the statements of the next two mornings. */
const final_s = [0.5, 1, 2, 5, 10, 30, 60, 300, 660, 1_860, 3_660, 7_260, 21_600, 86_400, 172_800]

export type Metrics = ReturnType<typeof createMetrics>

/** What one process counts, in a registry of its own. Names, labels and what to do about each: docs/operations.md. */
export function createMetrics() {
  const registry = new Registry()
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Counter({ name, help, labelNames, registers: [registry] })
  const histogram = <Label extends string>(
    name: string,
    help: string,
    buckets: number[],
    ...labelNames: Label[]
  ) => new Histogram({ name, help, labelNames, buckets, registers: [registry] })

  const accepted = counter(
    'wugan_orders_accepted_total',
    'Orders accepted, by kind (charge, refund)',
    'kind',
  )
  const settled = counter(
    'wugan_orders_settled_total',
    'Orders that became final, by kind, state and the door that told',
    'kind',
    'state',
    'source',
  )
  const time_to_final = histogram(
    'wugan_order_time_to_final_seconds',
    'Business time from acceptance to the final state',
    final_s,
    'kind',
  )
  const calls = histogram(
    'wugan_unionpay_call_seconds',
    'Calls to UnionPay, by door and outcome',
    answer_s,
    'door',
    'outcome',
  )
  const codes = counter(
    'wugan_unionpay_codes_total',
    "UnionPay's answer codes, by door",
    'door',
    'code',
  )
  const foreign_answers = counter(
    'wugan_unionpay_foreign_answers_total',
    'What answered in place of UnionPay, by door and kind',
    'door',
    'kind',
  )
  const notifications = counter(
    'wugan_notifications_total',
    'Notifications of UnionPay, by kind (payment, termination) and verdict',
    'kind',
    'verdict',
  )
  const alarms = counter('wugan_alarms_total', 'Log lines that call a person, by alarm', 'alarm')
  const requests = histogram(
    'wugan_http_request_seconds',
    'Requests, by method, route and status',
    request_s,
    'method',
    'route',
    'status',
  )
  const refusals = counter('wugan_http_refusals_total', 'Refused requests, by error code', 'code')
  const unreadable = counter(
    'wugan_http_unreadable_total',
    'What came and was no HTTP request, or too slow or too large for one, by code',
    'code',
  )
  const job_runs = counter(
    'wugan_job_runs_total',
    'Runs of a job, by result (ok, failed)',
    'job',
    'result',
  )
  const job_things = counter('wugan_job_things_total', 'Things a job did', 'job')
  const job_success = new Gauge({
    name: 'wugan_job_last_success_timestamp_seconds',
    help: 'When a job last ended well',
    labelNames: ['job'],
    registers: [registry],
  })

  return {
    registry,
    called: (({ door, outcome, code, foreign, duration_ms }) => {
      calls.observe({ door, outcome }, duration_ms / 1000)
      if (code !== null) codes.inc({ door, code })
      if (foreign !== null) foreign_answers.inc({ door, kind: foreign })
    }) satisfies OnUnionPayCall,
    /** an order_id carries the instant of its acceptance */
    orders: (clock: Clock): OrderWatch => ({
      accepted: (table) => accepted.inc({ kind: kindOf(table) }),
      settled: ({ table, order_id, state, source }) => {
        settled.inc({ kind: kindOf(table), state, source })
        time_to_final.observe(
          { kind: kindOf(table) },
          Math.max(0, clock.now().getTime() - instantOf(order_id).getTime()) / 1000,
        )
      },
    }),
    notified: (kind: 'payment' | 'termination', verdict: string): void =>
      notifications.inc({ kind, verdict }),
    alarmed: (alarm: string): void => alarms.inc({ alarm }),
    requested: (
      labels: { method: string; route: string; status: string },
      seconds: number,
      refusal: string | undefined,
    ): void => {
      requests.observe(labels, seconds)
      if (refusal !== undefined) refusals.inc({ code: refusal })
    },
    unreadable: (code: string): void => unreadable.inc({ code }),
    jobRan: (job: string, things: number | null, now: Date): void => {
      job_runs.inc({ job, result: things === null ? 'failed' : 'ok' })
      if (things === null) return
      job_things.inc({ job }, things)
      job_success.set({ job }, now.getTime() / 1000)
    },
  }
}

const kindOf = (table: 'charges' | 'refunds'): string => (table === 'charges' ? 'charge' : 'refund')
