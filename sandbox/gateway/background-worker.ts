import type { Parts } from '../parts.ts'
import { bookDue } from './book.ts'
import { sendPaymentNotice } from './send-payment-notice.ts'

export type BackgroundWorker = { start(): void; stop(): Promise<void> }

const pollIntervalMs = 500
const mostPerRound = 32

/**
 * Books due orders and sends due notifications: on a new order, when the clock is moved, and twice
 * a second.
 */
export function createBackgroundWorker(parts: Parts): BackgroundWorker {
  const stopping = new AbortController()
  const sending = new Map<number, Promise<void>>()
  let timer: NodeJS.Timeout | null = null

  const sendDue = (): void => {
    for (const notice of parts.payment_notices.due(2 * mostPerRound)) {
      if (sending.size >= mostPerRound) return
      if (sending.has(notice.notice_id)) continue
      sending.set(
        notice.notice_id,
        sendPaymentNotice(parts, notice, stopping.signal).finally(() => {
          sending.delete(notice.notice_id)
          if (timer) sendDue()
        }),
      )
    }
  }
  const look = (): void => {
    if (!timer) return
    while (bookDue(parts) > 0);
    sendDue()
  }
  return {
    start() {
      timer = setInterval(look, pollIntervalMs).unref()
      // the answer that triggered this run is still being written and must go out first
      parts.payment_notices.onDue(() => void setImmediate(look))
      look()
    },
    async stop() {
      if (timer) clearInterval(timer)
      timer = null
      stopping.abort()
      await Promise.all(sending.values())
    },
  }
}
