import type { Parts } from '../../parts.ts'
import { fields, optional } from '../fields.ts'
import type { Message } from '../message.ts'
import type { Order } from '../order.ts'
import { result } from '../result.ts'
import { settledFields } from '../settled-fields.ts'
import type { Question } from '../transaction.ts'

/**
 * 交易状态查询 00/00 by the original orderId and txnTime, 00/02 by queryId (acp-gateway §6.1).
 * respCode is the result of the query, origRespCode the state of the transaction. The referee
 * checks the pace before the lookup (§6.2).
 */
export const query: Question = {
  name: 'query',
  fields: [optional(fields.orderId), optional(fields.queryId), optional(fields.reserved)],
  answer(parts, request) {
    if (request.orderId === undefined && request.queryId === undefined)
      return { ...result('13', 'orderId 缺失', 'format'), fields: {} }
    const order = findOrder(parts, request)
    const verdict = parts.referee.judge(
      request.merId ?? '',
      order?.order_id ?? request.orderId ?? request.queryId ?? '',
      order?.received_at ?? null,
    )
    if (!verdict.allowed) return { ...result('37', verdict.reason ?? '', 'frequency'), fields: {} }
    if (!order || (request.orderId !== undefined && order.txn_time !== request.txnTime))
      return { ...result('34'), fields: {} }
    return { ...result('00'), fields: stateFields(parts, order) }
  },
}

const findOrder = (parts: Parts, { merId = '', orderId, queryId = '' }: Message): Order | null =>
  orderId === undefined
    ? parts.orders.byQueryId(merId, queryId)
    : parts.orders.byOrderId(merId, orderId)

function stateFields(parts: Parts, order: Order): Message {
  const { txnType = '', txnSubType = '' } = order.request
  const original = { txnType, txnSubType, orderId: order.order_id, txnTime: order.txn_time }
  if (order.state === 'accepted') {
    const { resp_code, resp_msg } = result('05')
    return {
      ...original,
      origRespCode: resp_code,
      origRespMsg: resp_msg,
      txnAmt: String(order.amount_fen),
      currencyCode: '156',
      settleAmt: '0',
    }
  }
  return {
    ...original,
    origRespCode: order.resp_code,
    origRespMsg: order.resp_msg,
    ...settledFields(parts, order),
    issuerIdentifyMode: '0',
  }
}
