import type { Installation } from './installation.ts'
import type { Intent, Merchant } from './merchant.ts'
import { read } from './settling.ts'

/**
 * What is wrong, in words. `lost`: acknowledged and missing; `double`: booked twice; `wrong`: any
 * other broken invariant.
 */
export type Findings = {
  lost: string[]
  double: string[]
  wrong: string[]
  /** orders that failed because they were never sent */
  never_left: number
  in_manual_review: number
}
type Row = {
  order_id: string
  kind: 'charge' | 'refund'
  state: string
  needs_review: boolean
  waits_for: string | null
  merchant_order_no: string
  amount_fen: number
  charge: string
  never_left: boolean
}

const rows_sql = `select order_id, 'charge' as kind, state, needs_review, waits_for, merchant_order_no, amount_fen::int, order_id as charge, sent_at is null as never_left from charges
  union all select r.order_id, r.kind, r.state, r.needs_review, r.waits_for, c.merchant_order_no, r.amount_fen::int, r.charge_ref, r.sent_at is null from refunds r join charges c on c.order_id = r.charge_ref`
const asked_again = 5

/**
 * Compares the merchant's acknowledged results with our database, and our database with UnionPay's
 * ledger. Call it when nothing is in progress.
 */
export async function checkBooks(at: Installation, merchant: Merchant): Promise<Findings> {
  const rows = new Map((await read<Row>(at, rows_sql)).map((row) => [row.order_id, row]))
  const found: Findings = {
    lost: [],
    double: [],
    wrong: [],
    never_left: [...rows.values()].filter(({ never_left }) => never_left).length,
    in_manual_review: [...rows.values()].filter(({ waits_for }) => waits_for === 'manual_review')
      .length,
  }
  findLost(merchant.intents, rows, found)
  await findBooked(at, rows, found)
  for (const intent of merchant.intents.slice(-asked_again)) {
    const again = await merchant.repeat(intent)
    if (again !== intent.order_id)
      found.lost.push(`${intent.kind} ${intent.order_id} is ${again} when it is repeated`)
  }
  for (const { merchant: number, violations, last_reason } of (await at.gateway.view()).merchants) {
    if (violations > 0)
      found.wrong.push(
        `the referee holds ${violations} violations against ${number}: ${last_reason}`,
      )
  }
  return found
}

function findLost(intents: readonly Intent[], rows: Map<string, Row>, found: Findings): void {
  const known = new Set<string>()
  for (const { kind, order_id, merchant_order_no, amount_fen } of intents) {
    const row = rows.get(order_id ?? '')
    if (
      !row ||
      row.kind !== kind ||
      row.merchant_order_no !== merchant_order_no ||
      row.amount_fen !== amount_fen
    )
      found.lost.push(`${kind} ${order_id} for ${merchant_order_no}`)
    if (known.has(order_id ?? '')) found.wrong.push(`${order_id} was returned for two intents`)
    known.add(order_id ?? '')
  }
  for (const { order_id } of rows.values())
    if (!known.has(order_id)) found.wrong.push(`${order_id} is in the books and nobody wanted it`)
}

async function findBooked(
  at: Installation,
  rows: Map<string, Row>,
  found: Findings,
): Promise<void> {
  const ledger = await at.gateway.ledger()
  const times = new Map<string, number>()
  const given_fen = new Map<string, number>()
  for (const { order_id, kind, amount_fen } of ledger) {
    const row = rows.get(order_id)
    if (!row) found.wrong.push(`UnionPay booked ${kind} ${order_id}, which we do not know`)
    else if (row.state !== 'succeeded' || row.amount_fen !== amount_fen)
      found.wrong.push(`UnionPay booked ${kind} ${order_id}, which is ${row.state} here`)
    const what =
      kind === 'charge' && row ? `charge for ${row.merchant_order_no}` : `${kind} ${order_id}`
    times.set(what, (times.get(what) ?? 0) + 1)
    if (kind !== 'charge' && row)
      given_fen.set(row.charge, (given_fen.get(row.charge) ?? 0) + amount_fen)
  }
  for (const [what, n] of times) if (n > 1) found.double.push(`${what}: ${n} times`)
  const booked = new Set(ledger.map(({ order_id }) => order_id))
  for (const { order_id, kind, state, needs_review, never_left, amount_fen } of rows.values()) {
    if (state === 'succeeded' && !booked.has(order_id))
      found.wrong.push(`${kind} ${order_id} is called paid and was never booked`)
    if (never_left && state !== 'failed')
      found.wrong.push(`${kind} ${order_id} never left and is ${state}`)
    if (needs_review)
      found.wrong.push(`${kind} ${order_id} needs manual review although nothing contradicts it`)
    if (kind === 'charge' && (given_fen.get(order_id) ?? 0) > amount_fen)
      found.double.push(`more was given back than ${order_id} took`)
  }
}
