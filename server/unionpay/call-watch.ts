import type { ForeignKind } from './answer-body.ts'

/**
 * A call to UnionPay, for metrics and traces; never holds a body. `code` is UnionPay's own, null
 * where no answer came.
 */
export type OnUnionPayCall = (call: {
  /** which operation, e.g. `charge`, `query`, `contract.info` */
  operation: string
  outcome: string
  code: string | null
  /** what answered in UnionPay's place */
  foreign: ForeignKind | null
  duration_ms: number
  order_id?: string
}) => void

/** The gateway's transactions (ACP §3.6, §6, §7) in the words of our operations. */
const operations: Record<string, string> = {
  '01': 'charge',
  '04': 'refund',
  '31': 'cancel',
  '00': 'query',
  '76': 'statement',
  '95': 'certificate',
}
/**
 * What is said of a call: a sentence that an operator understands where something else answered
 * than UnionPay.
 */
export const callMessage = (usual: string, { foreign }: { foreign: ForeignKind | null }): string =>
  foreign === null ? usual : 'something answered that is no message of UnionPay’s'

export const operationOf = (txn_type: string): string => operations[txn_type] ?? 'other'
