import type { Parts } from '../parts.ts'
import type { Answer } from './answer.ts'
import type { Field, Request } from './spec.ts'

/** One interface below /open/access/1.0/: its field table, and its handler for a valid request. */
export type Interface = {
  name: string
  fields: readonly Field[]
  answer(parts: Parts, request: Request): Answer
}
