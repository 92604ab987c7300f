import type { Parts } from '../../parts.ts'
import { clearingDay } from '../clearing-day.ts'
import { fields, optional, passedOn } from '../fields.ts'
import type { Order } from '../order.ts'
import { result, type Result } from '../result.ts'
import { refuseOriginal } from '../spec.ts'
import type { MoneyTransaction } from '../transaction.ts'
import { findOriginal } from './original.ts'

/**
 * 消费撤销 31/00: the whole charge, on its clearing day only, never beside a refund (acp-gateway
 * §7.1).
 */
export const cancel: MoneyTransaction = {
  name: 'cancel',
  fields: [
    fields.channelType,
    fields.orderId,
    fields.txnAmt,
    optional(fields.currencyCode),
    fields.backUrl,
    ...passedOn,
  ],
  refuse: refuseOriginal,
  judge(parts, request) {
    const found = findOriginal(parts, request)
    const original = 'original' in found ? found.original : null
    const order = {
      kind: 'cancel' as const,
      amount_fen: Number(request.txnAmt),
      contract_id: original?.contract_id ?? null,
      original: original?.position ?? null,
      request,
    }
    return {
      order,
      refusal:
        'refusal' in found ? found.refusal : refuseCancel(parts, found.original, order.amount_fen),
    }
  },
}

function refuseCancel(parts: Parts, original: Order, amount_fen: number): Result | null {
  const { cancel_allowed, clearing_day_ends } = parts.switches.read()
  if (!cancel_allowed) return result('32', '该产品不支持消费撤销', 'right')
  const given = parts.orders.givenBack(original.position)
  if (given.cancels > 0 || given.refunds > 0) return result('45', '', 'original')
  if (amount_fen !== original.amount_fen)
    return result('36', '撤销金额与原交易金额不同', 'original')
  return clearingDay(parts.clock.nowMs(), clearing_day_ends) === original.clearing_day
    ? null
    : result('35', '只能在原交易的清算日内撤销', 'original')
}
