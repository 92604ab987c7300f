import { Type } from 'typebox'
import type { BreakResolutionView, BreakView, StatementView } from '../api.ts'
import { Refusal } from '../errors.ts'
import type { Server } from '../http-types.ts'
import type { ApiKey, KeyGuard, Verb } from '../key-guard.ts'
import type { FastifyRequest } from 'fastify'
import { findBreak, listBreaks } from './break-store.ts'
import type { Break } from './break.ts'
import type { ReconciliationContext } from './context.ts'
import { resolveBreak } from './resolve-break.ts'
import { findStatement, listStatements, type StatementRow } from './statement-store.ts'
import { viewBreak, viewStatement } from './view.ts'

const strict = { additionalProperties: false }
const OurId = Type.String({ pattern: '^[0-9A-Z]{26}$' })
const Day = Type.String({ pattern: '^20\\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' })
const MerchantNo = Type.String({ pattern: '^[0-9A-Za-z]{15}$' })
const Limit = Type.String({ pattern: '^([1-9]\\d?|100)$' })
const ById = Type.Object({ id: OurId }, strict)
const ListStatements = Type.Object({
  merchant_no: Type.Optional(MerchantNo), state: Type.Optional(Type.Enum(['awaited', 'reconciled', 'malformed', 'missing'])),
  from: Type.Optional(Day), to: Type.Optional(Day), cursor: Type.Optional(Type.String({ pattern: '^20\\d{2}-\\d{2}-\\d{2}\\.[0-9A-Za-z]{15}$' })), limit: Type.Optional(Limit),
}, strict)
const ListBreaks = Type.Object({
  kind: Type.Optional(Type.Enum(['ours_only', 'theirs_only', 'amount', 'state', 'duplicate', 'fee', 'adjustment'])),
  state: Type.Optional(Type.Enum(['open', 'resolved', 'gone'])), order_id: Type.Optional(Type.String({ pattern: '^[\\x21-\\x7e]{1,32}$' })),
  cursor: Type.Optional(OurId), limit: Type.Optional(Limit),
}, strict)
const Resolve = Type.Object({
  action: Type.Enum(['mark_paid', 'mark_not_paid', 'acknowledge']), author: Type.String({ pattern: '^[^\\x00-\\x1f\\x7f]{1,64}$' }),
  note: Type.String({ pattern: '^[^\\x00-\\x1f\\x7f]{1,200}$' }), dry_run: Type.Optional(Type.Boolean()),
}, strict)

/** 对账, for the merchant's own systems: which days were compared, what differs, and what a person does about it. */
export function reconciliationRoutes(server: Server, { context, keys }: { context: ReconciliationContext; keys: KeyGuard }): void {
  const { pool } = context.charges.database
  /** A statement is about a merchant number, not about plans: only keys for every plan see it. */
  const allowed = async (request: FastifyRequest, verb: Verb): Promise<ApiKey> => {
    const key = await keys(request, verb)
    if (key.plan_ids.length > 0) throw new Refusal('verb_not_allowed')
    return key
  }

  server.get('/v1/statements', { schema: { querystring: ListStatements } }, async (request): Promise<{ statements: StatementView[]; next_cursor: string | null }> => {
    await allowed(request, 'read')
    const { cursor, limit, ...filter } = request.query
    const [day, merchant_no] = cursor?.split('.') ?? []
    const most = Number(limit ?? 50)
    const rows = await listStatements(pool, { ...filter, before: day && merchant_no ? { day, merchant_no } : undefined }, most)
    const last = rows.at(-1)
    return { statements: rows.map(viewStatement), next_cursor: rows.length === most && last ? `${last.day}.${last.merchant_no}` : null }
  })

  server.get('/v1/statements/:id', { schema: { params: ById } }, async (request): Promise<StatementView> => {
    await allowed(request, 'read')
    const statement = await findStatement(pool, request.params.id)
    if (!statement) throw new Refusal('not_found')
    const [row] = await listStatements(pool, { merchant_no: statement.merchant_no, from: statement.day, to: statement.day }, 1)
    return viewStatement(row as StatementRow)
  })

  server.get('/v1/statements/:id/breaks', { schema: { params: ById, querystring: ListBreaks } }, async (request): Promise<{ breaks: BreakView[]; next_cursor: string | null }> => {
    await allowed(request, 'read')
    if (!(await findStatement(pool, request.params.id))) throw new Refusal('not_found')
    const { cursor, limit, ...filter } = request.query
    const most = Number(limit ?? 50)
    const rows = await listBreaks(pool, request.params.id, { ...filter, after: cursor }, most)
    return { breaks: rows.map(viewBreak), next_cursor: rows.length === most ? (rows.at(-1)?.id ?? null) : null }
  })

  server.get('/v1/breaks/:id', { schema: { params: ById } }, async (request): Promise<BreakView> => {
    await allowed(request, 'read')
    const found = await findBreak(pool, request.params.id)
    if (!found) throw new Refusal('not_found')
    return viewBreak(found)
  })

  server.post('/v1/breaks/:id/resolution', { schema: { params: ById, body: Resolve } }, async (request): Promise<BreakResolutionView> => {
    await allowed(request, 'resolve')
    const { dry_run = false, ...repair } = request.body
    const { broken, order }: { broken: Break; order: BreakResolutionView['order'] } = await resolveBreak(context, request.params.id, { ...repair, dry_run })
    return { break: viewBreak(broken), dry_run, order }
  })
}
