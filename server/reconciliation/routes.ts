import type { BreakResolutionView, BreakView, StatementView } from '../api.ts'
import { Refusal } from '../errors.ts'
import type { Server } from '../http-types.ts'
import { authorOf, type ApiKey, type KeyGuard, type Verb } from '../key-guard.ts'
import { mostOf, nextCursor } from '../schemas/paging.ts'
import type { FastifyRequest } from 'fastify'
import { findBreak, listBreaks } from './break-store.ts'
import type { Break } from './break.ts'
import type { ReconciliationContext } from './context.ts'
import { resolveBreak } from './resolve-break.ts'
import * as schemas from './route-schemas.ts'
import { findStatement, listStatements, type StatementRow } from './statement-store.ts'
import { viewBreak, viewStatement } from './view.ts'

/**
 * 对账, for the merchant's own systems: which days were compared, what differs, and what a person
 * does about it.
 */
export function reconciliationRoutes(
  server: Server,
  { context, keys }: { context: ReconciliationContext; keys: KeyGuard },
): void {
  const { pool } = context.charges.database
  /** A statement is about a merchant number, not about plans: only keys for every plan see it. */
  const allowed = async (request: FastifyRequest, verb: Verb): Promise<ApiKey> => {
    const key = await keys(request, verb)
    if (key.plan_ids.length > 0) throw new Refusal('verb_not_allowed')
    return key
  }

  server.get(
    '/v1/statements',
    { schema: schemas.listStatements },
    async (request): Promise<{ statements: StatementView[]; next_cursor: string | null }> => {
      await allowed(request, 'read')
      const { cursor, limit, ...filter } = request.query
      const [day, merchant_no] = cursor?.split('.') ?? []
      const most = mostOf(limit)
      const rows = await listStatements(
        pool,
        { ...filter, before: day && merchant_no ? { day, merchant_no } : undefined },
        most,
      )
      return {
        statements: rows.map(viewStatement),
        next_cursor: nextCursor(rows, most, (last) => `${last.day}.${last.merchant_no}`),
      }
    },
  )

  server.get(
    '/v1/statements/:id',
    { schema: schemas.readStatement },
    async (request): Promise<StatementView> => {
      await allowed(request, 'read')
      const statement = await findStatement(pool, request.params.id)
      if (!statement) throw new Refusal('not_found')
      const [row] = await listStatements(
        pool,
        { merchant_no: statement.merchant_no, from: statement.day, to: statement.day },
        1,
      )
      return viewStatement(row as StatementRow)
    },
  )

  server.get(
    '/v1/statements/:id/breaks',
    { schema: schemas.listBreaks },
    async (request): Promise<{ breaks: BreakView[]; next_cursor: string | null }> => {
      await allowed(request, 'read')
      if (!(await findStatement(pool, request.params.id))) throw new Refusal('not_found')
      const { cursor, limit, ...filter } = request.query
      const most = mostOf(limit)
      const rows = await listBreaks(pool, request.params.id, { ...filter, after: cursor }, most)
      return { breaks: rows.map(viewBreak), next_cursor: nextCursor(rows, most, (row) => row.id) }
    },
  )

  server.get(
    '/v1/breaks/:id',
    { schema: schemas.readBreak },
    async (request): Promise<BreakView> => {
      await allowed(request, 'read')
      const found = await findBreak(pool, request.params.id)
      if (!found) throw new Refusal('not_found')
      return viewBreak(found)
    },
  )

  server.post(
    '/v1/breaks/:id/resolution',
    { schema: schemas.resolveBreak },
    async (request): Promise<BreakResolutionView> => {
      const key = await allowed(request, 'resolve')
      const { dry_run = false, ...repair } = request.body
      const { broken, order }: { broken: Break; order: BreakResolutionView['order'] } =
        await resolveBreak(context, request.params.id, {
          ...repair,
          author: authorOf(key, repair.author),
          dry_run,
          api_key: key.id,
        })
      return { break: viewBreak(broken), dry_run, order }
    },
  )
}
