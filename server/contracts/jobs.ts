import { workThrough, type Job } from '../kernel/job.ts'
import { changeContract, release_action, type Change, type Note } from './changes.ts'
import type { Contract } from './contract.ts'
import type { ContractsContext } from './context.ts'
import { resolveSigning } from './apply-contract.ts'
import { resolveTermination } from './terminate-contract.ts'
import {
  claimChecks,
  claimSweep,
  findNeverReturned,
  countSweep,
  findContract,
} from './store-due.ts'
import { askContractInfo } from './ask-contract-info.ts'
import { lastOf } from '../audit/store.ts'

const batch = 10

/** Background jobs of contracts. */
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

/**
 * Attempts that never came back become `abandoned`: nothing was signed, for apply was never sent.
 */
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

/**
 * The process died between the return and apply: the code is used up, nothing was signed, the
 * person starts again.
 */
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

/**
 * Below this many endings a day the brake never acts: one of ten contracts is already more than 1
 * %.
 */
const always_allowed = 5

/**
 * Asks contract.info about an active contract from which nothing was heard, in case its termination
 * notice was lost. Only an explicit "terminated" ends it at once; "not signed" needs a second
 * answer five minutes later. A sweep that would end more than 1 % of the active contracts in a day
 * stops, marks and alarms: then the answers are more likely wrong. It ends nothing more until an
 * operator has released it; then it counts from zero.
 */
async function sweepContract(context: ContractsContext, id: string): Promise<Contract> {
  const contract = await findContract(context.database.pool, id)
  if (!contract) throw new Error(`contract ${id} is gone`)
  if (contract.state !== 'active') return contract // ended since it was claimed
  const answer = await askContractInfo(context, contract)
  if (answer.kind === 'too_early')
    return changeContract(context.database, id, () => ({ sweep_in_s: answer.in_s }))
  if (answer.kind === 'no_answer')
    return changeContract(context.database, id, () => ({ sweep_in_s: 3600 }))
  const { status } = answer.info
  if (status === 'signed') return stillSigned(context, contract, answer.info.contract_id)
  const braked = await isBraked(context)
  return changeContract(context.database, id, (now) => {
    if (now.state !== 'active' || isTooYoung(context, now))
      return { sweep_in_s: context.info_pause_s }
    if (status === 'not_signed' && now.not_signed_at === null)
      return { fields: { not_signed_at: context.clock.now() }, sweep_in_s: context.info_pause_s }
    return braked ? mark(context, now) : end(context)
  })
}

/**
 * UnionPay's number may have become another: then charging by ours would go wrong, nothing is
 * charged, and a person has to look.
 */
async function stillSigned(
  context: ContractsContext,
  contract: Contract,
  contract_id: string | null,
): Promise<Contract> {
  const isOther =
    contract_id !== null &&
    contract.contract_id_sealed !== null &&
    context.cipher.open(contract.contract_id_sealed) !== contract_id
  if (isOther)
    context.log.error(
      { contract: contract.id, alarm: 'contract_id_differs' },
      'UnionPay names another contract_id for this wallet and plan',
    )
  return changeContract(context.database, contract.id, () => ({
    fields: {
      not_signed_at: null,
      ...(isOther
        ? { needs_review: true, number_differs: true, reason: 'contract_id_differs' }
        : {}),
    },
    sweep_in_s: context.sweep_interval_s,
  }))
}

/** UnionPay's cache may still hold an answer from before our last change. */
const isTooYoung = (context: ContractsContext, now: Contract): boolean =>
  context.clock.now().getTime() - now.changed_at.getTime() < context.info_pause_s * 1000

const end = (context: ContractsContext): Change => ({
  to: 'terminated',
  source: 'sweep',
  fields: { ended_by: 'unionpay', terminated_at: context.clock.now() },
})

function mark(context: ContractsContext, now: Contract): Note {
  context.log.error(
    { contract: now.id, alarm: 'sweep_stopped' },
    'the sweep would end more than 1 % of the contracts; it stopped and needs manual review',
  )
  return {
    fields: { needs_review: true, sweep_stopped: true, reason: 'sweep_stopped' },
    sweep_in_s: 0,
  }
}

async function isBraked(context: ContractsContext): Promise<boolean> {
  const { pool } = context.database
  const { active, ended_today, stopped } = await countSweep(
    pool,
    await lastOf(pool, release_action),
  )
  return stopped || ended_today >= Math.max(always_allowed, Math.floor(active / 100))
}
