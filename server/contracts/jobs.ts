import type { Job } from '../kernel/job.ts'
import { changeContract } from './changes.ts'
import type { ContractsContext } from './context.ts'
import { resolveSigning } from './resolve-signing.ts'
import { resolveTermination } from './resolve-termination.ts'
import { claimChecks, claimSweep, findNeverReturned } from './store-due.ts'
import { sweepContract } from './sweep-contract.ts'

const batch = 10

/** What this room does unasked. */
export function contractJobs(context: ContractsContext): Job[] {
  return [
    { name: 'expire-signings', every_ms: 5_000, run: () => expireSignings(context) },
    { name: 'check-contracts', every_ms: 1_000, run: () => checkContracts(context) },
    { name: 'sweep-contracts', every_ms: 2_000, run: () => sweepContracts(context) },
  ]
}

/** Attempts that never came back become `abandoned`: nothing was signed, for apply was never sent. */
async function expireSignings(context: ContractsContext): Promise<number> {
  const due = await findNeverReturned(context.database.pool, batch)
  for (const { id } of due) {
    await changeContract(context.database, id, (now) => now.state !== 'applying' || now.step !== 'opened' ? null
      : { to: 'abandoned', source: 'job', fields: { reason: 'never_returned' }, check_in_s: null })
  }
  return due.length
}

async function checkContracts(context: ContractsContext): Promise<number> {
  const due = await claimChecks(context.database.pool, batch)
  for (const { id, state, step } of due) {
    if (state === 'terminating') await resolveTermination(context, id)
    else if (state === 'applying' && step === 'returned') await closeUnsent(context, id)
    else await resolveSigning(context, id)
  }
  return due.length
}

/** The process died between the return and apply: the code is used up, nothing was signed, the person starts again. */
async function closeUnsent(context: ContractsContext, id: string): Promise<void> {
  await changeContract(context.database, id, (now) => now.state !== 'applying' || now.step !== 'returned' ? null
    : { to: 'abandoned', source: 'job', fields: { reason: 'unionpay_silent' }, check_in_s: null })
}

async function sweepContracts(context: ContractsContext): Promise<number> {
  const due = await claimSweep(context.database.pool, batch)
  for (const { id } of due) await sweepContract(context, id)
  return due.length
}
