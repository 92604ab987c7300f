import { compactBeijingTime } from '../beijing-time.ts'
import type { SandboxClock } from '../clock.ts'
import { inTransaction, type Database } from '../store/database.ts'
import { beijingDay } from './clearing-day.ts'
import type { Message } from './message.ts'
import { readOrder, type Course, type Order, type OrderKind } from './order.ts'
import type { Result } from './result.ts'

export type NewOrder = {
  kind: OrderKind
  amount_fen: number
  contract_id: string | null
  original: number | null
  request: Message
}
export type Booking = Result & {
  paid: boolean
  card: Order['card']
  advanced: boolean
  clearing_day: string
}
export type Given = { refunded_fen: number; refunds: number; cancels: number }

export type Orders = {
  accept(order: NewOrder, course: Course, book_at: number | null): Order
  /** Stored so that a query finds it; moves no money. */
  refuse(order: NewOrder, refusal: Result): void
  book(order: Order, booking: Booking): Order
  byOrderId(merchant: string, order_id: string): Order | null
  byQueryId(merchant: string, query_id: string): Order | null
  byPosition(position: number): Order | null
  /** Of every merchant, newest first: an order_id is unique per merchant only. */
  named(order_id: string): Order[]
  due(limit: number): Order[]
  /** Accepted and paid charges of a contract on a Beijing day, in fen. */
  usedOn(contract_id: string, day: string): number
  /** The sum of pending and settled refunds and cancels of a charge; failed ones do not count. */
  givenBack(original: number): Given
  /** Every order that moved money, oldest first. */
  booked(): Order[]
  latest(limit: number): Order[]
}

export function createOrders(database: Database, clock: SandboxClock): Orders {
  const insert = database.prepare(
    `INSERT INTO gateway_orders (merchant, order_id, txn_time, kind, amount_fen, contract_id, original, state, resp_code, resp_msg,
       request, course, received_at, accepted_on, book_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING *`,
  )
  const number = database.prepare(
    'UPDATE gateway_orders SET trace_no = ?, query_id = ? WHERE position = ? RETURNING *',
  )
  const settle = database.prepare(
    `UPDATE gateway_orders SET state = ?, resp_code = ?, resp_msg = ?, booked_at = ?, clearing_day = ?, card = ?, advanced = ?
     WHERE position = ? AND state = 'accepted' RETURNING *`,
  )
  const select = (condition: string) =>
    database.prepare(`SELECT * FROM gateway_orders WHERE ${condition}`)
  const byOrderId = select('merchant = ? AND order_id = ?')
  const byQueryId = select('merchant = ? AND query_id = ?')
  const byPosition = select('position = ?')
  const named = select('order_id = ? ORDER BY position DESC')
  const due = select("state = 'accepted' AND book_at <= ? ORDER BY book_at, position LIMIT ?")
  const booked = select("state = 'succeeded' ORDER BY booked_at, position")
  const latest = select('TRUE ORDER BY position DESC LIMIT ?')
  const used = database.prepare(
    `SELECT coalesce(sum(amount_fen), 0) AS fen FROM gateway_orders
     WHERE contract_id = ? AND accepted_on = ? AND kind = 'charge' AND state <> 'failed'`,
  )
  const given = database.prepare(
    `SELECT coalesce(sum(amount_fen) FILTER (WHERE kind = 'refund'), 0) AS refunded_fen, count(*) FILTER (WHERE kind = 'refund') AS refunds,
       count(*) FILTER (WHERE kind = 'cancel') AS cancels FROM gateway_orders WHERE original = ? AND state <> 'failed'`,
  )
  const write = (
    order: NewOrder,
    state: Order['state'],
    final: Result,
    course: Course,
    book_at: number | null,
  ): Order => {
    const { merId = '', orderId = '', txnTime = '' } = order.request
    const now = clock.nowMs()
    return readOrder(
      insert.get(
        merId,
        orderId,
        txnTime,
        order.kind,
        order.amount_fen,
        order.contract_id,
        order.original,
        state,
        final.resp_code,
        final.resp_msg,
        JSON.stringify(order.request),
        JSON.stringify(course),
        now,
        beijingDay(now),
        book_at,
      ),
    ) as Order
  }
  return {
    accept: (order, course, book_at) =>
      inTransaction(database, () => {
        const { position } = write(
          order,
          'accepted',
          { resp_code: '05', resp_msg: '' },
          course,
          book_at,
        )
        const trace_no = String(position % 1_000_000).padStart(6, '0')
        return readOrder(
          number.get(trace_no, `${compactBeijingTime(clock.now())}${trace_no}8`, position),
        ) as Order
      }),
    refuse: (order, refusal) => void write(order, 'failed', refusal, {}, null),
    book: (order, { paid, resp_code, resp_msg, clearing_day, card, advanced }) =>
      readOrder(
        settle.get(
          paid ? 'succeeded' : 'failed',
          resp_code,
          resp_msg,
          clock.nowMs(),
          clearing_day,
          card && JSON.stringify(card),
          advanced ? 1 : 0,
          order.position,
        ),
      ) ?? order,
    byOrderId: (merchant, order_id) => readOrder(byOrderId.get(merchant, order_id)),
    byQueryId: (merchant, query_id) => readOrder(byQueryId.get(merchant, query_id)),
    byPosition: (position) => readOrder(byPosition.get(position)),
    named: (order_id) => named.all(order_id).map((row) => readOrder(row) as Order),
    due: (limit) => due.all(clock.nowMs(), limit).map((row) => readOrder(row) as Order),
    usedOn: (contract_id, day) => used.get(contract_id, day)?.fen as number,
    givenBack: (original) => given.get(original) as Given,
    booked: () => booked.all().map((row) => readOrder(row) as Order),
    latest: (limit) => latest.all(limit).map((row) => readOrder(row) as Order),
  }
}
