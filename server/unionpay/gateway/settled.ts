import type { Fields } from './message.ts'

/**
 * What UnionPay adds once a transaction is through (ACP §5, §6.1). Numbers stay text except amounts
 * in fen.
 */
export type Settled = {
  query_id: string | null
  settle_amount_fen: number | null
  settle_currency: string | null
  /** MMDD, without a year; not to be derived from txnTime (ACP §5) */
  settle_date: string | null
  trace_no: string | null
  /** MMDDhhmmss */
  trace_time: string | null
  /** as it came: absent, masked, plain or encrypted (ACP §8); see maskAccount */
  account: string | null
}

export function readSettled(fields: Fields): Settled {
  const matching = (name: string, form: RegExp): string | null =>
    form.test(fields[name] ?? '') ? (fields[name] ?? null) : null
  const settle_amount = matching('settleAmt', /^\d{1,12}$/)
  return {
    query_id: matching('queryId', /^[0-9A-Za-z]{1,32}$/),
    settle_amount_fen: settle_amount === null ? null : Number(settle_amount),
    settle_currency: matching('settleCurrencyCode', /^[0-9A-Za-z]{3}$/),
    settle_date: matching('settleDate', /^\d{4}$/),
    trace_no: matching('traceNo', /^\d{1,12}$/),
    trace_time: matching('traceTime', /^\d{10}$/),
    account: fields.accNo || null,
  }
}
