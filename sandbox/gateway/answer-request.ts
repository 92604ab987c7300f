import type { Sent } from '../open-platform/effects.ts'
import type { Parts } from '../parts.ts'
import { acceptOrder } from './accept-order.ts'
import { checkRequest } from './check-request.ts'
import { play, sealSaying, type Saying } from './effects.ts'
import { meantContract } from './find-contract.ts'
import { readForm, writeAnswer, type Message } from './message.ts'
import { result } from './result.ts'
import type { GatewayEffect } from './rules.ts'
import type { Transaction } from './transaction.ts'

export type Answered = {
  sent: Sent
  request: Message | null
  kind: string
  user_id: string | null
  rule: string | null
  /** a money request that passed the checks: the referee records when it ends */
  paced: boolean
}

/**
 * Handles one request at one of the two addresses: field table, signature, matching rule, then the
 * transaction.
 */
export async function answerRequest(
  parts: Parts,
  address: string,
  content_type: string,
  body: string,
): Promise<Answered> {
  const request = content_type.startsWith('application/x-www-form-urlencoded')
    ? readForm(body)
    : null
  const echo = echoOf(request ?? {})
  const refuse = (saying: Saying, kind: string): Answered => ({
    sent: {
      kind: 'answer',
      status: 200,
      type: 'text/plain; charset=utf-8',
      body: writeAnswer(sealSaying(parts, echo, saying)),
    },
    request,
    kind,
    user_id: null,
    rule: null,
    paced: false,
  })
  if (!request)
    return refuse(
      { ...result('10', '报文不是 application/x-www-form-urlencoded', 'format'), fields: {} },
      'unreadable',
    )
  const checked = checkRequest(parts, address, request)
  if ('refusal' in checked) return refuse({ ...checked.refusal, fields: {} }, checked.kind)
  const { transaction } = checked
  const met = meet(parts, transaction, request)
  const sent = await play(parts, met.effect, echo, () =>
    work(parts, transaction, request, met.effect),
  )
  return {
    sent,
    request,
    kind: transaction.name,
    user_id: met.user_id,
    rule: met.rule,
    paced: 'judge' in transaction,
  }
}

function meet(
  parts: Parts,
  transaction: Transaction,
  request: Message,
): { user_id: string | null; rule: string | null; effect: GatewayEffect | null } {
  const { merId = '', orderId = '', origQryId = '', origOrderId = '' } = request
  const about =
    parts.orders.byOrderId(merId, orderId) ??
    parts.orders.byQueryId(merId, origQryId) ??
    parts.orders.byOrderId(merId, origOrderId)
  const contract = meantContract(parts, request) ?? parts.contracts.byId(about?.contract_id ?? '')
  const user_id = contract?.user_id ?? null
  const amount_fen =
    request.txnAmt === undefined ? (about?.amount_fen ?? null) : Number(request.txnAmt)
  const rule = parts.gateway_rules.take({
    transaction: transaction.name,
    order_id: orderId,
    merchant: merId,
    amount_fen,
    contract_id: contract?.contract_id ?? null,
    user_id,
  })
  return { user_id, rule: rule?.id ?? null, effect: rule?.effect ?? null }
}

const work = (
  parts: Parts,
  transaction: Transaction,
  request: Message,
  effect: GatewayEffect | null,
): Saying | Promise<Saying> =>
  'judge' in transaction
    ? acceptOrder(parts, transaction, request, effect)
    : transaction.answer(parts, request)

/** The request's fields that the answer repeats, in the merchant's spelling (acp-gateway §4.1). */
const echoed = [
  'encoding',
  'signMethod',
  'txnType',
  'txnSubType',
  'bizType',
  'accessType',
  'merId',
  'orderId',
  'txnTime',
  'txnAmt',
  'currencyCode',
  'reqReserved',
]
const echoOf = (request: Message): Message => ({
  encoding: 'UTF-8',
  signMethod: '01',
  ...Object.fromEntries(echoed.flatMap((name) => (request[name] ? [[name, request[name]]] : []))),
})
