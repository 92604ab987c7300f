import { Type } from 'typebox'
import type { ActionResult, ConsoleContractView, DecisionPreviewView } from '../api.ts'
import { revokeKey } from '../api-keys/store.ts'
import { audited } from '../audit/store.ts'
import { readIdempotencyKey } from '../transactions/idempotency.ts'
import { previewResolution } from '../charges/resolve-transaction.ts'
import { findChargeRow } from '../charges/store.ts'
import { AmountFen, ById, ByOrder, Description } from '../schemas/fields.ts'
import { resolveContract } from '../contracts/changes.ts'
import { terminateContract } from '../contracts/terminate-contract.ts'
import { Refusal } from '../errors.ts'
import type { Server } from '../http-types.ts'
import { findRefund } from '../refunds/store.ts'
import { act, decide } from './act.ts'
import type { ConsoleGuard } from './console-guard.ts'
import type { ConsoleContext } from './context.ts'
import { viewContractFor } from './views.ts'
import { withdraw } from './withdraw.ts'

const strict = { additionalProperties: false }
const GiveBack = Type.Object({ amount_fen: AmountFen, description: Description }, strict)
const Resolve = Type.Object({ decision: Type.Enum(['paid', 'not_paid']) }, strict)
const Decide = Type.Object({ allowed: Type.Boolean() }, strict)
const Nothing = Type.Object({}, strict)

/** What operators do. Every action leaves a line in the audit trail. */
export function consoleActingRoutes(
  server: Server,
  { context, guard }: { context: ConsoleContext; guard: ConsoleGuard },
): void {
  const { pool } = context.database

  server.post(
    '/console/api/charges/:order_id/refunds',
    { schema: { params: ByOrder, body: GiveBack } },
    async (request): Promise<ActionResult> => {
      const operator = guard.require(request, 'operator')
      const key = readIdempotencyKey(request.headers['idempotency-key'])
      const charge = await findChargeRow(pool, request.params.order_id)
      if (!charge) throw new Refusal('not_found')
      const { amount_fen, description } = request.body
      return act(context, operator, {
        action: 'refund',
        subject: charge.order_id,
        amount_fen,
        detail: { description, key },
      })
    },
  )

  server.post(
    '/console/api/charges/:order_id/resolution',
    { schema: { params: ByOrder, body: Resolve } },
    async (request): Promise<ActionResult> => {
      const operator = guard.require(request, 'operator')
      const charge = await findChargeRow(pool, request.params.order_id)
      if (!charge) throw new Refusal('not_found')
      const { order_id, amount_fen } = charge
      return act(context, operator, {
        action: 'resolve',
        subject: order_id,
        amount_fen,
        detail: { table: 'charges', decision: request.body.decision },
      })
    },
  )

  for (const table of ['charges', 'refunds'] as const)
    server.post(
      `/console/api/${table}/:order_id/preview`,
      { schema: { params: ByOrder, body: Resolve } },
      async (request): Promise<DecisionPreviewView> => {
        const { name: author } = guard.require(request)
        const { decision } = request.body
        return previewResolution(context.charges, table, request.params.order_id, {
          decision,
          author,
        })
      },
    )

  server.post(
    '/console/api/refunds/:order_id/resolution',
    { schema: { params: ByOrder, body: Resolve } },
    async (request): Promise<ActionResult> => {
      const operator = guard.require(request, 'operator')
      const refund = await findRefund(pool, request.params.order_id)
      if (!refund) throw new Refusal('not_found')
      const { order_id, amount_fen } = refund
      return act(context, operator, {
        action: 'resolve',
        subject: order_id,
        amount_fen,
        detail: { table: 'refunds', decision: request.body.decision },
      })
    },
  )

  server.post(
    '/console/api/contracts/:id/terminate',
    { schema: { params: ById, body: Nothing } },
    async (request): Promise<ConsoleContractView> => {
      const operator = guard.require(request, 'operator')
      await viewContractFor(context, request.params.id) // refuses one that is not there
      await terminateContract(context.contracts, request.params.id, 'merchant', operator.name)
      return viewContractFor(context, request.params.id)
    },
  )

  server.post(
    '/console/api/contracts/:id/resolution',
    { schema: { params: ById, body: Nothing } },
    async (request): Promise<ConsoleContractView> => {
      const operator = guard.require(request, 'operator')
      await resolveContract(context.contracts, request.params.id, operator.name)
      return viewContractFor(context, request.params.id)
    },
  )

  server.post(
    '/console/api/approvals/:id',
    { schema: { params: ById, body: Decide } },
    async (request): Promise<ActionResult> =>
      decide(context, guard.require(request, 'operator'), request.params.id, request.body.allowed),
  )

  server.post(
    '/console/api/approvals/:id/withdrawal',
    { schema: { params: ById, body: Nothing } },
    async (request): Promise<ActionResult> =>
      withdraw(context, guard.require(request, 'operator'), request.params.id),
  )

  server.post(
    '/console/api/keys/:id/revoke',
    { schema: { params: ById, body: Nothing } },
    async (request): Promise<Record<string, never>> => {
      const operator = guard.require(request, 'admin')
      await audited(
        context.database,
        async (db) => {
          if (!(await revokeKey(db, request.params.id))) throw new Refusal('not_found')
        },
        () => ({ author: operator.name, action: 'key.revoke', subject: request.params.id }),
      )
      return {}
    },
  )
}
