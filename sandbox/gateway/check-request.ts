import type { Parts } from '../parts.ts'
import { refuseMerchant } from './check-merchant.ts'
import { instantOf } from './clearing-day.ts'
import { envelopeFields } from './fields.ts'
import type { Message } from './message.ts'
import { result, type Result } from './result.ts'
import { refuseConditions, refuseFields } from './spec.ts'
import type { Transaction } from './transaction.ts'
import { transactions } from './transactions/index.ts'

/** Checks the envelope first, then the signature, then the fields of the transaction. */
export function checkRequest(
  parts: Parts,
  address: string,
  request: Message,
): { transaction: Transaction } | { refusal: Result; kind: string } {
  const transaction = transactions.get(`${address} ${request.txnType}/${request.txnSubType}`)
  const kind = transaction?.name ?? 'unknown'
  const refusal =
    refuseFields(envelopeFields, request) ??
    refuseConditions(request) ??
    refuseMerchant(parts.pki, request)
  if (refusal) return { refusal, kind }
  if (!transaction)
    return {
      refusal: result(
        '32',
        `txnType ${request.txnType}、txnSubType ${request.txnSubType} 不在 ${address} 受理`,
        'right',
      ),
      kind,
    }
  const wrong =
    refuseFields(transaction.fields, request) ??
    ('refuse' in transaction ? transaction.refuse?.(request) : null) ??
    refuseBizType(parts, transaction, request) ??
    refuseTime(parts, transaction, request)
  return wrong ? { refusal: wrong, kind } : { transaction }
}

const seen_biz_types = ['000000', '000201', '000301', '000501', '000802', '000902']

/**
 * Certificate and file requests use bizType 000000; refunds, cancels and queries use whatever
 * clients send (acp-gateway §6.1, additions C).
 */
function refuseBizType(
  parts: Parts,
  { name }: Transaction,
  { bizType = '' }: Message,
): Result | null {
  if (name === 'charge') return null // the merchant's right to this bizType is checked together with the contract
  const allowed =
    name === 'certificate' || name === 'statement'
      ? ['000000']
      : [...new Set([...seen_biz_types, parts.switches.read().charge_biz_type])]
  return allowed.includes(bizType)
    ? null
    : result('10', `bizType 应为 ${allowed.join(' 或 ')}`, 'format')
}

/**
 * txnTime is Beijing time at the moment of sending; a query repeats the original's (acp-gateway
 * §9).
 */
function refuseTime(parts: Parts, { name }: Transaction, { txnTime = '' }: Message): Result | null {
  const { txn_time_window_ms } = parts.switches.read()
  const instant = instantOf(txnTime)
  if (Number.isNaN(instant)) return result('10', 'txnTime 不是存在的日期', 'format')
  if (name === 'query' || txn_time_window_ms === 0) return null
  return Math.abs(parts.clock.nowMs() - instant) <= txn_time_window_ms
    ? null
    : result('10', 'txnTime 与北京时间相差过大', 'format')
}
