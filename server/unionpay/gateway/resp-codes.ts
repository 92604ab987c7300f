import { respCodes, type Kind } from './resp-code-table.ts'

/**
 * Where a code was read. `answer`: respCode of a synchronous answer to a charge, refund or cancel. `notification`: respCode of a
 * notification. `query`: origRespCode of a query; the query's own respCode is ruled on by `ruleOnQuery`.
 */
export type Door = 'answer' | 'notification' | 'query'
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

const treatments: Record<Kind, Record<Door, Treatment>> = {
  success: { answer: 'accepted', notification: 'succeeded', query: 'succeeded' },
  failed: { answer: 'failed', notification: 'failed', query: 'failed' },
  // A synchronous answer with these is open until a query; what a query or a notification says of them is final (ACP §6.1)
  open_at_first: { answer: 'unknown', notification: 'failed', query: 'failed' },
  unknown: { answer: 'unknown', notification: 'unknown', query: 'unknown' },
}

const waiting = '银联正在确认这笔交易的结果，请稍后查看，不要重复支付。'
const moved = '款项可能已从您的账户扣出，银联正在核实，请不要重复支付；多扣的钱会原路退回。'

/** What a code means at a door (ACP §4.2, §5, §6.1). A synchronous 00 is accepted, never paid; an unlisted code is unknown. */
export function ruleOn(door: Door, code: string): Ruling {
  const [kind, payer, operator] = Object.hasOwn(respCodes, code)
    ? respCodes[code as keyof typeof respCodes]
    : unlisted(code)
  const treatment = treatments[kind][door]
  const money_moved = code === '42' || code === '74' || code === '75'
  return {
    treatment,
    money_moved,
    review: code === 'A6' && treatment === 'succeeded',
    contract_problem: code === '80' || code === '89',
    backs_off: code === '37',
    payer:
      treatment === 'accepted'
        ? '已提交银联，正在等待结果。'
        : treatment === 'unknown'
          ? money_moved
            ? moved
            : waiting
          : payer,
    operator:
      treatment === 'accepted'
        ? 'Accepted by UnionPay, not yet paid: wait for the notification.'
        : operator,
  }
}

export type QueryRuling = 'answered' | 'not_found' | 'backs_off' | 'failed'

/** What a query's own respCode means (ACP §6.1): it tells nothing of the charge but that 34 does not know it and 37 is too often. */
export function ruleOnQuery(code: string): QueryRuling {
  if (code === '00') return 'answered'
  if (code === '34') return 'not_found'
  return code === '37' ? 'backs_off' : 'failed'
}

const unlisted = (code: string): readonly [Kind, string, string] => [
  'unknown',
  waiting,
  `Code ${/^[0-9A-Za-z]{1,4}$/.test(code) ? code : '(unreadable)'} is not in UnionPay's list: the outcome is unknown; query on schedule, never charge again before it is settled.`,
]
