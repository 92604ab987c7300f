import type { ChargesContext } from './context.ts'

/** What `sending` gives, or null when that takes longer than the caller should wait. Sending goes on then. */
export async function withinWait<Order>(
  { wait_ms, log }: Pick<ChargesContext, 'wait_ms' | 'log'>,
  order_id: string,
  sending: Promise<Order>,
): Promise<Order | null> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), wait_ms)
  })
  const sent = sending.catch((error: unknown) => {
    // Accepted is accepted: whatever broke on our side, the order is there and is queried.
    log.error({ err: error, order_id }, 'sending broke off; the order is queried')
    return null
  })
  try {
    return await Promise.race([sent, patience])
  } finally {
    clearTimeout(timer)
  }
}
