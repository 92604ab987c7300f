import { Gauge, type Registry } from 'prom-client'
import { readPacing } from '../console/overview-store.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Database } from '../storage/database.ts'
import { certificateDays, type NamedCertificate } from '../unionpay/acp-certificates.ts'
import { readFeedLag } from '../webhooks/feed-store.ts'
import {
  countPaidTwice,
  readBreaks,
  readOpen,
  readReviews,
  readStatementAge,
  readTokens,
  readWebhooks,
} from './store.ts'

export type Watched = {
  database: Database
  clock: Clock
  merchants: readonly string[]
  queries_per_minute: number
  certificates: readonly NamedCertificate[]
}

/**
 * What is so now, read when somebody asks. What is in the database is the same from every process:
 * take the maximum, not the sum. When the database does not answer, `wugan_database_up` is 0 and
 * what it would say is left out rather than old.
 */
export function createGauges(registry: Registry, watched: Watched): { read(): Promise<void> } {
  const gauge = (name: string, help: string, ...labelNames: string[]) =>
    new Gauge({ name, help, labelNames, registers: [registry] })
  const up = gauge('wugan_database_up', '1: the database answered this scrape')
  const connections = gauge(
    'wugan_database_connections',
    'Connections of the pool, by state (busy, idle); waiting: requests for one',
    'state',
  )
  const days = gauge(
    'wugan_certificate_days_left',
    'Whole days until a certificate ends',
    'role',
    'name',
    'cert_id',
  )
  const budget = gauge(
    'wugan_query_budget_per_minute',
    'Queries a minute that one merchant number may send',
  )
  const stored = storedGauges(gauge)

  return {
    async read() {
      const { pool } = watched.database
      connections.set({ state: 'busy' }, pool.totalCount - pool.idleCount)
      connections.set({ state: 'idle' }, pool.idleCount)
      connections.set({ state: 'waiting' }, pool.waitingCount)
      budget.set(watched.queries_per_minute)
      for (const { role, name, cert_id, days_left } of certificateDays(
        watched.certificates,
        watched.clock.now(),
      ))
        days.set({ role, name, cert_id }, days_left)
      stored.reset()
      up.set(
        await stored.read(watched).then(
          () => 1,
          () => {
            stored.reset()
            return 0
          },
        ),
      )
    },
  }
}

function storedGauges(gauge: (name: string, help: string, ...labelNames: string[]) => Gauge) {
  const open = gauge(
    'wugan_orders_open',
    'Orders without a final state, by kind and what they wait for',
    'kind',
    'waits_for',
  )
  const oldest = gauge(
    'wugan_orders_open_oldest_seconds',
    'Business age of the oldest of them',
    'kind',
    'waits_for',
  )
  const reviews = gauge(
    'wugan_reviews_open',
    'Charges, refunds and contracts that need manual review',
    'kind',
  )
  const paid_twice = gauge(
    'wugan_orders_paid_twice',
    'Merchant orders that more than one charge has paid, until the surplus is refunded',
  )
  const due = gauge('wugan_queries_due', 'Orders whose query is due', 'merchant_no')
  const silent = gauge(
    'wugan_queries_backing_off',
    '1: UnionPay called our queries too frequent; none is sent for now',
    'merchant_no',
  )
  const behind = gauge(
    'wugan_statement_days_behind',
    'Days since the newest clearing day whose statement was compared',
    'merchant_no',
  )
  const breaks = gauge('wugan_breaks_open', 'Open differences to the statement, by kind', 'kind')
  const pending = gauge('wugan_webhooks_pending', 'Webhook deliveries that have not arrived')
  const pending_s = gauge('wugan_webhooks_oldest_pending_seconds', 'Age of the oldest of them')
  const disabled = gauge('wugan_webhook_endpoints_disabled', 'Endpoints that are disabled')
  const feed_lag = gauge(
    'wugan_event_feed_lag_seconds',
    'Age of the oldest change that has no position in the feed yet',
  )
  const failures = gauge(
    'wugan_token_failures',
    'Requests for a shared token that failed in a row',
    'name',
  )
  const life = gauge('wugan_token_life_seconds', 'Seconds a shared token still lives', 'name')
  const all = [
    open,
    oldest,
    reviews,
    paid_twice,
    due,
    silent,
    behind,
    breaks,
    pending,
    pending_s,
    disabled,
    feed_lag,
    failures,
    life,
  ]
  return {
    reset: (): void => all.forEach((one) => one.reset()),
    async read({ database: { pool }, merchants }: Watched): Promise<void> {
      for (const { kind, waits_for, count, oldest_s } of await readOpen(pool)) {
        open.set({ kind, waits_for }, count)
        oldest.set({ kind, waits_for }, oldest_s)
      }
      for (const { labels, value } of await readReviews(pool)) reviews.set(labels, value)
      paid_twice.set(await countPaidTwice(pool))
      for (const one of await readPacing(pool, merchants)) {
        due.set({ merchant_no: one.merchant_no }, one.due)
        silent.set({ merchant_no: one.merchant_no }, one.free_at === null ? 0 : 1)
      }
      for (const { labels, value } of await readStatementAge(pool)) behind.set(labels, value)
      for (const { labels, value } of await readBreaks(pool)) breaks.set(labels, value)
      const webhooks = await readWebhooks(pool)
      pending.set(webhooks.pending)
      pending_s.set(webhooks.oldest_s)
      disabled.set(webhooks.disabled)
      feed_lag.set(await readFeedLag(pool))
      for (const token of await readTokens(pool)) {
        failures.set({ name: token.name }, token.failures)
        life.set({ name: token.name }, token.life_s)
      }
    },
  }
}
