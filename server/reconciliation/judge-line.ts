import type { Outcome } from '../transactions/outcome.ts'
import type { FoundBreak } from './break.ts'
import { fitsKind, isFeeRight, type LineAmounts, type OrderKind } from './line-rules.ts'

/**
 * A line that is not simply as we have it, beside the order it names. Amounts in fen, fee and
 * settled signed.
 */
export type Deviation = LineAmounts & {
  line: number
  adjustment: boolean
  order_id: string
  txn_type: string
  query_id: string
  trace: string
  /** an earlier line of this file names the same order */
  repeated: boolean
  /** the statement of the day on which the order was cleared held it already */
  seen_before: boolean
  order_kind: OrderKind | null
  state: string | null
  our_amount_fen: number | null
  settle_on: string | null
}

/**
 * What a line means: the outcome it proves for the order, the breaks it makes, and whether it names
 * another clearing day.
 */
export type Judgement = { outcome: Outcome | null; breaks: FoundBreak[]; moves: boolean }

/**
 * Compares one line with the order it names. `fee`: agreed, in hundredths of a percent, or null.
 * Pure.
 */
export function judgeLine(line: Deviation, day: string, fee: number | null): Judgement {
  const nothing: Judgement = { outcome: null, breaks: [], moves: false }
  const breakOf = (kind: FoundBreak['kind'], key = line.order_id): FoundBreak => ({
    ...sides(line),
    kind,
    key,
    amount_fen: line.amount_fen,
  })
  const whole_key = [
    line.order_id,
    line.txn_type,
    line.query_id,
    line.order_id === '' && line.query_id === '' ? line.trace : '',
  ].join('|')
  if (line.adjustment)
    return { ...nothing, breaks: [breakOf('adjustment', `${line.trace}|${line.amount_fen}`)] }
  if (line.repeated || line.seen_before)
    return { ...nothing, breaks: [breakOf('duplicate', whole_key)] }
  if (line.order_kind === null || line.state === null)
    return { ...nothing, breaks: [breakOf('theirs_only', whole_key)] }
  const proved = { source: 'statement', query_id: line.query_id || null, settle_on: day } as const
  if (!fitsKind(line.order_kind, line.txn_type)) {
    return {
      ...nothing,
      outcome: { source: 'statement', state: 'unknown', review: 'differs_from_order' },
      breaks: [breakOf('state')],
    }
  }
  const fees = isFeeRight(line, line.order_kind, fee) ? [] : [breakOf('fee')]
  if (line.amount_fen !== line.our_amount_fen) {
    return {
      outcome: { ...proved, state: 'unknown', review: 'differs_from_order' },
      breaks: [breakOf('amount'), ...fees],
      moves: false,
    }
  }
  const states = line.state === 'failed' ? [breakOf('state')] : []
  const known = line.state === 'succeeded' && line.settle_on === day
  return {
    outcome: known ? null : { ...proved, state: 'succeeded' },
    breaks: [...states, ...fees],
    moves: line.settle_on !== null && line.settle_on !== day,
  }
}

function sides(line: Deviation): Omit<FoundBreak, 'kind' | 'key' | 'amount_fen'> {
  const {
    order_id,
    order_kind,
    query_id,
    state,
    our_amount_fen,
    settle_on,
    amount_fen,
    fee_fen,
    settled_fen,
    txn_type,
    trace,
  } = line
  return {
    order_id: order_id || null,
    order_kind: order_kind === 'cancel' ? 'refund' : order_kind,
    query_id: query_id || null,
    ours:
      state === null || our_amount_fen === null
        ? null
        : { state, amount_fen: our_amount_fen, settle_on },
    theirs: { amount_fen, fee_fen, settled_fen, txn_type, trace, line: line.line },
    unread: null,
  }
}
