import { ledger } from '../../sandbox/gateway/ledger.ts'
import type { Simulation } from './world.ts'

export const merchantOf = ({ environment }: Simulation): string =>
  environment.parts.settings.merchants[0] as string

/** An order in our database. */
export type Row = {
  order_id: string
  kind: string
  state: string
  needs_review: boolean
  waits_for: string | null
  amount_fen: number
  contract_code: string
  merchant_order_no: string
  due_at: Date | null
  reason: string | null
  review_reason: string | null
  /** of a refund or cancel: its charge */
  charge_ref: string | null
}

export const readOrders = async (world: Simulation): Promise<Row[]> =>
  (
    await world.environment.lines.look.query<Row>(
      `select c.order_id, 'charge' as kind, c.state, needs_review, waits_for, amount_fen, merchant_order_no, due_at, reason, review_reason, null as charge_ref,
     (select contract_code from contracts k where k.id = c.contract_ref) as contract_code from charges c
   union all select r.order_id, r.kind, r.state, r.needs_review, r.waits_for, r.amount_fen, '', r.due_at, r.reason, r.review_reason, r.charge_ref, '' from refunds r`,
    )
  ).rows

/** A break as it is stored here. */
export type Named = {
  id: string
  day: string
  kind: string
  order_id: string | null
  state: string
  amount_fen: number
}

export const readBreaks = async (world: Simulation): Promise<Named[]> =>
  (
    await world.environment.lines.look.query<Named>(
      `select b.id, s.day, b.kind, b.order_id, b.state, b.amount_fen from reconciliation_breaks b join statements s on s.id = b.statement_id order by b.id`,
    )
  ).rows

/** What was paid: UnionPay's ledger, and the additional claims of its statement, which is final. */
export function paidOrders(world: Simulation): Set<string> {
  const { plants, orders } = world.environment.parts
  const claimed = plants
    .all()
    .flatMap((plant) =>
      plant.kind === 'state' &&
      orders.byOrderId(merchantOf(world), plant.order_id)?.state !== 'succeeded'
        ? [plant.order_id]
        : [],
    )
  return new Set([...ledger(world.environment.parts).map(({ order_id }) => order_id), ...claimed])
}
