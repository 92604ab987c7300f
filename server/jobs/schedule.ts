import type { Job } from '../kernel/job.ts'
import { contractJobs } from '../contracts/jobs.ts'
import type { ContractsContext } from '../contracts/context.ts'
import { chargeJobs } from '../charges/jobs.ts'
import type { ChargesContext } from '../charges/context.ts'
import { refundJobs } from '../refunds/jobs.ts'
import type { ReconciliationContext } from '../reconciliation/context.ts'
import { reconciliationJobs } from '../reconciliation/jobs.ts'
import { signInJobs } from '../sign-in/jobs.ts'
import { followClock, type ReadOffset } from './follow-clock.ts'
import type { FollowingClock } from '../kernel/clock.ts'

/** All background jobs. docs/operations.md lists the same names. */
export function schedule(
  contracts: ContractsContext,
  charges: ChargesContext,
  reconciliation: ReconciliationContext,
  clock: FollowingClock,
  readOffset: ReadOffset | null,
): Job[] {
  const { database } = contracts
  return [
    ...contractJobs(contracts),
    ...chargeJobs(charges),
    ...refundJobs(charges),
    ...reconciliationJobs(reconciliation),
    ...signInJobs(database),
    ...(readOffset ? [followClock(database.pool, clock, readOffset)] : []),
  ]
}
