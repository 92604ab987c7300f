import type { FastifyRequest } from 'fastify'
import { findKeys } from '../api-keys/store.ts'
import { billRoutes } from '../bills/routes.ts'
import { chargeRoutes } from '../charges/routes.ts'
import { consoleRoutes } from '../console/routes.ts'
import { merchantContractRoutes } from '../contracts/merchant-routes.ts'
import { contractRoutes } from '../contracts/routes.ts'
import { createCookies } from '../cookies.ts'
import { comingDebitRoutes } from '../debit-notices/coming-debit-routes.ts'
import { debitNoticeRoutes } from '../debit-notices/routes.ts'
import type { Server } from '../http-types.ts'
import { createKeyGuard } from '../key-guard.ts'
import { serveMetrics } from '../metrics/serve-metrics.ts'
import { paymentNotificationRoutes } from '../notifications/payment-routes.ts'
import { createSettleBatcher } from '../notifications/receive-payment.ts'
import { refundRoutes, refundsOf, refundsWithHistory } from '../refunds/routes.ts'
import { findHeld, proveSession } from '../sign-in/prove-session.ts'
import { webhookRoutes } from '../webhooks/routes.ts'
import { notificationRoutes } from '../notifications/routes.ts'
import { privacyRoutes } from '../privacy/routes.ts'
import { publicRoutes, type publicFacts } from '../public-routes.ts'
import { docsRoutes } from '../published/docs-routes.ts'
import { reconciliationRoutes } from '../reconciliation/routes.ts'
import { createSessionGuard } from '../session-guard.ts'
import { signInRoutes } from '../sign-in/routes.ts'
import { createBatcher } from '../storage/batcher.ts'
import { againIfLost } from '../storage/lost.ts'
import type { Contexts } from './contexts.ts'
import type { Parts } from './open-parts.ts'
import type { World } from './world.ts'

type Facts = ReturnType<typeof publicFacts>

/** Who calls what: the payer's page, the merchant's systems, the operators, UnionPay. */
export function registerRoutes(
  server: Server,
  world: World,
  parts: Parts,
  contexts: Contexts,
  facts: Facts,
): void {
  payerRoutes(server, world, parts, contexts, facts)
  merchantRoutes(server, world, contexts)
  operatorRoutes(server, world, parts, contexts)
  unionPayRoutes(server, world, parts, contexts)
}

function payerRoutes(
  server: Server,
  { settings, database: { pool }, log, database }: World,
  { catalogue, cipher, clock, platform }: Parts,
  { sign_in, contracts, charges, debit_notices }: Contexts,
  facts: Facts,
): void {
  const cookies = createCookies(settings.public_url)
  const sessions = createSessionGuard(server, cookies, (cookie, proof) =>
    findHeld(pool, cookie, proof, settings.session_proof_idle_minutes),
  )
  const loginLimit = perMinute(settings.rate_limit_login)
  const signingLimit = perMinute(settings.rate_limit_signing)
  publicRoutes(server, settings, catalogue, facts, platform.signForBridge)
  signInRoutes(server, { context: sign_in, cookies, sessions, loginLimit })
  contractRoutes(server, {
    context: contracts,
    sessions,
    cookies,
    signingLimit,
    prove: (open_id, session_cookie) =>
      proveSession(sign_in, open_id, { session_cookie, new_id: false }),
  })
  billRoutes(server, {
    context: charges,
    sessions,
    refundsWithHistory: (order_id) => refundsWithHistory(pool, order_id),
  })
  comingDebitRoutes(server, { context: debit_notices, sessions })
  privacyRoutes(server, {
    context: { database, cipher, clock, catalogue, log },
    sessions,
    cookies,
    limit: loginLimit,
  })
}

function merchantRoutes(
  server: Server,
  { database: { pool } }: World,
  { contracts, charges, debit_notices, reconciliation, webhooks }: Contexts,
): void {
  const find = createBatcher({
    together: (secrets: readonly string[]) => againIfLost(() => findKeys(pool, secrets)),
  })
  const keys = createKeyGuard(server, find)
  merchantContractRoutes(server, { context: contracts, keys })
  chargeRoutes(server, {
    context: charges,
    keys,
    refundsOf: (order_id) => refundsOf(pool, order_id),
  })
  refundRoutes(server, { context: charges, keys })
  debitNoticeRoutes(server, { context: debit_notices, keys })
  reconciliationRoutes(server, { context: reconciliation, keys })
  webhookRoutes(server, { context: webhooks.context, keys })
  docsRoutes(server)
}

function operatorRoutes(
  server: Server,
  { settings, database, random }: World,
  { catalogue, cipher, clock, metrics, payments, certificates }: Parts,
  { contracts, charges, reconciliation }: Contexts,
): void {
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
  const { queries_per_minute } = settings
  const { merchants } = payments
  const watched = { database, clock, merchants, queries_per_minute, certificates }
  serveMetrics(server, metrics, watched, settings)
}

function unionPayRoutes(
  server: Server,
  { settings, database }: World,
  { notice_keys, metrics }: Parts,
  { contracts, charges }: Contexts,
): void {
  const countFailure = failureCounter(server)
  const onNotification = metrics.notified
  notificationRoutes(server, {
    context: contracts,
    notice_keys,
    app_id: settings.unionpay_app_id,
    countFailure,
    onNotification,
  })
  paymentNotificationRoutes(server, {
    context: charges,
    settleBatch: createSettleBatcher(database),
    countFailure,
    onNotification,
  })
}

const perMinute = (max: number): { max: number; timeWindow: string } => ({
  max,
  timeWindow: '1 minute',
})

/** Counts a failed verification; whether there were too many from this address. */
function failureCounter(server: Server): (request: FastifyRequest) => Promise<boolean> {
  const failures = server.createRateLimit({ max: 30, timeWindow: '1 minute' })
  return async (request) => {
    const counted = await failures(request)
    return !counted.isAllowed && counted.isExceeded
  }
}
