/**
 * What must hold between one line of a statement and the order it names, in TypeScript for a
 * judgement and in SQL for a whole file. a differential test, line-rules.test.ts, holds the two
 * together.
 */

export type OrderKind = 'charge' | 'refund' | 'cancel'

/**
 * Lines of these types pay money back (ACP §7.1); a charge is whatever the charge profile calls it.
 */
const refund_type = '04'
const cancel_type = '31'

export const paysBack = (txn_type: string): boolean =>
  txn_type === refund_type || txn_type === cancel_type

/** Whether a kind of order is written as this type of transaction. */
export function fitsKind(kind: OrderKind, txn_type: string): boolean {
  if (kind === 'charge') return !paysBack(txn_type)
  return txn_type === (kind === 'refund' ? refund_type : cancel_type)
}

/** The same in SQL, of a line `s` and an order `o`. */
export const fitsKindSql = `case o.order_kind when 'charge' then s.txn_type not in ('${refund_type}', '${cancel_type}')
        when 'refund' then s.txn_type = '${refund_type}' else s.txn_type = '${cancel_type}' end`

export type LineAmounts = { amount_fen: number; fee_fen: number; settled_fen: number }

/**
 * settled = amount − fee (ACP §7.2), and what was agreed, give or take a fen of rounding. Lines
 * without either are not judged. `agreed`: the fee in hundredths of a percent, or null.
 */
export function isFeeRight(
  { amount_fen, fee_fen, settled_fen }: LineAmounts,
  kind: OrderKind,
  agreed: number | null,
): boolean {
  if (fee_fen === 0 && settled_fen === 0) return true
  if (settled_fen !== (kind === 'charge' ? amount_fen : -amount_fen) + fee_fen) return false
  return (
    kind !== 'charge' || agreed === null || Math.abs(-fee_fen - (amount_fen * agreed) / 10_000) <= 1
  )
}

/** The same in SQL, of a line `s` and an order `o`. */
export const isFeeRightSql = (
  agreed: number | null,
): string => `((s.fee_fen = 0 and s.settled_fen = 0)
          or (s.settled_fen = case o.order_kind when 'charge' then s.amount_fen else - s.amount_fen end + s.fee_fen
            and (o.order_kind <> 'charge' or ${agreed ?? 'null'}::int is null or abs(- s.fee_fen - s.amount_fen * ${agreed ?? 'null'}::int / 10000.0) <= 1)))`
