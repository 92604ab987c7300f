import type { Parts } from '../parts.ts'
import type { Field } from './fields.ts'
import type { Message } from './message.ts'
import type { NewOrder } from './orders.ts'
import type { Result } from './result.ts'

/** A money transaction: its table, and what it checks before it accepts. */
export type MoneyTransaction = {
  name: 'charge' | 'refund' | 'cancel'
  fields: readonly Field[]
  refuse?(message: Message): Result | null
  /** The order it would become; with a refusal when the rules of the business forbid it. */
  judge(parts: Parts, request: Message): { order: NewOrder; refusal: Result | null }
}

/** A question: answered at once, moves nothing. */
export type Question = {
  name: 'query' | 'certificate' | 'statement'
  fields: readonly Field[]
  answer(parts: Parts, request: Message): Result & { fields: Message }
}

export type Transaction = MoneyTransaction | Question
