import type { Parts } from '../../parts.ts'
import type { Message } from '../message.ts'
import type { Order } from '../order.ts'
import { result, type Result } from '../result.ts'

/**
 * The succeeded charge of the same merchant that origQryId, or origOrderId with origTxnTime, names;
 * otherwise 35 or 36.
 */
export function findOriginal(
  parts: Parts,
  request: Message,
): { original: Order } | { refusal: Result } {
  const { merId = '', origQryId, origOrderId, origTxnTime } = request
  const original =
    origQryId === undefined
      ? parts.orders.byOrderId(merId, origOrderId ?? '')
      : parts.orders.byQueryId(merId, origQryId)
  if (!original) return { refusal: result('35', '原交易不存在', 'original') }
  const other =
    (origOrderId !== undefined && origOrderId !== original.order_id) ||
    (origTxnTime !== undefined && origTxnTime !== original.txn_time)
  if (other) return { refusal: result('36', 'origOrderId 或 origTxnTime 与原交易不符', 'original') }
  if (original.kind !== 'charge' || original.state !== 'succeeded')
    return { refusal: result('35', '原交易不是成功的消费', 'original') }
  return { original }
}
