import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { TransactionWatch } from '../transactions/context.ts'
import type { Clock } from '../kernel/clock.ts'
import { instantOf } from '../kernel/ids.ts'
import type { OnUnionPayCall } from '../unionpay/call-watch.ts'

const answer_s = [0.05, 0.1, 0.2, 0.5, 1, 2, 3, 5, 10, 30]
const request_s = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 3, 10]
/**
 * From an answer at once over the pace of queries (5, 10, 30, 60, 120 minutes) to the statements of
 * the next two mornings.
 */
const settlement_s = [
  0.5, 1, 2, 5, 10, 30, 60, 300, 660, 1_860, 3_660, 7_260, 21_600, 86_400, 172_800,
]

/** The label of 0.1 for `operation`, written beside it until 0.3: CHANGELOG.md. */
const old_labels = ['door'] as const

export type Metrics = ReturnType<typeof createMetrics>

/**
 * What one process counts, in a registry of its own. Names, labels and what to do about each:
 * docs/operations.md.
 */
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
    'Orders that reached a final state, by kind, state and source',
    'kind',
    'state',
    'source',
  )
  const time_to_settlement = histogram(
    'wugan_order_time_to_settlement_seconds',
    'Business time from acceptance to the final state',
    settlement_s,
    'kind',
  )
  const calls = histogram(
    'wugan_unionpay_call_seconds',
    'Calls to UnionPay, by operation and outcome',
    answer_s,
    'operation',
    'outcome',
    ...old_labels,
  )
  const codes = counter(
    'wugan_unionpay_codes_total',
    "UnionPay's answer codes, by operation",
    'operation',
    'code',
    ...old_labels,
  )
  const foreign_answers = counter(
    'wugan_unionpay_foreign_answers_total',
    'What answered in place of UnionPay, by operation and kind',
    'operation',
    'kind',
    ...old_labels,
  )
  const notifications = counter(
    'wugan_notifications_total',
    'Notifications of UnionPay, by kind (payment, termination) and verdict',
    'kind',
    'verdict',
  )
  const alarms = counter('wugan_alarms_total', 'Log lines with an alarm, by alarm', 'alarm')
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
  const job_items = counter('wugan_job_items_total', 'Items a job processed', 'job')
  /** Names of 0.1, served beside the new ones until 0.3: CHANGELOG.md. */
  const old = {
    time_to_final: histogram(
      'wugan_order_time_to_final_seconds',
      'Old name of wugan_order_time_to_settlement_seconds',
      settlement_s,
      'kind',
    ),
    job_things: counter('wugan_job_things_total', 'Old name of wugan_job_items_total', 'job'),
  }
  const job_success = new Gauge({
    name: 'wugan_job_last_success_timestamp_seconds',
    help: 'When a job last ended well',
    labelNames: ['job'],
    registers: [registry],
  })

  return {
    registry,
    called: (({ operation, outcome, code, foreign, duration_ms }) => {
      const by = { operation, door: operation }
      calls.observe({ ...by, outcome }, duration_ms / 1000)
      if (code !== null) codes.inc({ ...by, code })
      if (foreign !== null) foreign_answers.inc({ ...by, kind: foreign })
    }) satisfies OnUnionPayCall,
    /** an order_id carries the instant of its acceptance */
    orders: (clock: Clock): TransactionWatch => ({
      accepted: (table) => accepted.inc({ kind: kindOf(table) }),
      settled: ({ table, order_id, state, source }) => {
        settled.inc({ kind: kindOf(table), state, source })
        const seconds = Math.max(0, clock.now().getTime() - instantOf(order_id).getTime()) / 1000
        time_to_settlement.observe({ kind: kindOf(table) }, seconds)
        old.time_to_final.observe({ kind: kindOf(table) }, seconds)
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
    jobRan: (job: string, items: number | null, now: Date): void => {
      job_runs.inc({ job, result: items === null ? 'failed' : 'ok' })
      if (items === null) return
      job_items.inc({ job }, items)
      old.job_things.inc({ job }, items)
      job_success.set({ job }, now.getTime() / 1000)
    },
  }
}

const kindOf = (table: 'charges' | 'refunds'): string => (table === 'charges' ? 'charge' : 'refund')
