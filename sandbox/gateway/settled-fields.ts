import { constants, publicEncrypt } from 'node:crypto'
import { compactBeijingTime } from '../beijing-time.ts'
import type { Parts } from '../parts.ts'
import { clearingDay, settleDate } from './clearing-day.ts'
import type { Message } from './message.ts'
import type { Order } from './order.ts'

/**
 * The fields of a settled transaction in a notification and in the answer to a query (acp-gateway
 * §5, §6.1).
 */
export function settledFields(parts: Parts, order: Order): Message {
  const original = order.original === null ? null : parts.orders.byPosition(order.original)
  return {
    txnAmt: String(order.amount_fen),
    currencyCode: '156',
    ...(order.query_id === null
      ? {}
      : {
          queryId: order.query_id,
          settleAmt: String(order.amount_fen),
          settleCurrencyCode: '156',
          settleDate: settleDate(order.clearing_day ?? ''),
          traceNo: order.trace_no,
          traceTime: compactBeijingTime(new Date(order.received_at)).slice(4),
        }),
    ...(original?.query_id ? { origQryId: original.query_id } : {}),
    ...(order.request.reqReserved === undefined ? {} : { reqReserved: order.request.reqReserved }),
    ...accountFields(parts, order),
  }
}

/**
 * accNo by merchant configuration: absent, masked, plain, or encrypted to the merchant (acp-gateway
 * §8).
 */
function accountFields(parts: Parts, order: Order): Message {
  const form = parts.switches.read().notice_acc_no
  const merchant = parts.pki.merchant(order.merchant)
  if (order.card === null || form === 'absent' || !merchant) return {}
  const masked = `6216***********${order.card.last4}`
  const payCardType = order.card.kind === 'credit' ? '02' : '01'
  if (form === 'masked') return { accNo: masked, payCardType }
  if (form === 'plain') return { accNo: `621626100000000${order.card.last4}`, payCardType }
  const { publicKey } = merchant.certificate
  return {
    accNo: publicEncrypt(
      { key: publicKey, padding: constants.RSA_PKCS1_PADDING },
      Buffer.from(masked),
    ).toString('base64'),
    payCardType,
  }
}

/**
 * The fields of every money notification (additions B), also of a probe for an order that is not
 * yet booked or was refused at once.
 */
function withTrace(parts: Parts, order: Order): Order {
  const trace_no = order.trace_no || String(order.position % 1_000_000).padStart(6, '0')
  const received = new Date(order.received_at)
  return {
    ...order,
    trace_no,
    query_id: order.query_id ?? `${compactBeijingTime(received)}${trace_no}8`,
    clearing_day:
      order.clearing_day ??
      clearingDay(parts.clock.nowMs(), parts.switches.read().clearing_day_ends),
  }
}

/**
 * An unsigned notification (acp-gateway §5): the merchant's fields and the outcome. Never an
 * origRespCode (additions B).
 */
export function noticeFields(parts: Parts, order: Order): Message {
  const {
    encoding = 'UTF-8',
    txnType = '',
    txnSubType = '',
    bizType = '',
    accessType = '',
    signMethod = '01',
  } = order.request
  return {
    encoding,
    signMethod,
    txnType,
    txnSubType,
    bizType,
    accessType,
    merId: order.merchant,
    orderId: order.order_id,
    txnTime: order.txn_time,
    respCode: order.resp_code,
    respMsg: order.resp_msg,
    ...settledFields(parts, withTrace(parts, order)),
  }
}
