import type { ChargesContext } from '../charges/context.ts'
import type { Settings } from '../settings.ts'
import type { Statements } from '../unionpay/statements.ts'

/** What the verbs of this room work with; made once by `app`. */
export type ReconciliationContext = {
  charges: ChargesContext
  statements: Statements
  /** HH:MM, Beijing: from then on the statement of the day before is asked for */
  statement_at: string
  /**
   * agreed fee per merchant number, in hundredths of a percent; numbers without one are only
   * checked for adding up
   */
  fees: ReadonlyMap<string, number>
}

export const reconciliationContext = (
  charges: ReconciliationContext['charges'],
  statements: Statements,
  { statement_at, merchant_fees }: Pick<Settings, 'statement_at' | 'merchant_fees'>,
): ReconciliationContext => ({
  charges,
  statements,
  statement_at,
  fees: new Map(
    (merchant_fees ?? []).map(({ merchant_no, basis_points }) => [merchant_no, basis_points]),
  ),
})
