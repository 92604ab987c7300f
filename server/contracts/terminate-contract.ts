import { audited } from '../audit/store.ts'
import { Refusal } from '../errors.ts'
import type { Queryable } from '../storage/database.ts'
import type { Contract, EndedBy, Source } from './contract.ts'
import type { ContractsContext } from './context.ts'
import { changeContractIn, changeContract, type Change, type Note } from './changes.ts'
import { contractRelieve } from '../unionpay/operations/contract-relieve.ts'
import { findOpenId } from '../sign-in/store.ts'
import { askContractInfo, askLater } from './ask-contract-info.ts'
import { findContract } from './store.ts'
import type { UnfinishedView } from '../api.ts'
import { contractStatus } from '../unionpay/operations/contract-status.ts'

/**
 * Ends a contract. `terminating` is committed before contract.relieve is called: from then on
 * nothing is charged, whatever becomes of the call. `operator`: who did it by hand. A contract that
 * is already ending or ended comes back as it is. Refuses contract_not_active.
 */
export async function terminateContract(
  context: ContractsContext,
  id: string,
  ended_by: EndedBy,
  operator: string | null = null,
): Promise<Contract> {
  const source: Source = ended_by === 'merchant' ? 'merchant' : 'payer'
  let ours = false
  const end = (db: Queryable): Promise<Contract> =>
    changeContractIn(db, id, (now) => {
      if (now.state === 'terminating' || now.state === 'terminated') return null
      if (now.state !== 'active') throw new Refusal('contract_not_active')
      ours = true
      return {
        to: 'terminating',
        source,
        check_in_s: relieve_silence_s,
        fields: {
          ended_by,
          terminating_at: context.clock.now(),
          relieve_attempts: 0,
          checks: 0,
          not_signed_at: null,
          reason: null,
        },
      }
    })
  const contract = await audited(context.database, end, () =>
    ours && operator !== null
      ? { author: operator, action: 'contract.terminate', subject: id }
      : null,
  )
  if (!ours) return contract
  const relieved = await relieve(context, contract)
  // A definite refusal may mean "ended already": contract.info knows, and may be asked at once when
  // its slot is free.
  return relieved.state === 'terminating' && relieved.reason === 'relieve_refused'
    ? resolveTermination(context, id)
    : relieved
}

/** When the process dies between commit and answer, the job takes over after this time. */
const relieve_silence_s = 60

const most_relieve_attempts = 5

/**
 * After the last UnionPay is asked once a day what became of it: somebody there may have ended it.
 */
const day_s = 86_400

/**
 * Sends contract.relieve for a contract in `terminating`; asking again is harmless, so an unknown
 * outcome may repeat it.
 */
async function relieve(context: ContractsContext, contract: Contract): Promise<Contract> {
  if (contract.relieve_attempts >= most_relieve_attempts) {
    context.log.error(
      { contract: contract.id, alarm: 'relieve_exhausted' },
      'UnionPay does not end this contract; it stays closed for charges',
    )
    return changeContract(context.database, contract.id, () => ({
      fields: { needs_review: true },
      check_in_s: day_s,
    }))
  }
  await changeContract(context.database, contract.id, (now) => ({
    fields: { relieve_attempts: now.relieve_attempts + 1 },
  }))
  const outcome = await context.call(contractRelieve, {
    open_id: await findOpenId(context.database.pool, context.cipher, contract.wallet_ref as string),
    plan_id: contract.plan_id,
    contract_id: context.cipher.open(contract.contract_id_sealed as string),
    contract_code: contract.contract_code,
  })
  if (outcome.kind === 'done') {
    const terminated_at = outcome.value.operated_at ?? context.clock.now()
    return changeContract(context.database, contract.id, (now) =>
      now.state !== 'terminating'
        ? null
        : { to: 'terminated', source: 'relieve', fields: { terminated_at }, check_in_s: null },
    )
  }
  context.log.warn(
    { contract: contract.id, unionpay_code: outcome.code, outcome: outcome.kind },
    'contract.relieve did not end the contract',
  )
  return changeContract(context.database, contract.id, (now) =>
    now.state !== 'terminating'
      ? null
      : {
          fields: {
            unionpay_code: outcome.code,
            reason: outcome.kind === 'refused' ? 'relieve_refused' : 'relieve_unknown',
          },
          check_in_s: 10,
        },
  )
}

/** Asks contract.info what came of a contract.relieve that was refused or not answered. */
export async function resolveTermination(context: ContractsContext, id: string): Promise<Contract> {
  const contract = await findContract(context.database.pool, id)
  if (!contract) throw new Error(`contract ${id} is gone`)
  if (contract.state !== 'terminating')
    return changeContract(context.database, id, () => ({ check_in_s: null }))
  const answer = await askContractInfo(context, contract)
  if (answer.kind === 'too_early')
    return changeContract(context.database, id, () => ({ check_in_s: answer.in_s }))
  if (answer.kind === 'no_answer') return askLater(context, contract)
  const { status } = answer.info
  if (status === 'terminated')
    return changeContract(context.database, id, (now) => ended(context, now))
  if (status === 'not_signed')
    return changeContract(context.database, id, (now) => notSigned(context, now))
  // Still signed. After a definite refusal nothing is on its way: the contract goes on. After
  // silence relieve is sent again.
  if (contract.reason !== 'relieve_refused') return relieve(context, contract)
  return changeContract(context.database, id, (now) =>
    now.state !== 'terminating'
      ? null
      : {
          to: 'active',
          source: 'info',
          fields: { ended_by: null, reason: 'relieve_refused', not_signed_at: null, checks: 0 },
          check_in_s: null,
        },
  )
}

const ended = (context: ContractsContext, now: Contract): Change | null =>
  now.state !== 'terminating'
    ? null
    : {
        to: 'terminated',
        source: 'info',
        fields: { terminated_at: context.clock.now() },
        check_in_s: null,
      }

function notSigned(context: ContractsContext, now: Contract): Change | Note | null {
  if (now.not_signed_at !== null) return ended(context, now)
  return { fields: { not_signed_at: context.clock.now() }, check_in_s: context.info_pause_s }
}

/**
 * Orders that are not final: ours by name, UnionPay's by number. They inform before 解约; a failed
 * question is null and never blocks.
 */
export async function unfinishedOrders(
  context: ContractsContext,
  contract: Contract,
): Promise<UnfinishedView> {
  const ours = await context.unfinishedCharges(contract.id)
  if (contract.wallet_ref === null) return { ours, unionpay: null }
  const open_id = await findOpenId(context.database.pool, context.cipher, contract.wallet_ref)
  const outcome = await context.call(contractStatus, { open_id })
  return { ours, unionpay: outcome.kind === 'done' ? outcome.value.unfinished : null }
}
