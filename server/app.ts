import type { FastifyBaseLogger, FastifyRequest } from 'fastify'
import { setTimeout as wait } from 'node:timers/promises'
import { findKeys } from './api-keys/store.ts'
import { billRoutes } from './charges/bill-routes.ts'
import type { ChargesContext } from './charges/context.ts'
import { gatheredSteps } from './charges/gathered-steps.ts'
import { paceOf, sends_at_once } from './charges/pace.ts'
import { chargeRoutes } from './charges/routes.ts'
import { createSendGate } from './charges/send-gate.ts'
import { readUsedToday } from './charges/store.ts'
import { unfinishedCharges } from './charges/unfinished-charges.ts'
import { watchRequests, type Closing } from './close-server.ts'
import type { DebitNoticesContext } from './debit-notices/context.ts'
import { comingDebitRoutes } from './debit-notices/coming-debit-routes.ts'
import { debitNoticeRoutes } from './debit-notices/routes.ts'
import { isAnnounced } from './debit-notices/store.ts'
import { consoleRoutes } from './console/routes.ts'
import { contractRoutes } from './contracts/routes.ts'
import { merchantContractRoutes } from './contracts/merchant-routes.ts'
import type { ContractsContext } from './contracts/context.ts'
import { infoPauseOf } from './contracts/info-slots.ts'
import { createCookies } from './cookies.ts'
import { healthRoutes } from './health.ts'
import { createHttp } from './http.ts'
import type { Server } from './http-types.ts'
import { followStoredClock } from './jobs/follow-clock.ts'
import { startJobs } from './jobs/runner.ts'
import { schedule } from './jobs/schedule.ts'
import { createFollowingClock, type Clock } from './kernel/clock.ts'
import type { RandomBytes } from './kernel/ids.ts'
import type { Job } from './kernel/job.ts'
import { createKeyGuard } from './key-guard.ts'
import { paymentNotificationRoutes } from './notifications/payment-routes.ts'
import { createSettling } from './notifications/settling.ts'
import { notificationRoutes } from './notifications/routes.ts'
import { loadCatalogue } from './plans/catalogue.ts'
import { measureJobs } from './metrics/measure-jobs.ts'
import { createMetrics, type Metrics } from './metrics/metrics.ts'
import { serveMetrics } from './metrics/serve-metrics.ts'
import { openTracing } from './metrics/tracing.ts'
import { makePage } from './page.ts'
import { pageRoutes } from './page-routes.ts'
import { publicFacts, publicRoutes } from './public-routes.ts'
import { docsRoutes } from './published/docs-routes.ts'
import { refundRoutes } from './refunds/routes.ts'
import { refundsOf, storiesOf } from './refunds/stories.ts'
import { privacyRoutes } from './privacy/routes.ts'
import { reconciliationContext, type ReconciliationContext } from './reconciliation/context.ts'
import { reconciliationRoutes } from './reconciliation/routes.ts'
import { createSessionGuard } from './session-guard.ts'
import type { Settings } from './settings.ts'
import { shedLoad } from './shed-load.ts'
import type { SignInContext } from './sign-in/context.ts'
import { secretDigest } from './sign-in/digest.ts'
import { signInRoutes } from './sign-in/routes.ts'
import { findSession } from './sign-in/session-store.ts'
import { openWebhooks } from './webhooks/open.ts'
import { webhookRoutes } from './webhooks/routes.ts'
import { claimDatabase } from './storage/deployment.ts'
import { ringOf } from './storage/key-ring.ts'
import type { Database } from './storage/database.ts'
import { createGather } from './storage/gather.ts'
import { againIfLost } from './storage/lost.ts'
import { openAcpGateway } from './unionpay/acp-gateway.ts'
import type { OnUnionPayCall } from './unionpay/call-watch.ts'
import { openPool, type OpenPool } from './unionpay/http-pool.ts'
import { loadNoticeKeys } from './unionpay/notice-keys.ts'
import { openPlatform } from './unionpay/open-platform.ts'

