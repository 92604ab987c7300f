import { clearingDay } from '../charges/charge.ts'
import { newId } from '../kernel/ids.ts'
import type { ReconciliationContext } from './context.ts'
import { addDays, fetchAt, lastFetchable, planned_days } from './statement.ts'
import { findFirstAccepted, findLastPlanned, planStatement } from './statement-store.ts'

/** Plans the statements whose morning has come, of the last week at most and of no day before the first charge. Returns how many. */
export async function planStatements({ charges, statements, statement_at }: ReconciliationContext): Promise<number> {
  const { database: { pool }, clock, random, clearing_day_ends } = charges
  const last = lastFetchable(clock.now(), statement_at)
  let planned = 0
  for (const merchant_no of statements.merchants) {
    const before = await findLastPlanned(pool, merchant_no)
    if (before !== null && before >= last) continue
    const first = await findFirstAccepted(pool)
    if (first === null) return planned
    const from = [clearingDay(first, clearing_day_ends), addDays(last, 1 - planned_days), before === null ? '' : addDays(before, 1)].toSorted().at(-1) as string
    for (let day = from; day <= last; day = addDays(day, 1)) {
      await planStatement(pool, { id: newId(clock, random), merchant_no, day, due_at: fetchAt(day, statement_at) })
      planned++
    }
  }
  return planned
}
