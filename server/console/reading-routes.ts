import { Type } from 'typebox'
import type { ApprovalView, AuditView, ChargeView, ConsoleChargeView, ConsoleContractView, ConsoleKeyView, ConsolePlanView, FoundView, OverviewView } from '../api.ts'
import { listAudit } from '../audit/store.ts'
import { listCharges } from '../charges/store.ts'
import { viewCharge } from '../charges/view.ts'
import { ById, ByOrder } from '../schemas/fields.ts'
import type { Server } from '../http-types.ts'
import { viewPlan } from '../plans/plan.ts'
import { listApprovals, viewApproval } from './approval-store.ts'
import type { ConsoleGuard } from './console-guard.ts'
import type { ConsoleContext } from './context.ts'
import { readOverview } from './overview.ts'
import { countActive, findAnything, listKeys } from './search-store.ts'
import { viewAudit, viewChargeFor, viewContractFor } from './views.ts'

const strict = { additionalProperties: false }
const Search = Type.Object({ q: Type.String({ minLength: 1, maxLength: 128 }) }, strict)
const Charges = Type.Object({
  state: Type.Optional(Type.Enum(['pending', 'succeeded', 'failed'])), needs_review: Type.Optional(Type.Enum(['true'])), cursor: Type.Optional(ByOrder.properties.order_id),
}, strict)
const Audit = Type.Object({ before: Type.Optional(Type.String({ pattern: '^\\d{1,15}$' })) }, strict)
const most = 50

/** What every operator may read. */
export function consoleReadingRoutes(server: Server, { context, guard }: { context: ConsoleContext; guard: ConsoleGuard }): void {
  const { pool } = context.database

  server.get('/console/api/overview', async (request, reply): Promise<OverviewView> => {
    await guard.require(request, reply)
    return readOverview(context)
  })

  server.get('/console/api/search', { schema: { querystring: Search } }, async (request, reply): Promise<{ found: FoundView[] }> => {
    await guard.require(request, reply)
    const text = request.query.q.trim()
    const found = await findAnything(pool, text, context.cipher.digest(text), most)
    return { found: found.map(({ at, ...one }) => ({ ...one, at: at.toISOString() })) }
  })

  server.get('/console/api/charges', { schema: { querystring: Charges } }, async (request, reply): Promise<{ charges: ChargeView[]; next_cursor: string | null }> => {
    await guard.require(request, reply)
    const { state, needs_review, cursor } = request.query
    const rows = await listCharges(pool, { plan_ids: [], state, needs_review: needs_review === undefined ? undefined : true, before: cursor }, most)
    return { charges: rows.map(viewCharge), next_cursor: rows.length === most ? (rows.at(-1)?.order_id ?? null) : null }
  })

  server.get('/console/api/charges/:order_id', { schema: { params: ByOrder } }, async (request, reply): Promise<ConsoleChargeView> => {
    await guard.require(request, reply)
    return viewChargeFor(context, request.params.order_id)
  })

  server.get('/console/api/contracts/:id', { schema: { params: ById } }, async (request, reply): Promise<ConsoleContractView> => {
    await guard.require(request, reply)
    return viewContractFor(context, request.params.id)
  })

  server.get('/console/api/plans', async (request, reply): Promise<{ plans: ConsolePlanView[] }> => {
    await guard.require(request, reply)
    const active = await countActive(pool)
    return { plans: context.catalogue.all().map((plan) => ({
      ...viewPlan(plan), active_contracts: active.get(plan.plan_id) ?? 0, unionpay_advances_reason: plan.unionpay_advances_reason,
      fixed_merchants: plan.fixed_merchants, fixed_merchants_reason: plan.fixed_merchants_reason, termination_notice_url: plan.termination_notice_url,
    })) }
  })

  server.get('/console/api/keys', async (request, reply): Promise<{ keys: ConsoleKeyView[] }> => {
    await guard.require(request, reply)
    const keys = await listKeys(pool)
    return { keys: keys.map(({ created_at, revoked_at, ...key }) => ({ ...key, created_at: created_at.toISOString(), revoked_at: revoked_at?.toISOString() ?? null })) }
  })

  server.get('/console/api/approvals', async (request, reply): Promise<{ approvals: ApprovalView[] }> => {
    await guard.require(request, reply)
    return { approvals: (await listApprovals(pool, null, true, most)).map(viewApproval) }
  })

  server.get('/console/api/audit', { schema: { querystring: Audit } }, async (request, reply): Promise<{ audit: AuditView[] }> => {
    await guard.require(request, reply)
    const { before } = request.query
    return { audit: (await listAudit(pool, null, before === undefined ? null : Number(before), most)).map(viewAudit) }
  })
}
