import type { ChargesContext } from './context.ts'

/** What `sending` gives, or the order as accepted when that takes longer than the caller should wait. Sending goes on then. */
export async function withinWait<Order extends { order_id: string }>(
  { wait_ms, log }: Pick<ChargesContext, 'wait_ms' | 'log'>, accepted: Order, sending: Promise<Order>,
): Promise<Order> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<Order>((resolve) => {
    timer = setTimeout(() => resolve(accepted), wait_ms)
  })
  const sent = sending.catch((error: unknown) => {
    // Accepted is accepted: whatever broke on our side, the order is there and is queried.
    log.error({ err: error, order_id: accepted.order_id }, 'sending broke off; the order is queried')
    return accepted
  })
  try {
    return await Promise.race([sent, patience])
  } finally {
    clearTimeout(timer)
  }
}
