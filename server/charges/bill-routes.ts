import { Type } from 'typebox'
import type { BillDetailView, BillView } from '../api.ts'
import { Refusal } from '../errors.ts'
import type { Server } from '../http-types.ts'
import type { SessionGuard } from '../session-guard.ts'
import type { Session } from '../sign-in/account.ts'
import { findContract } from '../contracts/store.ts'
import { viewBill, viewBillDetail, type RefundStory } from './bill-view.ts'
import type { ChargesContext } from './context.ts'
import { readOrderHistory } from './order-store.ts'
import { ByOrder } from './routes.ts'
import { findChargeRow, listBills } from './store.ts'

const page = 20
const ListBills = Type.Object({
  month: Type.Optional(Type.String({ pattern: '^20\\d{2}-(0[1-9]|1[0-2])$' })), cursor: Type.Optional(Type.String({ pattern: '^[0-9A-Z]{26}$' })),
}, { additionalProperties: false })

export type BillRoutes = {
  context: ChargesContext
  sessions: SessionGuard<Session>
  /** a higher room's answer: what was given back of this charge, and how that went */
  storiesOf(order_id: string): Promise<RefundStory[]>
}

/** 账单, for the person who pays: only his own, of all his contracts, newest first. */
export function billRoutes(server: Server, { context, sessions, storiesOf }: BillRoutes): void {
  const { pool } = context.database

  server.get('/api/bills', { schema: { querystring: ListBills } }, async (request, reply): Promise<{ bills: BillView[]; next_cursor: string | null }> => {
    const { account } = await sessions.require(request, reply)
    const rows = await listBills(pool, account.user_ref, request.query.month ?? null, request.query.cursor ?? null, page)
    return { bills: rows.map((row) => viewBill(context.catalogue, row)), next_cursor: rows.length === page ? (rows.at(-1)?.order_id ?? null) : null }
  })

  server.get('/api/bills/:order_id', { schema: { params: ByOrder } }, async (request, reply): Promise<BillDetailView> => {
    const { account } = await sessions.require(request, reply)
    const charge = await findChargeRow(pool, request.params.order_id)
    const contract = charge && (await findContract(pool, charge.contract_ref))
    if (!charge || contract?.user_ref !== account.user_ref) throw new Refusal('not_found')
    return viewBillDetail(context.catalogue, charge, await readOrderHistory(pool, charge.order_id), await storiesOf(charge.order_id))
  })
}
