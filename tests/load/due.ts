import { findDue } from '../../server/transactions/query-slots.ts'
import { quantiles } from './drive.ts'
import { merchant_no, type Ground } from './bench-environment.ts'
import { insertOpenOrders } from './open-orders.ts'

/** The time to select the due orders among a number of open orders. */
export type Picked = { open: number; due: number; p50_ms: number; p99_ms: number }

const picks = 300
const batch = 10

/**
 * The first statement of the job `query-charges`, at a growing number of open orders. Wall time:
 * the work is done by the database.
 */
export async function pickDue({ pool }: Ground, sizes: readonly number[]): Promise<Picked[]> {
  await pool.query('truncate charges cascade')
  const picked: Picked[] = []
  let open = 0
  for (const size of sizes) {
    const due = Math.floor(size / 100)
    await insertOpenOrders(pool, open, size - open, due - Math.floor(open / 100))
    open = size
    const took_ms: number[] = []
    for (let turn = -20; turn < picks; turn++) {
      const begun = performance.now()
      const found = await findDue(pool, 'charges', [merchant_no], batch)
      if (found.length !== Math.min(batch, due))
        throw new Error(`${found.length} orders were picked`)
      if (turn >= 0) took_ms.push(performance.now() - begun)
    }
    picked.push({ open: size, due, ...quantiles(took_ms) })
  }
  return picked
}
