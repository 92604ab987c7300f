import { Type, type Static } from 'typebox'
import type { BillDetailView, BillMonth, BillSummary, BillView } from '../api.ts'
import { Refusal } from '../errors.ts'
import type { Server } from '../http-types.ts'
import type { SessionGuard } from '../session-guard.ts'
import type { Session } from '../sign-in/account.ts'
import { findContract } from '../contracts/store.ts'
import { listBills, totalMonths, totalPlans, type Whose } from './store.ts'
import { summarise, viewBill, viewBillDetail, type RefundWithHistory } from './view.ts'
import type { ChargesContext } from '../charges/context.ts'
import { readOrderHistory } from '../transactions/store.ts'
import { ByOrder } from '../schemas/fields.ts'
import { findChargeRow } from '../charges/store.ts'

const page = 20

const strict = { additionalProperties: false }

const id = Type.String({ pattern: '^[0-9A-Z]{26}$' })

const form = '20\\d{2}-(0[1-9]|1[0-2])'

const month = Type.Optional(Type.String({ pattern: `^${form}$` }))

const ListBills = Type.Object(
  { month, contract: Type.Optional(id), cursor: Type.Optional(id) },
  strict,
)

const OfContract = Type.Object({ contract: Type.Optional(id) }, strict)

/** `newest` saves the page a request: it need not read first which month has bills. */
const OfMonth = Type.Object(
  {
    month: Type.Optional(Type.String({ pattern: `^(${form}|newest)$` })),
    contract: Type.Optional(id),
  },
  strict,
)

export type BillRoutes = {
  context: ChargesContext
  sessions: SessionGuard<Session>
  /**
   * answered by `refunds`, which is above this module: the refunds of this charge, with their
   * history
   */
  refundsWithHistory(order_id: string): Promise<RefundWithHistory[]>
}

const whoseBills = ({ account }: Session, asked: Static<typeof OfMonth>): Whose => ({
  user_ref: account.user_ref,
  contract: asked.contract ?? null,
  month: asked.month ?? null,
})

/** 账单, for the payer: only their own, of all their contracts or of one, newest first. */
export function billRoutes(
  server: Server,
  { context, sessions, refundsWithHistory }: BillRoutes,
): void {
  const { pool } = context.database

  server.get(
    '/api/bills',
    { schema: { querystring: ListBills } },
    async (request, reply): Promise<{ bills: BillView[]; next_cursor: string | null }> => {
      const rows = await listBills(
        pool,
        whoseBills(await sessions.require(request, reply), request.query),
        request.query.cursor ?? null,
        page + 1,
      )
      const shown = rows.slice(0, page)
      return {
        bills: shown.map((row) => viewBill(context.catalogue, row)),
        next_cursor: rows.length > page ? (shown.at(-1)?.order_id ?? null) : null,
      }
    },
  )

  server.get(
    '/api/bills/months',
    { schema: { querystring: OfContract } },
    async (request, reply): Promise<{ months: BillMonth[] }> => ({
      months: await totalMonths(
        pool,
        whoseBills(await sessions.require(request, reply), request.query),
      ),
    }),
  )

  server.get(
    '/api/bills/summary',
    { schema: { querystring: OfMonth } },
    async (request, reply): Promise<BillSummary> => {
      const asked = whoseBills(await sessions.require(request, reply), request.query)
      const of_month =
        asked.month === 'newest'
          ? {
              ...asked,
              month: (await totalMonths(pool, { ...asked, month: null }))[0]?.month ?? null,
            }
          : asked
      return summarise(context.catalogue, of_month.month ?? null, await totalPlans(pool, of_month))
    },
  )

  server.get(
    '/api/bills/:order_id',
    { schema: { params: ByOrder } },
    async (request, reply): Promise<BillDetailView> => {
      const { account } = await sessions.require(request, reply)
      const charge = await findChargeRow(pool, request.params.order_id)
      const contract = charge && (await findContract(pool, charge.contract_ref))
      if (!charge || contract?.user_ref !== account.user_ref) throw new Refusal('not_found')
      return viewBillDetail(
        context.catalogue,
        charge,
        await readOrderHistory(pool, charge.order_id),
        await refundsWithHistory(charge.order_id),
      )
    },
  )
}
