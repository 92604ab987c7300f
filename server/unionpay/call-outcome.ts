/**
 * What came of a call. `unknown` is a value, not an exception: it may have been done.
 * `code` is UnionPay's `resp`; `why` says in our words what was wrong with the answer.
 */
export type CallOutcome<Value> =
  | { kind: 'done'; value: Value }
  | { kind: 'refused'; code: string; text: string }
  | {
      kind: 'unknown'
      why: 'not_reached' | 'timeout' | 'broken_answer' | 'unlisted_code' | 'no_token'
      code: string | null
    }

export const unknown = (
  why: Extract<CallOutcome<never>, { kind: 'unknown' }>['why'],
  code: string | null = null,
): CallOutcome<never> => ({ kind: 'unknown', why, code })
