import type { Parts } from '../../parts.ts'
import { fields, optional, passedOn } from '../fields.ts'
import type { Order } from '../order.ts'
import { result, type Result } from '../result.ts'
import { refuseOriginal } from '../spec.ts'
import type { MoneyTransaction } from '../transaction.ts'
import { findOriginal } from './original.ts'

/**
 * 退货 04/00: part of a charge or all of it, several times, never more than the charge (acp-gateway
 * §7.1).
 */
export const refund: MoneyTransaction = {
  name: 'refund',
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
      kind: 'refund' as const,
      amount_fen: Number(request.txnAmt),
      contract_id: original?.contract_id ?? null,
      original: original?.position ?? null,
      request,
    }
    return {
      order,
      refusal:
        'refusal' in found ? found.refusal : refuseRefund(parts, found.original, order.amount_fen),
    }
  },
}

function refuseRefund(parts: Parts, original: Order, amount_fen: number): Result | null {
  const given = parts.orders.givenBack(original.position)
  if (given.cancels > 0 || given.refunded_fen === original.amount_fen)
    return result('45', '', 'original')
  if (given.refunded_fen + amount_fen > original.amount_fen)
    return result('36', '退货金额合计超过原交易金额', 'original')
  const age_days = (parts.clock.nowMs() - (original.booked_at ?? 0)) / 86_400_000
  return age_days > parts.switches.read().refund_window_days
    ? result('35', '超过可退货期限', 'original')
    : null
}
