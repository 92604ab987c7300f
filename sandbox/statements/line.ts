import { compactBeijingTime } from '../beijing-time.ts'
import type { Order } from '../gateway/order.ts'
import { amount, signed, unsigned_zero, writeLine, zm_widths, zme_widths } from './layout.ts'

/** One line of ZM before it is written. */
export type Line = {
  merchant: string
  order_id: string
  kind: Order['kind']
  amount_fen: number
  fee_fen: number
  query_id: string
  trace_no: string
  at: Date
  card: Order['card']
  biz_type: string
  /** of a refund or cancel */
  original: Pick<Order, 'order_id' | 'query_id' | 'trace_no' | 'received_at'> | null
  /** written instead of amount minus fee */
  settled_fen: number | null
}

const types: Record<Order['kind'], [string, string]> = {
  charge: ['01', '01'],
  refund: ['04', '00'],
  cancel: ['31', '00'],
}
const times = (at: Date): string => compactBeijingTime(at).slice(4)

/**
 * A transaction line. Only the transaction code S56 is documented, so every line carries it;
 * txnType distinguishes them.
 */
export function writeZm(line: Line): Buffer {
  const gives_back = line.kind !== 'charge'
  const settled_fen =
    line.settled_fen ??
    (gives_back ? line.fee_fen - line.amount_fen : line.amount_fen - line.fee_fen)
  const [txnType, txnSubType] = types[line.kind]
  const { original } = line
  return writeLine(zm_widths, {
    1: 'S56',
    2: '00010000',
    3: '00010000',
    4: line.trace_no,
    5: times(line.at),
    6: `621700*********${line.card?.last4 ?? '0000'}`,
    7: amount(line.amount_fen),
    8: '5411',
    9: '07',
    10: line.query_id,
    12: line.order_id,
    13: line.card?.kind === 'credit' ? '02' : '01',
    14: original?.trace_no ?? '000000',
    15: original ? times(new Date(original.received_at)) : '0000000000',
    // a charge costs a fee, and a refund returns it
    16: `${gives_back ? 'C' : 'D'}${amount(line.fee_fen)}`,
    17: signed(settled_fen),
    18: '0001',
    20: txnType,
    21: txnSubType,
    22: line.biz_type,
    27: original?.query_id ?? '',
    28: line.merchant,
    32: unsigned_zero,
    33: signed(settled_fen),
    36: unsigned_zero,
    37: unsigned_zero,
    38: unsigned_zero.slice(0, 12),
    39: '00',
    40: '0',
    41: original?.order_id ?? '',
  })
}

/**
 * An error line. The widths of its columns are published, their names are not; 1 to 9 are assumed
 * to be ZM's.
 */
export const writeZme = (line: Line): Buffer =>
  writeLine(zme_widths, {
    1: 'E74',
    2: '00010000',
    3: '00010000',
    4: line.trace_no,
    5: times(line.at),
    6: `621700*********${line.card?.last4 ?? '0000'}`,
    7: amount(line.amount_fen),
    8: '5411',
    9: '07',
  })

/** UnionPay's fee for a charge, in fen: basis points, half a fen rounded up. */
export const feeOf = (amount_fen: number, basis_points: number): number =>
  Math.floor((amount_fen * basis_points + 5_000) / 10_000)
