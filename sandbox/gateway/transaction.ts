import type { Parts } from '../parts.ts'
import type { Field } from './fields.ts'
import type { Message } from './message.ts'
import type { NewOrder } from './orders.ts'
import type { Result } from './result.ts'

/** A money transaction: its field table, and its checks before acceptance. */
export type MoneyTransaction = {
  name: 'charge' | 'refund' | 'cancel'
  fields: readonly Field[]
  refuse?(message: Message): Result | null
  /** The resulting order; carries a refusal when a business rule forbids it. */
  judge(parts: Parts, request: Message): { order: NewOrder; refusal: Result | null }
}

/** A query or download: answered at once, moves no money. */
export type Question = {
  name: 'query' | 'certificate' | 'statement'
  fields: readonly Field[]
  answer(parts: Parts, request: Message): Result & { fields: Message }
}

export type Transaction = MoneyTransaction | Question
