import { longest_line } from './lines.ts'
import { UnreadLine } from './malformed.ts'

/**
 * A line of the statement in our words. Amounts in fen; `fee_fen` and `settled_fen` are signed:
 * positive comes to the merchant.
 */
export type StatementLine = {
  /**
   * `payment`: of the file of transactions (ZM) · `adjustment`: of the file of errors and disputes
   * (ZME)
   */
  kind: 'payment' | 'adjustment'
  /** our order; empty where the file names none */
  order_id: string
  /** 01 charge, 04 refund, 31 cancel; empty in adjustments */
  txn_type: string
  amount_fen: number
  fee_fen: number
  settled_fen: number
  query_id: string
  /** UnionPay's trace number and time (MMDDhhmmss), for an inquiry at UnionPay */
  trace: string
}

type Column = readonly [offset: number, length: number]

/** Byte offsets from 0 and lengths (ACP §7.2). A blank stands between two fields. */
const zm = {
  trace_no: [28, 6],
  trace_time: [35, 10],
  amount: [66, 12],
  query_id: [87, 21],
  order_id: [112, 32],
  fee: [166, 13],
  settled: [180, 13],
  txn_type: [215, 2],
  merchant: [293, 15],
} as const satisfies Record<string, Column>
/**
 * Of ZME the widths are known; its first nine fields are taken for those of ZM, which have the
 * same.
 */
const zme = { trace_no: zm.trace_no, trace_time: zm.trace_time, amount: zm.amount } as const

/**
 * Where the last field that is read ends. A line has 607 bytes (ZME: 339); one whose blanks at the
 * end were cut off by an editor or on the way has fewer and says the same.
 */
const endOf = (columns: Readonly<Record<string, Column>>): number =>
  Math.max(...Object.values(columns).map(([offset, length]) => offset + length))
const [zm_end, zme_end] = [endOf(zm), endOf(zme)]

const cut = (line: Buffer, [offset, length]: Column): string =>
  line.toString('latin1', offset, offset + length).trim()

/**
 * One line of ZM. Bytes are cut first: only what is ASCII is read. Throws UnreadLine, whose message
 * has nothing of the line's content.
 */
export function readZmLine(line: Buffer, merchant: string): StatementLine {
  checkForm(line, zm_end, zm)
  const theirs = matching(cut(line, zm.merchant), /^[0-9A-Za-z]{15}$/, 'merchant number')
  const said: StatementLine = {
    kind: 'payment',
    order_id: orderId(cut(line, zm.order_id)),
    txn_type: matching(cut(line, zm.txn_type), /^\d{2}$/, 'txnType'),
    amount_fen: Number(matching(cut(line, zm.amount), /^\d{1,12}$/, 'amount')),
    fee_fen: signed(cut(line, zm.fee), 'fee'),
    settled_fen: signed(cut(line, zm.settled), 'settled amount'),
    query_id: matching(cut(line, zm.query_id), /^[0-9A-Za-z]{0,21}$/, 'queryId'),
    trace: trace(line),
  }
  if (theirs !== merchant)
    throw new UnreadLine(`it is about another merchant number, ${theirs}`, { said })
  return said
}

/** One line of ZME: its amount and traces; no order is named in it as far as is known. */
export function readZmeLine(line: Buffer): StatementLine {
  checkForm(line, zme_end, zme)
  const amount_fen = Number(matching(cut(line, zm.amount), /^\d{1,12}$/, 'amount'))
  return {
    kind: 'adjustment',
    order_id: '',
    txn_type: '',
    amount_fen,
    fee_fen: 0,
    settled_fen: 0,
    query_id: '',
    trace: trace(line),
  }
}

const trace = (line: Buffer): string =>
  `${matching(cut(line, zm.trace_no), /^\d{0,6}$/, 'traceNo')} ${matching(cut(line, zm.trace_time), /^\d{0,10}$/, 'transmission time')}`

/**
 * Shorter, or not a blank before the fields that are read: the columns have moved. A longer line
 * has fields that came later.
 */
function checkForm(line: Buffer, end: number, columns: Readonly<Record<string, Column>>): void {
  const refuse = (why: string): never => {
    throw new UnreadLine(why, { formed: false })
  }
  if (line.length > longest_line) refuse(`it is longer than ${longest_line} bytes`)
  if (line.length < end)
    refuse(`it has ${line.length} bytes, and what is read of it ends at ${end}`)
  for (const name in columns) {
    const [offset] = columns[name] as Column
    if (line[offset - 1] !== 0x20) refuse(`there is no blank before its ${name.replace('_', ' ')}`)
  }
}

function matching(text: string, form: RegExp, what: string): string {
  if (!form.test(text)) throw new UnreadLine(`its ${what} is unreadable`)
  return text
}

/** Any printable text: another system of the merchant's may have made the order. */
const orderId = (text: string): string => matching(text, /^[\x20-\x7e]{0,32}$/, 'orderId')

/**
 * D or C and 12 digits (11 in some fields): D leaves the merchant, C comes to them; all blank or a
 * blank sign is nothing (ACP §7.2).
 */
function signed(text: string, what: string): number {
  if (text === '') return 0
  const [, sign, digits] = /^([DC]?)(\d{1,12})$/.exec(text) ?? []
  if (digits === undefined || (sign === '' && Number(digits) !== 0))
    throw new UnreadLine(`its ${what} is unreadable`)
  return sign === 'D' && Number(digits) !== 0 ? -Number(digits) : Number(digits)
}
