import { Type } from 'typebox'
import type {
  ActionResult,
  BreakResolutionView,
  BreakView,
  StatementView,
  WebhookDeliveryView,
  WebhookEndpointView,
} from '../api.ts'
import { ById } from '../schemas/fields.ts'
import { Refusal } from '../errors.ts'
import type { Server } from '../http-types.ts'
import { findBreak, listBreaks } from '../reconciliation/break-store.ts'
import { resolveBreak } from '../reconciliation/resolve-break.ts'
import { findStatement, listStatements } from '../reconciliation/statement-store.ts'
import { viewBreak, viewStatement } from '../reconciliation/view.ts'
import { break_actions } from '../reconciliation/states.ts'
import { listDeliveries } from '../webhooks/delivery-store.ts'
import { listEndpoints } from '../webhooks/endpoint-store.ts'
import { replayOne } from '../webhooks/endpoints.ts'
import { viewDelivery, viewEndpoint } from '../webhooks/view.ts'
import { act } from './act.ts'
import type { ConsoleGuard } from './console-guard.ts'
import type { ConsoleContext } from './context.ts'

const strict = { additionalProperties: false }
const Repair = Type.Object(
  {
    action: Type.Enum([...break_actions]),
    note: Type.String({ pattern: '^[^\\x00-\\x1f\\x7f]{1,200}$' }),
  },
  strict,
)
const Nothing = Type.Object({}, strict)
const most = 100

/**
 * What an operator looks at in the morning: statements and their breaks, and what did not reach the
 * merchant's systems.
 */
export function consoleMorningRoutes(
  server: Server,
  { context, guard }: { context: ConsoleContext; guard: ConsoleGuard },
): void {
  const { pool } = context.database

  server.get('/console/api/statements', async (): Promise<{ statements: StatementView[] }> => {
    return { statements: (await listStatements(pool, {}, most)).map(viewStatement) }
  })

  server.get(
    '/console/api/statements/:id/breaks',
    { schema: { params: ById } },
    async (request): Promise<{ breaks: BreakView[] }> => {
      if (!(await findStatement(pool, request.params.id))) throw new Refusal('not_found')
      return { breaks: (await listBreaks(pool, request.params.id, {}, most)).map(viewBreak) }
    },
  )

  server.post(
    '/console/api/breaks/:id/preview',
    { schema: { params: ById, body: Repair } },
    async (request): Promise<BreakResolutionView> => {
      const operator = guard.require(request)
      const { broken, order } = await resolveBreak(context.reconciliation, request.params.id, {
        ...request.body,
        author: operator.name,
        dry_run: true,
      })
      return { break: viewBreak(broken), dry_run: true, order }
    },
  )

  server.post(
    '/console/api/breaks/:id/resolution',
    { schema: { params: ById, body: Repair } },
    async (request): Promise<ActionResult> => {
      const operator = guard.require(request, 'operator')
      const found = await findBreak(pool, request.params.id)
      if (!found) throw new Refusal('not_found')
      return act(context, operator, {
        action: 'break',
        subject: found.id,
        amount_fen: Math.max(found.amount_fen, found.ours?.amount_fen ?? 0),
        detail: request.body,
      })
    },
  )

  server.get(
    '/console/api/webhooks',
    async (): Promise<{ endpoints: WebhookEndpointView[]; undelivered: WebhookDeliveryView[] }> => {
      const waiting = [
        ...(await listDeliveries(pool, { state: 'pending' }, most)),
        ...(await listDeliveries(pool, { state: 'given_up' }, most)),
      ]
      return {
        endpoints: (await listEndpoints(pool, undefined, most)).map(viewEndpoint),
        undelivered: waiting.map(viewDelivery),
      }
    },
  )

  server.post(
    '/console/api/webhooks/deliveries/:id/replay',
    { schema: { params: ById, body: Nothing } },
    async (request): Promise<WebhookDeliveryView> => {
      const operator = guard.require(request, 'operator')
      return viewDelivery(await replayOne(context, operator.name, request.params.id))
    },
  )
}