/** What a process gives and a test owns. `outside`: the network to UnionPay and the passing of time, where a simulation has its own. */
export type World = {
  settings: Settings
  database: Database
  real_clock: Clock
  random: RandomBytes
  log: FastifyBaseLogger
  metrics?: Metrics
  outside?: Outside
}
export type Outside = { open_pool: OpenPool; wait(ms: number): Promise<void> }
const realOutside: Outside = { open_pool: openPool, wait: (ms) => wait(ms) }

export type App = {
  server: Server
  contracts: ContractsContext
  charges: ChargesContext
  reconciliation: ReconciliationContext
  jobs: readonly Job[]
  startJobs(): void
  close(): Promise<void>
}

/** Builds every room and registers its routes: the map of the server. */
export async function createApp({
  settings,
  database,
  real_clock,
  random,
  log,
  metrics = createMetrics(),
  outside = realOutside,
}: World): Promise<App> {
  const clock = createFollowingClock(real_clock)
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
  const unionpay = openPlatform({
    settings,
    pool: database.pool,
    cipher,
    clock,
    random,
    log,
    watch,
    ...outside,
  })

  const pages = {
    open_url: settings.unionpay_open_url,
    app_id: settings.unionpay_app_id,
    encode_redirect_uri: settings.encode_redirect_uri,
  }
  const shared = {
    database,
    cipher,
    clock,
    random,
    call: unionpay.call,
    pages,
    public_url: settings.public_url,
    log,
  }
  const signIn: SignInContext = {
    ...shared,
    real_clock,
    ticket_secret: new TextEncoder().encode(settings.ticket_secret),
  }
  const contracts: ContractsContext = {
    ...shared,
    catalogue,
    info_pause_s: infoPauseOf(settings.unionpay_timeout_ms),
    sweep_interval_s: settings.sweep_hours * 3600,
    unfinishedCharges: (contract_id) => unfinishedCharges(database.pool, contract_id),
    usedToday: (contract_id) => readUsedToday(database.pool, contract_id),
  }
  const { payments, statements, certificates } = await openAcpGateway({
    settings,
    db: database.pool,
    clock,
    plan_ids: catalogue.all().map((plan) => plan.plan_id),
    log,
    watch,
    open_pool: outside.open_pool,
  })
  const pace = paceOf(settings)
  const charges: ChargesContext = {
    ...gatheredSteps(database, pace),
    database,
    cipher,
    clock,
    random,
    catalogue,
    payments,
    log,
    watch: metrics.orders(clock),
    gate: createSendGate(sends_at_once),
    wait_ms: settings.charge_wait_ms,
    pace,
    clearing_day_ends: settings.clearing_day_ends,
    refund_window_days: settings.refund_window_days,
    debit_notice_rule: settings.debit_notice_rule,
    debitAnnounced: (contract_ref, amount_fen) =>
      isAnnounced(database.pool, contract_ref, amount_fen),
  }
  const reconciliation = reconciliationContext(charges, statements, settings)
  const webhooks = openWebhooks(
    { database, cipher, clock, real_clock, random, catalogue, log },
    settings.webhook_private_addresses,
  )

  const facts = publicFacts(settings, catalogue)
  const page = await makePage(settings.web_dir, facts)
  const server = await createHttp(settings, log, page?.hashes)
  const closing = watchRequests(server)
  tracing.watchRequests(server)
  shedLoad(server, database.pool)
  const cookies = createCookies(settings.public_url)
  const sessions = createSessionGuard(server, cookies, (cookie) =>
    findSession(database.pool, secretDigest(cookie)),
  )
  const keys = createKeyGuard(
    server,
    createGather({ together: (secrets) => againIfLost(() => findKeys(database.pool, secrets)) }),
  )

  const health = healthRoutes(server, database)
  publicRoutes(server, settings, catalogue, facts, unionpay.signForBridge)
  signInRoutes(server, {
    context: signIn,
    cookies,
    sessions,
    loginLimit: perMinute(settings.rate_limit_login),
  })
  contractRoutes(server, {
    context: contracts,
    sessions,
    signingLimit: perMinute(settings.rate_limit_signing),
  })
  merchantContractRoutes(server, { context: contracts, keys })
  chargeRoutes(server, {
    context: charges,
    keys,
    refundsOf: (order_id) => refundsOf(database.pool, order_id),
  })
  refundRoutes(server, { context: charges, keys })
  reconciliationRoutes(server, { context: reconciliation, keys })
  billRoutes(server, {
    context: charges,
    sessions,
    storiesOf: (order_id) => storiesOf(database.pool, order_id),
  })
  const notices: DebitNoticesContext = { database, clock, random, catalogue }
  debitNoticeRoutes(server, { context: notices, keys })
  comingDebitRoutes(server, { context: notices, sessions })
  privacyRoutes(server, {
    context: { database, cipher, clock, catalogue, log },
    sessions,
    cookies,
    limit: perMinute(settings.rate_limit_login),
  })
  consoleRoutes(server, settings, {
    database,
    cipher,
    clock,
    random,
    catalogue,
    charges,
    contracts,
    reconciliation,
    certificates,
    two_person_above_fen: settings.two_person_above_fen,
  })
  const countFailure = failureCounter(server)
  notificationRoutes(server, {
    context: contracts,
    notice_keys,
    app_id: settings.unionpay_app_id,
    countFailure,
    onNotification: metrics.notified,
  })
  paymentNotificationRoutes(server, {
    context: charges,
    settling: createSettling(database),
    countFailure,
    onNotification: metrics.notified,
  })
  webhookRoutes(server, { context: webhooks.context, keys })
  docsRoutes(server, settings.public_url)
  await pageRoutes(server, settings.web_dir, page)
  serveMetrics(
    server,
    metrics,
    {
      database,
      clock,
      merchants: payments.merchants,
      queries_per_minute: settings.queries_per_minute,
      certificates,
    },
    settings,
  )

  const jobs = measureJobs(
    tracing.watchJobs([
      ...schedule(
        contracts,
        charges,
        reconciliation,
        clock,
        settings.clock_url ? unionpay.readClockOffset(settings.clock_url) : null,
      ),
      ...webhooks.jobs,
    ]),
    metrics,
    real_clock,
  )
  const letGo = async (): Promise<void> => {
    await charges.gate.idle()
    await Promise.all([unionpay.close(), payments.close(), webhooks.close(), tracing.close()])
  }
  return {
    server,
    contracts,
    charges,
    reconciliation,
    jobs,
    ...lifeOf(closing, health, jobs, settings.drain_ms, log, letGo),
  }
}

const perMinute = (max: number): { max: number; timeWindow: string } => ({
  max,
  timeWindow: '1 minute',
})

/** How it begins to work and how it ends: readiness says no for a while before the door closes, so that a load balancer stops sending first. */
function lifeOf(
  closing: Closing,
  health: { stopping(): void },
  jobs: readonly Job[],
  drain_ms: number,
  log: FastifyBaseLogger,
  letGo: () => Promise<void>,
): Pick<App, 'startJobs' | 'close'> {
  let running: ReturnType<typeof startJobs> | null = null
  return {
    startJobs() {
      running ??= startJobs(jobs, log)
    },
    async close() {
      health.stopping()
      await wait(drain_ms)
      await Promise.all([closing.close(), running?.stop()])
      await letGo()
    },
  }
}

/** Counts a failed verification; whether there were too many from this address. */
function failureCounter(server: Server): (request: FastifyRequest) => Promise<boolean> {
  const failures = server.createRateLimit({ max: 30, timeWindow: '1 minute' })
  return async (request) => {
    const counted = await failures(request)
    return !counted.isAllowed && counted.isExceeded
  }
}
