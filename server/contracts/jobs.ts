import { workThrough, type Job } from '../kernel/job.ts'
import { changeContract } from './changes.ts'
import type { Contract } from './contract.ts'
import type { ContractsContext } from './context.ts'
import { resolveSigning } from './resolve-signing.ts'
import { resolveTermination } from './resolve-termination.ts'
import { claimChecks, claimSweep, findNeverReturned } from './store-due.ts'
import { sweepContract } from './sweep-contract.ts'

const batch = 10

/** What this room does unasked. */
export function contractJobs(context: ContractsContext): Job[] {
  return [
    {
      name: 'expire-signings',
      every_ms: 5_000,
      run: (stopping) => expireSignings(context, stopping),
    },
    {
      name: 'check-contracts',
      every_ms: 1_000,
      run: (stopping) => checkContracts(context, stopping),
    },
    {
      name: 'sweep-contracts',
      every_ms: 2_000,
      run: (stopping) => sweepContracts(context, stopping),
    },
  ]
}

/** Attempts that never came back become `abandoned`: nothing was signed, for apply was never sent. */
const expireSignings = async (context: ContractsContext, stopping: AbortSignal): Promise<number> =>
  each(context, await findNeverReturned(context.database.pool, batch), stopping, ({ id }) =>
    changeContract(context.database, id, (now) =>
      now.state !== 'applying' || now.step !== 'opened'
        ? null
        : {
            to: 'abandoned',
            source: 'job',
            fields: { reason: 'never_returned' },
            check_in_s: null,
          },
    ),
  )

const checkContracts = async (context: ContractsContext, stopping: AbortSignal): Promise<number> =>
  each(
    context,
    await claimChecks(context.database.pool, batch),
    stopping,
    ({ id, state, step }) => {
      if (state === 'terminating') return resolveTermination(context, id)
      return state === 'applying' && step === 'returned'
        ? closeUnsent(context, id)
        : resolveSigning(context, id)
    },
  )

/** The process died between the return and apply: the code is used up, nothing was signed, the person starts again. */
const closeUnsent = (context: ContractsContext, id: string): Promise<Contract> =>
  changeContract(context.database, id, (now) =>
    now.state !== 'applying' || now.step !== 'returned'
      ? null
      : { to: 'abandoned', source: 'job', fields: { reason: 'unionpay_silent' }, check_in_s: null },
  )

const sweepContracts = async (context: ContractsContext, stopping: AbortSignal): Promise<number> =>
  each(context, await claimSweep(context.database.pool, batch), stopping, ({ id }) =>
    sweepContract(context, id),
  )

const each = <Row extends { id: string }>(
  context: ContractsContext,
  rows: Row[],
  stopping: AbortSignal,
  work: (row: Row) => Promise<unknown>,
): Promise<number> =>
  workThrough(rows, stopping, work, (error, { id }) =>
    context.log.error(
      { err: error, contract: id },
      'a job failed on this contract; it comes due again',
    ),
  )
