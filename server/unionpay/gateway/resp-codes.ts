import type { PayerAdvice } from '../../api.ts'
import { resp_codes, type Kind, type QueryRuling, type RespCode } from './resp-code-table.ts'

export type { QueryRuling } from './resp-code-table.ts'

/**
 * Where a code was read. `answer`: respCode of a synchronous answer to a charge, refund or cancel.
 * `notification`: respCode of a notification. `query`: origRespCode of a query; the query's own
 * respCode is ruled on by `ruleOnQuery`.
 */
export type CodeSource = 'answer' | 'notification' | 'query'
export type Treatment = 'accepted' | 'succeeded' | 'failed' | 'unknown'

export type Ruling = {
  treatment: Treatment
  /** a person should look at it although it succeeded */
  review: boolean
  /** the contract should be checked with contract.info */
  contract_problem: boolean
  /** UnionPay asks for fewer questions */
  backs_off: boolean
  /** money may have left the payer's account although the outcome is open */
  money_moved: boolean
  /** Chinese, for the payer */
  payer: string
  /** English, for the operator */
  operator: string
}

const treatments: Record<Kind, Record<CodeSource, Treatment>> = {
  success: { answer: 'accepted', notification: 'succeeded', query: 'succeeded' },
  failed: { answer: 'failed', notification: 'failed', query: 'failed' },
  // A synchronous answer with these is open until a query; what a query or a notification says of
  // them is final (ACP §6.1)
  open_at_first: { answer: 'unknown', notification: 'failed', query: 'failed' },
  unknown: { answer: 'unknown', notification: 'unknown', query: 'unknown' },
}

const waiting = '银联正在确认这笔交易的结果，请稍后查看，不要重复支付。'
const moved = '款项可能已从您的账户扣出，银联正在核实，请不要重复支付；多扣的钱会原路退回。'

const codeOf = (code: string): RespCode =>
  (Object.hasOwn(resp_codes, code) ? resp_codes[code] : undefined) ?? unlisted(code)

/**
 * What a code means from a source (ACP §4.2, §5, §6.1). A synchronous 00 is accepted, never paid;
 * an unlisted code is unknown.
 */
export function ruleOn(source: CodeSource, code: string): Ruling {
  const row = codeOf(code)
  const treatment = treatments[row.kind][source]
  const money_moved = row.money_moved ?? false
  return {
    treatment,
    money_moved,
    review: (row.review ?? false) && treatment === 'succeeded',
    contract_problem: row.contract_problem ?? false,
    backs_off: row.query === 'backs_off',
    payer:
      treatment === 'accepted'
        ? '已提交银联，正在等待结果。'
        : treatment === 'unknown' || row.kind === 'unknown'
          ? money_moved
            ? moved
            : waiting
          : row.payer,
    operator:
      treatment === 'accepted'
        ? 'Accepted by UnionPay, not yet paid: wait for the notification.'
        : row.operator,
  }
}

/**
 * What a query's own respCode means (ACP §6.1): it tells nothing of the charge but that 34 does not
 * know it and 37 is too often.
 */
export const ruleOnQuery = (code: string): QueryRuling => codeOf(code).query ?? 'failed'

/** The payer's next step after a payment that failed with this code. */
export function adviseOn(code: string): PayerAdvice {
  const row = codeOf(code)
  return row.kind === 'failed' || row.kind === 'open_at_first' ? row.advice : 'ask_merchant'
}

const unlisted = (code: string): RespCode => ({
  kind: 'unknown',
  operator: `Code ${/^[0-9A-Za-z]{1,4}$/.test(code) ? code : '(unreadable)'} is not in UnionPay's list: the outcome is unknown; query on schedule, never charge again before it is settled.`,
})
