import { newId } from '../kernel/ids.ts'
import { changeContractIn } from '../contracts/changes.ts'
import { isLive, type Contract } from '../contracts/contract.ts'
import type { ContractsContext } from '../contracts/context.ts'
import {
  findByContractId,
  findLiveOfWallet,
  hadNumberBefore,
  livedBeside,
} from '../contracts/store.ts'
import { sweepSoon, sweepWalletSoon } from '../contracts/store-due.ts'
import { repeatableTransaction, type Queryable } from '../storage/database.ts'
import type { TerminationNotice, ValidNotice } from '../unionpay/notice.ts'
import { insertNotification, isErased, lockNamed, noteOutcome } from './store.ts'

export type NoticeOutcome =
  | 'ended'
  | 'repeat'
  | 'unknown_contract'
  | 'already_ended'
  | 'older_than_contract'
  | 'time_unreadable'
  | 'several_fit'

/** Outcomes that changed nothing and may come out otherwise when the notice is repeated. */
const unsettled: readonly NoticeOutcome[] = [
  'unknown_contract',
  'older_than_contract',
  'time_unreadable',
]

/**
 * UnionPay's clock and ours may differ by this much (open platform §2.1); a notice from further
 * ahead was misread or miswritten.
 */
const most_ahead_ms = 5 * 60_000

/**
 * Settles a verified termination notice: stored and settled in one transaction, so that the
 * acknowledgement is true. A repeat changes nothing. A notice older than the contract's signing
 * ends nothing; one that fits several ends none of them, and one with neither number nor readable
 * time may be about a contract that ended before: contract.info is asked instead.
 */
export async function receiveTermination(
  context: ContractsContext,
  reading: ValidNotice,
): Promise<NoticeOutcome> {
  const notice = withoutTimeAhead(reading.notice, context.clock.now())
  const outcome = await repeatableTransaction(context.database, async (db) => {
    await lockNamed(
      db,
      notice.contract_id && context.cipher.digest(notice.contract_id),
      notice.open_id && context.cipher.digest(notice.open_id),
    )
    const id = await insertNotification(
      db,
      {
        id: newId(context.clock, context.random),
        kind: 'termination',
        body_digest: context.cipher.digest(reading.identity),
        body_sealed: context.cipher.seal(reading.signed_text),
      },
      unsettled,
    )
    if (id === null) return 'repeat'
    const fitting = await findFitting(context, db, notice)
    const [only, another] = fitting
    const erased = only !== undefined && (await isErased(db, only.user_ref)) // the user is locked already
    const settled = await settle(context, db, fitting, notice)
    await noteOutcome(
      db,
      id,
      settled,
      only && !another
        ? { contract_ref: only.id, erased }
        : { wallet_digest: notice.open_id ? context.cipher.digest(notice.open_id) : null },
    )
    return settled
  })
  if (outcome === 'repeat') return outcome
  if (notice.unread_time !== null)
    context.log.error(
      { alarm: 'termination_time_unreadable', format: notice.unread_time },
      'a termination notice has a time that cannot be read',
    )
  return outcome
}

async function findFitting(
  context: ContractsContext,
  db: Queryable,
  notice: TerminationNotice,
): Promise<Contract[]> {
  if (notice.contract_id) {
    const contract = await findByContractId(db, context.cipher.digest(notice.contract_id))
    return contract ? [contract] : []
  }
  if (!notice.open_id) return []
  return findLiveOfWallet(
    db,
    context.cipher.digest(notice.open_id),
    notice.plan_id,
    notice.contract_code,
  )
}

async function settle(
  context: ContractsContext,
  db: Queryable,
  fitting: Contract[],
  notice: TerminationNotice,
): Promise<NoticeOutcome> {
  if (fitting.length > 1) {
    await sweepSoon(
      db,
      fitting.map((contract) => contract.id),
    )
    return 'several_fit'
  }
  const [contract] = fitting
  if (!contract) {
    await sweepTold(context, db, notice)
    return 'unknown_contract'
  }
  if (await isTimeNeeded(context, db, notice, contract)) {
    await sweepTold(context, db, notice)
    return 'time_unreadable'
  }
  const about_another = await mayBeAboutAnother(db, notice, contract)
  let outcome = 'already_ended' as NoticeOutcome
  await changeContractIn(db, contract.id, (now) => {
    if (now.state !== 'active' && now.state !== 'terminating') return null
    if (isOlder(notice, now) || about_another) {
      outcome = 'older_than_contract'
      return null
    }
    outcome = 'ended'
    return {
      to: 'terminated',
      source: 'notice',
      check_in_s: null,
      fields: {
        ended_by: now.ended_by ?? 'payer_in_wallet',
        terminated_at: notice.operated_at ?? context.clock.now(),
      },
    }
  })
  if (outcome === 'older_than_contract') await sweepTold(context, db, notice)
  return outcome
}

/**
 * Something ended, and we cannot say what: contract.info is asked about what this wallet has, also
 * about what is being signed.
 */
const sweepTold = async (
  context: ContractsContext,
  db: Queryable,
  notice: TerminationNotice,
): Promise<void> => {
  if (notice.open_id) await sweepWalletSoon(db, context.cipher.digest(notice.open_id))
}

/** Without a time, only a number that no other contract ever had says which one ended. */
const isTimeNeeded = async (
  { cipher }: ContractsContext,
  db: Queryable,
  { contract_id, operated_at }: TerminationNotice,
  contract: Contract,
): Promise<boolean> =>
  operated_at === null &&
  isLive(contract) &&
  (contract_id === null || (await hadNumberBefore(db, cipher.digest(contract_id), contract.id)))

const withoutTimeAhead = (notice: TerminationNotice, now: Date): TerminationNotice =>
  notice.operated_at !== null && notice.operated_at.getTime() > now.getTime() + most_ahead_ms
    ? { ...notice, operated_at: null, unread_time: 'in the future' }
    : notice

/** operateTime has whole seconds: a notice of the signing's own second is not older. */
const isOlder = (notice: TerminationNotice, contract: Contract): boolean =>
  notice.operated_at !== null &&
  contract.signed_at !== null &&
  notice.operated_at.getTime() < secondOf(contract.signed_at)
const secondOf = (instant: Date): number => Math.floor(instant.getTime() / 1000) * 1000

/**
 * One of the signing's own second that names no contract may be about the contract that ended in
 * that second.
 */
const mayBeAboutAnother = async (
  db: Queryable,
  { contract_id, operated_at }: TerminationNotice,
  contract: Contract,
): Promise<boolean> =>
  !contract_id &&
  operated_at !== null &&
  contract.signed_at !== null &&
  operated_at.getTime() === secondOf(contract.signed_at) &&
  livedBeside(db, contract, operated_at)
