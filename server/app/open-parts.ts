import { followStoredClock } from '../jobs/follow-clock.ts'
import { createFollowingClock } from '../kernel/clock.ts'
import { createMetrics } from '../metrics/metrics.ts'
import { openTracing } from '../metrics/tracing.ts'
import { loadCatalogue } from '../plans/catalogue.ts'
import { claimDatabase } from '../storage/deployment.ts'
import { ringOf } from '../storage/key-ring.ts'
import { openAcpGateway } from '../unionpay/acp-gateway.ts'
import type { OnUnionPayCall } from '../unionpay/call-watch.ts'
import { openPoolThrough } from '../unionpay/http-pool.ts'
import { loadNoticeKeys } from '../unionpay/notice-keys.ts'
import { openPlatform } from '../unionpay/open-platform.ts'
import { realOutside, type World } from './world.ts'

export type Parts = Awaited<ReturnType<typeof openParts>>

/** What every noun works with: clock, plans, keys, metrics, and both sides of UnionPay. */
export async function openParts({
  settings,
  database,
  real_clock,
  random,
  log,
  metrics = createMetrics(),
  outside = realOutside,
}: World) {
  const clock = createFollowingClock(real_clock)
  const open_pool = settings.unionpay_proxy
    ? openPoolThrough(settings.unionpay_proxy)
    : outside.open_pool
  const catalogue = loadCatalogue(settings.plans_file)
  const notice_keys = loadNoticeKeys(settings.unionpay_notice_key_files)
  const cipher = await claimDatabase(
    database,
    ringOf(settings, random),
    settings.unionpay_env,
    settings.unionpay_app_id,
    random,
  )
  await followStoredClock(database.pool, clock)
  const tracing = await openTracing(settings, log, real_clock)
  const watch: OnUnionPayCall = (call) => [metrics, tracing].forEach(({ called }) => called(call))
  const platform = openPlatform({
    settings,
    pool: database.pool,
    cipher,
    clock,
    random,
    log,
    watch,
    ...outside,
    open_pool,
  })
  const gateway = await openAcpGateway({
    settings,
    db: database.pool,
    clock,
    plan_ids: catalogue.all().map((plan) => plan.plan_id),
    log,
    watch,
    open_pool,
  })
  return { clock, catalogue, notice_keys, cipher, metrics, tracing, platform, ...gateway }
}
