import type { Expected } from '../gateway/match.ts'
import { findMismatches } from '../gateway/match.ts'
import { findContradiction } from '../gateway/message-kind.ts'
import { open, sayMismatches, type GatewayOperation, type Open } from '../gateway/operation.ts'
import { ruleOn, ruleOnQuery, type Ruling } from '../gateway/resp-codes.ts'
import { readSettled, type Settled } from '../gateway/settled.ts'
import { expectedOf, type Order } from './charge.ts'

/**
 * The original order of a charge, refund or cancel; `txn_type` its txnType, `biz_type` the
 * profile's query.bizType.
 */
export type QueryInput = Omit<Order, 'back_url' | 'req_reserved'> & {
  txn_type: string
  biz_type: string
}

/**
 * `state`: how the order stands (ruling of origRespCode). `not_found`: 34, which proves nothing
 * until the schedule is over. `backs_off`: 37. `failed`: the query itself did not work. None but
 * `state` says anything of the order.
 */
export type QueryResult =
  | { kind: 'state'; code: string; message: string; ruling: Ruling; settled: Settled }
  | { kind: 'not_found' | 'backs_off' | 'failed'; code: string; message: string }
  | Open

/**
 * 交易状态查询 00/00 with the original orderId, txnTime and merId (ACP §6.1). Only the paced query
 * may send it (ACP §6.2).
 */
export const queryCharge: GatewayOperation<QueryInput, QueryResult> = {
  path: () => '/gateway/api/queryTrans.do',
  fields: ({ merchant, order_id, txn_time, biz_type }) => ({
    kind: 'rendered',
    fields: {
      txnType: '00',
      txnSubType: '00',
      bizType: biz_type,
      merId: merchant,
      orderId: order_id,
      txnTime: txn_time,
    },
  }),
  read(answer, input) {
    const [code, message] = [answer.respCode ?? '', answer.respMsg ?? '']
    const expected: Expected = expectedOf(input, input.txn_type)
    const kind = ruleOnQuery(code)
    const other = findMismatches(answer, expected, {
      money: 'if_present',
      any_type: kind !== 'answered',
    })
    if (other.length > 0) return open('mismatch', code, sayMismatches(other))
    if (kind !== 'answered') return { kind, code, message }
    if (!answer.origRespCode) return open('broken_answer', code, 'there is no origRespCode')
    const ruling = ruleOn('query', answer.origRespCode)
    const unproved =
      ruling.treatment === 'succeeded'
        ? findMismatches(answer, expected, { money: 'required' })
        : []
    if (unproved.length > 0) return open('mismatch', answer.origRespCode, sayMismatches(unproved))
    const contradiction = findContradiction(answer, ruling.treatment)
    if (contradiction !== null) return open('mismatch', answer.origRespCode, contradiction)
    return {
      kind: 'state',
      code: answer.origRespCode,
      message: answer.origRespMsg ?? '',
      ruling,
      settled: readSettled(answer),
    }
  },
}
