import type { Static } from 'typebox'
import type { ChargeDetailView, ChargeView, RefundView } from '../api.ts'
import { Refusal } from '../errors.ts'
import type { Server } from '../http-types.ts'
import { authorOf, coversPlan, type ApiKey, type KeyGuard } from '../key-guard.ts'
import { mostOf, nextCursor } from '../schemas/paging.ts'
import type { ContractRef } from './accept-charge.ts'
import type { ChargeRow } from './charge.ts'
import type { ChargesContext } from './context.ts'
import { createCharge } from './create-charge.ts'
import { requestDigest, readIdempotencyKey } from '../transactions/idempotency.ts'
import { readOrderHistory } from '../transactions/store.ts'
import { resolveTransaction } from './resolve-transaction.ts'
import * as schemas from './route-schemas.ts'
import { findChargeRow, listCharges } from './store.ts'
import { viewCharge, viewChargeDetail } from './view.ts'

export type ChargeRoutes = {
  context: ChargesContext
  keys: KeyGuard
  /** answered by `refunds`, which is above this module: the refunds of this charge */
  refundsOf(order_id: string): Promise<RefundView[]>
}

/** 扣款, for the merchant's own systems: charge, read one, list, resolve. */
export function chargeRoutes(server: Server, { context, keys, refundsOf }: ChargeRoutes): void {
  const { pool } = context.database

  server.post(
    '/v1/charges',
    { schema: schemas.createCharge },
    async (request, reply): Promise<ChargeView> => {
      const key = await keys(request, 'charge')
      const { merchant_order_no, amount_fen, description, merchant_no } = request.body
      const intent = {
        owner: key.id,
        verb: 'charge',
        key: readIdempotencyKey(request.headers['idempotency-key']),
        body_digest: requestDigest(request.body),
      } as const
      const { charge, repeated } = await createCharge(
        context,
        key,
        intent,
        contractRefOf(request.body),
        {
          merchant_order_no,
          amount_fen,
          description,
          merchant_no,
        },
      )
      void reply.status(repeated ? 200 : 201)
      return viewCharge(charge)
    },
  )

  server.get(
    '/v1/charges',
    { schema: schemas.listCharges },
    async (request): Promise<{ charges: ChargeView[]; next_cursor: string | null }> => {
      const { plan_ids } = await keys(request, 'read')
      const { cursor, limit, needs_review, from, to, ...filter } = request.query
      const most = mostOf(limit)
      const rows = await listCharges(
        pool,
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
        charges: rows.map(viewCharge),
        next_cursor: nextCursor(rows, most, (row) => row.order_id),
      }
    },
  )

  server.post(
    '/v1/charges/:order_id/resolution',
    { schema: schemas.resolveCharge },
    async (request): Promise<ChargeDetailView> => {
      const key = await keys(request, 'resolve')
      const { order_id } = await findCovered(context, request.params.order_id, key)
      const { decision, author } = request.body
      await resolveTransaction(context, 'charges', order_id, {
        decision,
        author: authorOf(key, author),
        api_key: key.id,
      })
      return detail((await findChargeRow(pool, order_id)) as ChargeRow)
    },
  )

  server.get(
    '/v1/charges/:order_id',
    { schema: schemas.readCharge },
    async (request): Promise<ChargeDetailView> => {
      return detail(
        await findCovered(context, request.params.order_id, await keys(request, 'read')),
      )
    },
  )

  const detail = async (charge: ChargeRow): Promise<ChargeDetailView> =>
    viewChargeDetail(
      charge,
      await readOrderHistory(pool, charge.order_id),
      await refundsOf(charge.order_id),
    )
}

/** The charge, if there is one for this key. Refuses not_found. */
export async function findCovered(
  { database }: ChargesContext,
  order_id: string,
  key: ApiKey,
): Promise<ChargeRow> {
  const charge = await findChargeRow(database.pool, order_id)
  if (!charge || !coversPlan(key, charge.plan_id)) throw new Refusal('not_found')
  return charge
}

/** The contract, which the body names in exactly one way. */
function contractRefOf({
  contract_id,
  contract,
  user_id,
  plan_id,
}: Static<typeof schemas.createCharge.body>): ContractRef {
  const ways: ContractRef[] = []
  if (contract_id !== undefined) ways.push({ contract_id })
  if (contract !== undefined) ways.push({ contract })
  if (user_id !== undefined && plan_id !== undefined) ways.push({ user_id, plan_id })
  const half = (user_id === undefined) !== (plan_id === undefined)
  const [contract_named] = ways
  if (half || ways.length !== 1 || !contract_named) {
    throw new Refusal('bad_request', [
      {
        path: 'contract_id',
        problem: 'name the contract in one way: contract_id, contract, or user_id with plan_id',
      },
    ])
  }
  return contract_named
}

/** Refuses a text in the form of an instant that names none. */
export function instantOf(path: string, text: string | undefined): string | undefined {
  if (text !== undefined && Number.isNaN(Date.parse(text)))
    throw new Refusal('bad_request', [{ path, problem: 'is no instant' }])
  return text
}
