import type { Parts } from '../parts.ts'
import type { Order } from './order.ts'
import { result } from './result.ts'
import { noticeFields } from './settled-fields.ts'

/** The address of merchants that want no notification (acp-gateway §3.6). */
const unwanted_address = /^https?:\/\/www\.specialurl\.com(\/|$)/i
/**
 * A notification that should precede the answer is sent after this time if that attempt was lost.
 */
const fallback_delay_ms = 60_000

export type NoticeTiming = 'now' | 'late' | 'twice' | 'never' | 'before_answer'

/**
 * Queues the notification of an order's outcome. Returns its id when the caller must send it at
 * once.
 */
export function queuePaymentNotice(
  parts: Parts,
  order: Order,
  timing: NoticeTiming,
): number | null {
  const { failure_notices, payment_notice_late_ms } = parts.switches.read()
  const unwanted =
    unwanted_address.test(order.request.backUrl ?? '') ||
    (order.state === 'failed' && !failure_notices)
  const delay_ms = {
    now: 0,
    twice: 0,
    late: payment_notice_late_ms,
    before_answer: fallback_delay_ms,
    never: null,
  }[unwanted ? 'never' : timing]
  const now = parts.clock.nowMs()
  const fields = noticeFields(parts, order)
  const notice_id = parts.payment_notices.add(
    order,
    fields,
    delay_ms === null ? null : now + delay_ms,
    timing === 'twice' ? 2 : 1,
  )
  const { late_failure } = order.course
  if (late_failure && order.state === 'succeeded') {
    const { resp_code, resp_msg } = result(late_failure.resp)
    parts.payment_notices.add(
      order,
      { ...fields, respCode: resp_code, respMsg: resp_msg },
      now + late_failure.after_ms,
      1,
    )
  }
  return timing === 'before_answer' && !unwanted ? notice_id : null
}
