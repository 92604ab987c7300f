import type { RefundView } from '../api.ts'
import type { ChargesContext } from '../charges/context.ts'
import { requestDigest, readIdempotencyKey } from '../transactions/idempotency.ts'
import { resolveTransaction } from '../charges/resolve-transaction.ts'
import { findCovered, instantOf } from '../charges/routes.ts'
import { viewTransaction } from '../charges/view.ts'
import { Refusal } from '../errors.ts'
import type { Server } from '../http-types.ts'
import { authorOf, type ApiKey, type KeyGuard } from '../key-guard.ts'
import { mostOf, nextCursor } from '../schemas/paging.ts'
import { createRefund } from './create-refund.ts'
import type { Refund } from './refund.ts'
import * as schemas from './route-schemas.ts'
import { findRefund, listRefundsWhere, listRefunds } from './store.ts'
import type { RefundWithHistory } from '../bills/view.ts'
import { readOrderHistory } from '../transactions/store.ts'
import type { Queryable } from '../storage/database.ts'

/**
 * 退货 and 消费撤销, for the merchant's own systems. Without an amount all that is left of the
 * charge is refunded.
 */
export function refundRoutes(
  server: Server,
  { context, keys }: { context: ChargesContext; keys: KeyGuard },
): void {
  server.post(
    '/v1/charges/:order_id/refunds',
    { schema: schemas.createRefund },
    async (request, reply): Promise<RefundView> => {
      const key = await keys(request, 'refund')
      const { order_id } = await findCovered(context, request.params.order_id, key)
      const intent = {
        owner: key.id,
        verb: 'refund',
        key: readIdempotencyKey(request.headers['idempotency-key']),
        body_digest: requestDigest(order_id, request.body),
      } as const
      const { amount_fen = null, description } = request.body
      const { refund, repeated } = await createRefund(context, intent, order_id, {
        kind: 'refund',
        amount_fen,
        description,
      })
      void reply.status(repeated ? 200 : 201)
      return viewRefund(refund)
    },
  )

  server.post(
    '/v1/charges/:order_id/cancel',
    { schema: schemas.cancelCharge },
    async (request, reply): Promise<RefundView> => {
      const key = await keys(request, 'refund')
      const { order_id } = await findCovered(context, request.params.order_id, key)
      const intent = {
        owner: key.id,
        verb: 'cancel',
        key: readIdempotencyKey(request.headers['idempotency-key']),
        body_digest: requestDigest(order_id, request.body),
      } as const
      const { refund, repeated } = await createRefund(context, intent, order_id, {
        kind: 'cancel',
        amount_fen: null,
        description: request.body.description,
      })
      void reply.status(repeated ? 200 : 201)
      return viewRefund(refund)
    },
  )

  server.post(
    '/v1/refunds/:order_id/resolution',
    { schema: schemas.resolveRefund },
    async (request): Promise<RefundView> => {
      const key = await keys(request, 'resolve')
      const refund = await covered(request.params.order_id, key)
      const { decision, author } = request.body
      await resolveTransaction(context, 'refunds', refund.order_id, {
        decision,
        author: authorOf(key, author),
        api_key: key.id,
      })
      return viewRefund((await findRefund(context.database.pool, refund.order_id)) as Refund)
    },
  )

  server.get(
    '/v1/refunds',
    { schema: schemas.listRefunds },
    async (request): Promise<{ refunds: RefundView[]; next_cursor: string | null }> => {
      const { plan_ids } = await keys(request, 'read')
      const { cursor, limit, needs_review, from, to, ...filter } = request.query
      const most = mostOf(limit)
      const rows = await listRefundsWhere(
        context.database.pool,
        {
          ...filter,
          plan_ids,
          from: instantOf('from', from),
          to: instantOf('to', to),
          before: cursor,
          needs_review: needs_review === undefined ? undefined : needs_review === 'true',
        },
        most,
      )
      return {
        refunds: rows.map(viewRefund),
        next_cursor: nextCursor(rows, most, (row) => row.order_id),
      }
    },
  )

  server.get(
    '/v1/refunds/:order_id',
    { schema: schemas.readRefund },
    async (request): Promise<RefundView> =>
      viewRefund(await covered(request.params.order_id, await keys(request, 'read'))),
  )

  const covered = async (order_id: string, key: ApiKey): Promise<Refund> => {
    const refund = await findRefund(context.database.pool, order_id)
    if (!refund) throw new Refusal('not_found')
    await findCovered(context, refund.charge_ref, key)
    return refund
  }
}

export const viewRefund = (refund: Refund): RefundView => ({
  ...viewTransaction(refund),
  charge: refund.charge_ref,
  kind: refund.kind,
  description: refund.description,
})

/** The refunds of a charge, oldest first. */
export const refundsOf = async (db: Queryable, charge_ref: string): Promise<RefundView[]> =>
  (await listRefunds(db, charge_ref)).map(viewRefund)

/** The same with how each went. */
export async function refundsWithHistory(
  db: Queryable,
  charge_ref: string,
): Promise<RefundWithHistory[]> {
  const stories: RefundWithHistory[] = []
  for (const refund of await refundsOf(db, charge_ref))
    stories.push({ refund, history: await readOrderHistory(db, refund.order_id) })
  return stories
}
