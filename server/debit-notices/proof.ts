import type { Queryable } from '../storage/database.ts'
import { notice_holds_days } from '../charges/charge.ts'

type Debit = {
  order_id: string
  merchant_order_no: string
  contract: string
  plan_id: string
  amount_fen: number
  accepted_at: Date
  state: string
  notice: string | null
  kind: string | null
  announced_amount_fen: number | null
  debit_on: string | null
  announced_at: Date | null
  days_before: number | null
  way_to_cancel: string | null
  deliveries: string | null
}

const head: readonly (keyof Debit)[] = [
  'order_id',
  'merchant_order_no',
  'contract',
  'plan_id',
  'amount_fen',
  'accepted_at',
  'state',
  'notice',
  'kind',
  'announced_amount_fen',
  'debit_on',
  'announced_at',
  'days_before',
  'way_to_cancel',
  'deliveries',
]
const page = 500

/**
 * CSV, one line for each debit of these plans accepted on the Shanghai days `from` to `to`, with
 * the notice that it used and how that was sent; empty where there was none. A debit accepted
 * before notices were marked as used has the one that fits. Read page by page: memory does not grow
 * with the months.
 */
export async function* writeProof(
  db: Queryable,
  plan_ids: readonly string[],
  from: string,
  to: string,
): AsyncGenerator<string> {
  yield `${head.join(',')}\r\n`
  for (let after = ''; ;) {
    const debits = await listDebits(db, plan_ids, from, to, after)
    yield debits.map((debit) => `${head.map((name) => cell(debit[name])).join(',')}\r\n`).join('')
    if (debits.length < page) return
    after = debits.at(-1)?.order_id ?? ''
  }
}

async function listDebits(
  db: Queryable,
  plan_ids: readonly string[],
  from: string,
  to: string,
  after: string,
): Promise<Debit[]> {
  const { rows } = await db.query<Debit>(
    `select c.order_id, c.merchant_order_no, c.contract_ref as contract, c.plan_id, c.amount_fen, c.accepted_at, c.state,
            n.id as notice, n.kind, n.amount_fen as announced_amount_fen, n.debit_on, n.announced_at,
            n.debit_on - (n.announced_at at time zone 'Asia/Shanghai')::date as days_before, n.way_to_cancel,
            (select string_agg(d.channel || ' ' || to_char(d.delivered_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') || coalesce(' ' || d.proof, ''), '; ' order by d.seq)
               from debit_notice_deliveries d where d.notice_ref = n.id) as deliveries
       from charges c left join lateral (
         select * from debit_notices n
          where n.contract_ref = c.contract_ref and (n.id = c.notice_ref or (c.sent_at = '-infinity' and n.withdrawn_at is null
            and n.debit_on between c.accepted_on - $5::int and c.accepted_on and n.amount_fen >= c.amount_fen
            and not exists (select from charges e where e.contract_ref = c.contract_ref and e.order_id < c.order_id and e.state <> 'failed' and e.accepted_on >= n.debit_on)))
          order by n.debit_on desc limit 1) n on true
      where c.plan_id = any($1::text[]) and c.accepted_on between $2::date and $3::date and c.order_id > $4
      order by c.order_id limit ${page}`,
    [plan_ids, from, to, after, notice_holds_days],
  )
  return rows
}

/** Quoted where needed; a text a spreadsheet would take for a formula is led by an apostrophe. */
function cell(value: Debit[keyof Debit]): string {
  const text = value === null ? '' : value instanceof Date ? value.toISOString() : String(value)
  const safe = /^[=+\-@\t]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
