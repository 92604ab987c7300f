import type { SandboxClock } from '../clock.ts'
import type { Database } from '../store/database.ts'
import type { Attempt, NoticeState } from '../notices/notices.ts'
import type { Message } from './message.ts'
import type { Order } from './order.ts'

export type PaymentNotice = {
  notice_id: number
  merchant: string
  order_id: string
  url: string
  /** unsigned: it is signed when it is sent */
  fields: Message
  state: NoticeState
  next_attempt_at: string | null
  attempts: Attempt[]
  acknowledgements_left: number
  created_at: string
}

/** Five sends in all, at gaps of 0, 1, 2 and 4 minutes on the sandbox clock (acp-gateway §5). */
const retryAfterMs = [0, 60_000, 120_000, 240_000]

export type PaymentNotices = {
  /**
   * Stores a notification of an order, due at `first_at`; null: withheld. It is sent until it has
   * been acknowledged `acknowledgements` times. Returns its id.
   */
  add(order: Order, fields: Message, first_at: number | null, acknowledgements: number): number
  due(limit: number): PaymentNotice[]
  byId(notice_id: number): PaymentNotice | null
  settle(notice: PaymentNotice, attempt: Attempt): void
  ofOrder(order_id: string): PaymentNotice[]
  all(): PaymentNotice[]
  onDue(listener: () => void): void
  wake(): void
}

export function createPaymentNotices(database: Database, clock: SandboxClock): PaymentNotices {
  const insert = database.prepare(
    `INSERT INTO payment_notices (merchant, order_id, url, fields, state, next_attempt_at, attempts, acknowledgements_left, created_at)
     VALUES (?, ?, ?, ?, ?, ?, '[]', ?, ?)`,
  )
  const select = (condition: string) =>
    database.prepare(`SELECT * FROM payment_notices WHERE ${condition}`)
  const due = select(
    "state = 'waiting' AND next_attempt_at <= ? ORDER BY next_attempt_at, notice_id LIMIT ?",
  )
  const byId = select('notice_id = ?')
  const ofOrder = select('order_id = ? ORDER BY notice_id')
  const all = select('TRUE ORDER BY notice_id DESC LIMIT 500')
  const update = database.prepare(
    'UPDATE payment_notices SET state = ?, next_attempt_at = ?, attempts = ?, acknowledgements_left = ? WHERE notice_id = ?',
  )
  let listener = (): void => {}
  const write = (
    order: Order,
    fields: Message,
    first_at: number | null,
    acknowledgements: number,
  ): number =>
    Number(
      insert.run(
        order.merchant,
        order.order_id,
        order.request.backUrl ?? '',
        JSON.stringify(fields),
        first_at === null ? 'withheld' : 'waiting',
        first_at,
        acknowledgements,
        clock.nowMs(),
      ).lastInsertRowid,
    )
  return {
    add: write,
    due: (limit) => due.all(clock.nowMs(), limit).map(readNotice),
    byId: (notice_id) =>
      [byId.get(notice_id)].flatMap((row) => (row ? [readNotice(row)] : []))[0] ?? null,
    settle(notice, attempt) {
      const attempts = [...notice.attempts, attempt]
      const left = notice.acknowledgements_left - (attempt.acknowledged ? 1 : 0)
      const failures = attempts.filter((one) => !one.acknowledged).length
      const wait = attempt.acknowledged ? 0 : retryAfterMs[failures - 1]
      const state: NoticeState =
        left <= 0 ? 'acknowledged' : wait === undefined ? 'given_up' : 'waiting'
      update.run(
        state,
        state === 'waiting' ? clock.nowMs() + (wait ?? 0) : null,
        JSON.stringify(attempts),
        left,
        notice.notice_id,
      )
    },
    ofOrder: (order_id) => ofOrder.all(order_id).map(readNotice),
    all: () => all.all().map(readNotice),
    onDue: (next) => void (listener = next),
    wake: () => listener(),
  }
}

function readNotice(row: Record<string, unknown>): PaymentNotice {
  const { next_attempt_at, created_at, fields, attempts, ...rest } = row
  const instant = (value: unknown): string => new Date(value as number).toISOString()
  return {
    ...(rest as Omit<PaymentNotice, 'next_attempt_at' | 'created_at' | 'fields' | 'attempts'>),
    fields: JSON.parse(fields as string) as Message,
    attempts: JSON.parse(attempts as string) as Attempt[],
    next_attempt_at: next_attempt_at === null ? null : instant(next_attempt_at),
    created_at: instant(created_at),
  }
}
