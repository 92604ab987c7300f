import { Malformed } from '../unionpay/statements.ts'
import type { ReconciliationContext } from './context.ts'
import { reconcileStatement, type Comparison } from './reconcile-statement.ts'

/** `applied` false: a preview. `repaired`: breaks whose repair the statement leaves no doubt about. `problem`: why there was nothing to compare. */
export type DayResult = {
  problem: string | null
  compared: Comparison | null
  applied: boolean
  repaired: number
}

/** Fetches the statement of a day and compares it without changing anything. */
export async function previewDay(
  context: ReconciliationContext,
  merchant_no: string,
  day: string,
): Promise<DayResult> {
  const never = new AbortController().signal
  const fetched = await context.statements.fetch(merchant_no, day, never)
  const nothing = (problem: string): DayResult => ({
    problem,
    compared: null,
    applied: false,
    repaired: 0,
  })
  if (fetched.kind !== 'file') return nothing(fetched.why)
  try {
    const compared = await reconcileStatement(context, merchant_no, day, fetched.file, null, never)
    return { problem: null, compared, applied: false, repaired: 0 }
  } catch (error) {
    if (error instanceof Malformed) return nothing(error.message)
    throw error
  } finally {
    await fetched.file.close()
  }
}
