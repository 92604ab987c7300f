import { Type } from 'typebox'
import type { RefundView } from '../api.ts'
import type { ChargesContext } from '../charges/context.ts'
import { bodyDigest, readIdempotencyKey } from '../charges/idempotency.ts'
import { resolveOrder } from '../charges/resolve-order.ts'
import { AmountFen, ByOrder, Description, findCovered, Resolve } from '../charges/routes.ts'
import { viewOrder } from '../charges/view.ts'
import { Refusal } from '../errors.ts'
import type { Server } from '../http-types.ts'
import type { KeyGuard } from '../key-guard.ts'
import { createRefund } from './create-refund.ts'
import type { Refund } from './refund.ts'
import { findRefund } from './store.ts'

const strict = { additionalProperties: false }
const CreateRefund = Type.Object({ amount_fen: Type.Optional(AmountFen), description: Description }, strict)
const CreateCancel = Type.Object({ description: Description }, strict)

/** 退货 and 消费撤销, for the merchant's own systems. Without an amount all that is left of the charge is refunded. */
export function refundRoutes(server: Server, { context, keys }: { context: ChargesContext; keys: KeyGuard }): void {
  server.post('/v1/charges/:order_id/refunds', { schema: { params: ByOrder, body: CreateRefund } }, async (request, reply): Promise<RefundView> => {
    const key = await keys(request, 'refund')
    const { order_id } = await findCovered(context, request.params.order_id, key)
    const intent = { owner: key.id, verb: 'refund', key: readIdempotencyKey(request.headers['idempotency-key']), body_digest: bodyDigest(order_id, request.body) } as const
    const { amount_fen = null, description } = request.body
    const { refund, repeated } = await createRefund(context, intent, order_id, { kind: 'refund', amount_fen, description })
    void reply.status(repeated ? 200 : 201)
    return viewRefund(refund)
  })

  server.post('/v1/charges/:order_id/cancel', { schema: { params: ByOrder, body: CreateCancel } }, async (request, reply): Promise<RefundView> => {
    const key = await keys(request, 'refund')
    const { order_id } = await findCovered(context, request.params.order_id, key)
    const intent = { owner: key.id, verb: 'cancel', key: readIdempotencyKey(request.headers['idempotency-key']), body_digest: bodyDigest(order_id, request.body) } as const
    const { refund, repeated } = await createRefund(context, intent, order_id, { kind: 'cancel', amount_fen: null, description: request.body.description })
    void reply.status(repeated ? 200 : 201)
    return viewRefund(refund)
  })

  server.post('/v1/refunds/:order_id/resolution', { schema: { params: ByOrder, body: Resolve } }, async (request): Promise<RefundView> => {
    const key = await keys(request, 'resolve')
    const refund = await findRefund(context.database.pool, request.params.order_id)
    if (!refund) throw new Refusal('not_found')
    await findCovered(context, refund.charge_ref, key)
    await resolveOrder(context, 'refunds', refund.order_id, request.body)
    return viewRefund((await findRefund(context.database.pool, refund.order_id)) as Refund)
  })
}

export const viewRefund = (refund: Refund): RefundView =>
  ({ ...viewOrder(refund), charge: refund.charge_ref, kind: refund.kind, description: refund.description })
