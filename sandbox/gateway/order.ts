import type { Card } from '../wallet/users.ts'
import type { Message } from './message.ts'
import type { GatewayEffect } from './rules.ts'

export type OrderKind = 'charge' | 'refund' | 'cancel'

/** The rule's effect on an accepted order. */
export type Course = Pick<GatewayEffect, 'outcome' | 'notice' | 'late_failure'>

/** A money transaction in the gateway's store. Instants are milliseconds on the sandbox clock. */
export type Order = {
  position: number
  merchant: string
  order_id: string
  txn_time: string
  kind: OrderKind
  amount_fen: number
  contract_id: string | null
  /** position of the charge that a refund or cancel reverses */
  original: number | null
  query_id: string | null
  trace_no: string
  /** `accepted` is in progress: a query answers origRespCode 05 */
  state: 'accepted' | 'succeeded' | 'failed'
  resp_code: string
  resp_msg: string
  request: Message
  course: Course
  received_at: number
  /** the Beijing day whose limit it uses */
  accepted_on: string
  book_at: number | null
  booked_at: number | null
  clearing_day: string | null
  /** the card that paid or received the refund */
  card: Pick<Card, 'bank' | 'kind' | 'last4'> | null
  /** no card paid: UnionPay did (银联垫付) */
  advanced: boolean
}

export function readOrder(row: Record<string, unknown> | undefined): Order | null {
  if (!row) return null
  const { request, course, card, advanced, ...rest } = row
  return {
    ...(rest as Omit<Order, 'request' | 'course' | 'card' | 'advanced'>),
    request: JSON.parse(request as string) as Message,
    course: JSON.parse(course as string) as Course,
    card: card === null ? null : (JSON.parse(card as string) as Order['card']),
    advanced: advanced === 1,
  }
}
