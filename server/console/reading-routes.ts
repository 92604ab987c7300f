import type {
  OverviewView,
  ApprovalView,
  AuditView,
  ConsoleCertificateView,
  ConsoleChargeView,
  ConsoleContractView,
  ConsoleKeyView,
  ConsolePlanView,
  FoundView,
  WorkView,
} from '../api.ts'
import { lowestId } from '../kernel/ids.ts'
import { countOpenApprovals, listApprovals, viewApproval } from './approval-store.ts'
import type { ConsoleContext } from './context.ts'
import {
  countContracts,
  countHours,
  countNotifications,
  countOpen,
  countOrders,
  countReviews,
  readDay,
  readPacing,
  readTimeToFinal,
  readWebhookStanding,
} from './overview-store.ts'
import { Type } from 'typebox'
import { listAudit } from '../audit/store.ts'
import { ById, ByOrder } from '../schemas/fields.ts'
import type { Server } from '../http-types.ts'
import { viewPlan } from '../plans/plan.ts'
import { certificateDays } from '../unionpay/acp-certificates.ts'
import { countActive, findAnything, listKeys } from './search-store.ts'
import { viewAudit, viewChargeFor, viewContractFor } from './views.ts'
import { listWork } from './work-store.ts'

/**
 * The overview of today, by the business clock; one query after the other, so that one page takes
 * one connection.
 */
async function readOverview({
  database: { pool },
  charges,
}: ConsoleContext): Promise<OverviewView> {
  const { day, now, midnight } = await readDay(pool)
  const floor = lowestId(midnight)
  return {
    day,
    now: now.toISOString(),
    charges: await countOrders(pool, 'charges', floor),
    refunds: await countOrders(pool, 'refunds', floor),
    hours: await countHours(pool, floor),
    time_to_final_s: await readTimeToFinal(pool, floor),
    open: (await countOpen(pool)).map(({ oldest_at, ...open }) => ({
      ...open,
      oldest_at: oldest_at.toISOString(),
    })),
    in_review: await countReviews(pool),
    contracts: await countContracts(pool, midnight),
    notifications: await countNotifications(pool, midnight),
    pacing: (await readPacing(pool, charges.payments.merchants)).map(({ free_at, ...pace }) => ({
      ...pace,
      per_minute: charges.pace.queries_per_minute,
      backs_off_until: free_at?.toISOString() ?? null,
    })),
    approvals_open: await countOpenApprovals(pool),
    webhooks: await readWebhookStanding(pool),
  }
}

const strict = { additionalProperties: false }

const Search = Type.Object({ q: Type.String({ pattern: '^[^\\x00-\\x1f\\x7f]{1,128}$' }) }, strict)

const Audit = Type.Object(
  { before: Type.Optional(Type.String({ pattern: '^\\d{1,15}$' })) },
  strict,
)

const most = 50

/** What every operator may read. */
export function consoleReadingRoutes(server: Server, context: ConsoleContext): void {
  const { pool } = context.database

  server.get('/console/api/overview', async (): Promise<OverviewView> => readOverview(context))

  server.get(
    '/console/api/search',
    { schema: { querystring: Search } },
    async (request): Promise<{ found: FoundView[] }> => {
      const text = request.query.q.trim()
      const found = await findAnything(pool, text, context.cipher.digest(text), most)
      return { found: found.map(({ at, ...one }) => ({ ...one, at: at.toISOString() })) }
    },
  )

  server.get('/console/api/work', async (): Promise<{ work: WorkView[] }> => ({
    work: await listWork(pool, 2 * most),
  }))

  server.get(
    '/console/api/charges/:order_id',
    { schema: { params: ByOrder } },
    async (request): Promise<ConsoleChargeView> => {
      return viewChargeFor(context, request.params.order_id)
    },
  )

  server.get(
    '/console/api/contracts/:id',
    { schema: { params: ById } },
    async (request): Promise<ConsoleContractView> => {
      return viewContractFor(context, request.params.id)
    },
  )

  server.get('/console/api/plans', async (): Promise<{ plans: ConsolePlanView[] }> => {
    const active = await countActive(pool)
    return {
      plans: context.catalogue.all().map((plan) => ({
        ...viewPlan(plan),
        active_contracts: active.get(plan.plan_id) ?? 0,
        unionpay_advances_reason: plan.unionpay_advances_reason,
        fixed_merchants: plan.fixed_merchants,
        fixed_merchants_reason: plan.fixed_merchants_reason,
        termination_notice_url: plan.termination_notice_url,
      })),
    }
  })

  server.get('/console/api/keys', async (): Promise<{ keys: ConsoleKeyView[] }> => {
    const keys = await listKeys(pool)
    return {
      keys: keys.map(({ created_at, revoked_at, ...key }) => ({
        ...key,
        created_at: created_at.toISOString(),
        revoked_at: revoked_at?.toISOString() ?? null,
      })),
    }
  })

  server.get(
    '/console/api/certificates',
    async (): Promise<{ certificates: ConsoleCertificateView[] }> => ({
      certificates: certificateDays(context.certificates, context.clock.now()).toSorted(
        (one, other) => one.days_left - other.days_left,
      ),
    }),
  )

  server.get('/console/api/approvals', async (): Promise<{ approvals: ApprovalView[] }> => {
    return { approvals: (await listApprovals(pool, null, true, most)).map(viewApproval) }
  })

  server.get(
    '/console/api/audit',
    { schema: { querystring: Audit } },
    async (request): Promise<{ audit: AuditView[] }> => {
      const { before } = request.query
      return {
        audit: (
          await listAudit(pool, null, before === undefined ? null : Number(before), most)
        ).map(viewAudit),
      }
    },
  )
}
