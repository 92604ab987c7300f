import { deliver, type Delivery } from '../notices/deliver.ts'
import type { Parts } from '../parts.ts'
import { writeForm } from './message.ts'
import type { PaymentNotice } from './payment-notices.ts'
import { signMessage } from './sign-message.ts'

/** HTTP 200 or 302 within 10 s counts as received; the body is ignored (acp-gateway §5). */
const isReceived = (delivery: Delivery): boolean =>
  delivery.status === 200 || delivery.status === 302

/**
 * Signs and sends one notification now and records the result. An attempt cut off by the sandbox's
 * own shutdown is not recorded.
 */
export async function sendPaymentNotice(
  parts: Parts,
  notice: PaymentNotice,
  signal?: AbortSignal,
): Promise<void> {
  const now = parts.clock.now()
  const sealed = signMessage(parts.pki, notice.fields, {
    version: parts.switches.read().gateway_version,
    signer: 'unionpay',
  })
  parts.signed_messages.addOfGateway('notification', sealed)
  const user_id = parts.contracts.byId(
    parts.orders.byOrderId(notice.merchant, notice.order_id)?.contract_id ?? '',
  )?.user_id
  const delivery = await deliver(
    parts.journal,
    notice.url,
    'form',
    writeForm(sealed),
    `支付通知 ${notice.order_id} ${notice.fields.respCode}`,
    { ...(user_id ? { user_id } : {}), ...(signal ? { signal } : {}) },
  )
  if (signal?.aborted) return
  parts.payment_notices.settle(notice, {
    at: now.toISOString(),
    status: delivery.status,
    body: delivery.body.slice(0, 500),
    acknowledged: isReceived(delivery),
  })
}
