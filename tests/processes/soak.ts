import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from '../../commands/parts/ports.ts'
import { quantiles } from '../load/drive.ts'
import { createRandomStream } from '../simulation/random-stream.ts'
import { scrape } from '../support/metrics.ts'
import { checkBooks, type Findings } from './books.ts'
import { install, type Installation } from './installation.ts'
import { createMerchant, type Intent, type Merchant } from './merchant.ts'
import { letSettle, read } from './settling.ts'
import type { Sample } from './soak-rules.ts'

/** `before` and `after`: at rest. */
export type Soak = {
  samples: Sample[]
  before: Sample
  after: Sample
  charges: number
  refunds: number
  repeated: number
  starts: number
  found: Findings
}

const samples_wanted = 40
const refund_every = 10
const contracts = 40
/** Longer than an idle connection stays open: 72 s at the server, 30 s to the database. */
const rest_ms = 80_000

/**
 * One server at a steady rate, independent of its response time; a tenth is refunded. Its metrics
 * are read at even intervals.
 */
export async function soak(
  minutes: number,
  per_second: number,
  say: (sample: Sample) => void,
): Promise<Soak> {
  const metrics_port = await freePort()
  const at = await install(
    { database: 'DATABASE_URL', servers: 1, env: { METRICS_PORT: String(metrics_port) } },
    contracts,
  )
  try {
    const merchant = createMerchant(at, createRandomStream(1))
    const rest = async (): Promise<Sample> => {
      await wait(rest_ms)
      return take(at, metrics_port, merchant, merchant.took_ms.length, 0)
    }
    const before = await rest()
    const load = keepCharging(merchant, per_second)
    const samples: Sample[] = []
    const begun = performance.now()
    const every_ms = Math.max(2_000, (minutes * 60_000) / samples_wanted)
    for (let place = 1; place * every_ms <= minutes * 60_000; place++) {
      await wait(Math.max(0, begun + place * every_ms - performance.now()))
      const sample = await take(
        at,
        metrics_port,
        merchant,
        samples.reduce((sum, { charges }) => sum + charges, 0),
        (performance.now() - begun) / 60_000,
      )
      samples.push(sample)
      say(sample)
    }
    await load.end()
    await letSettle(at)
    const found = await checkBooks(at, merchant)
    return {
      samples,
      before,
      after: await rest(),
      found,
      starts: at.servers.reduce((sum, server) => sum + server.starts(), 0),
      repeated: merchant.intents.filter(({ tries }) => tries > 1).length,
      charges: merchant.intents.filter(({ kind }) => kind === 'charge').length,
      refunds: merchant.intents.filter(({ kind }) => kind === 'refund').length,
    }
  } finally {
    await at.stop()
  }
}

/** A charge begins at its scheduled time, whether or not earlier ones are answered. */
function keepCharging(merchant: Merchant, per_second: number): { end(): Promise<void> } {
  const under_way = new Set<Promise<unknown>>()
  const failed: unknown[] = []
  const old: Intent[] = []
  const begun = performance.now()
  let sent = 0
  const start = (work: Promise<unknown>): void => {
    const tracked: Promise<unknown> = work
      .catch((error: unknown) => failed.push(error))
      .finally(() => under_way.delete(tracked))
    under_way.add(tracked)
  }
  const timer = setInterval(() => {
    while (sent < ((performance.now() - begun) / 1_000) * per_second) {
      sent++
      start(merchant.charge().then((intent) => old.push(intent)))
      const settled =
        sent % refund_every === 0 && old.length > 5 * per_second ? old.shift() : undefined
      if (settled) start(merchant.requestRefund(settled))
    }
    old.splice(0, Math.max(0, old.length - 10 * per_second))
  }, 5)
  return {
    async end() {
      clearInterval(timer)
      await Promise.all(under_way)
      if (failed.length > 0)
        throw new AggregateError(failed, `${failed.length} intents were not answered`)
    },
  }
}

async function take(
  at: Installation,
  metrics_port: number,
  { took_ms }: Merchant,
  before: number,
  minute: number,
): Promise<Sample> {
  const metrics = await scrape(metrics_port)
  const value = (series: string): number => {
    const found = metrics.value(series)
    if (found === undefined) throw new Error(`/metrics lacks ${series}`)
    return found
  }
  const [database] = await read<{ connections: number; bytes: string }>(
    at,
    `select (select count(*)::int from pg_stat_activity where application_name = 'wugan') as connections, pg_database_size(current_database()) as bytes`,
  )
  const window = took_ms.slice(before)
  return {
    minute,
    ...quantiles(window),
    charges: window.length,
    connections: database?.connections ?? 0,
    database_mb: Number(database?.bytes) / 1e6,
    resident_mb: value('process_resident_memory_bytes') / 1e6,
    heap_mb: value('nodejs_heap_size_used_bytes') / 1e6,
    descriptors: value('process_open_fds'),
    handles: value('nodejs_active_handles_total'),
  }
}
