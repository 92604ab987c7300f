import { mayBecome, type Transitions } from '../kernel/transition.ts'
import type { ContractState, EndedBy, SignedThrough } from './states.ts'

export type { EndedBy, Source } from './states.ts'

/**
 * A signing attempt and the contract it became: one row of `contracts`. Sealed values open with the
 * cipher.
 */
export type Contract = {
  id: string
  user_ref: string
  /** the merchant's own id of the person; another one once the wallet is bound */
  user_id: string
  wallet_ref: string | null
  plan_id: string
  contract_code: string
  contract_id_sealed: string | null
  signed_through: SignedThrough
  state: ContractState
  step: 'opened' | 'returned' | 'sent'
  reason: string | null
  unionpay_code: string | null
  ended_by: EndedBy | null
  needs_review: boolean
  /** UnionPay names another number than ours: only a person lets go of it */
  number_differs: boolean
  /** the sweep wanted to end it and stopped: only a person lets go of it, of all at once */
  sweep_stopped: boolean
  started_at: Date
  expires_at: Date
  sent_at: Date | null
  signed_at: Date | null
  terminating_at: Date | null
  terminated_at: Date | null
  changed_at: Date
  check_due_at: Date | null
  checks: number
  not_signed_at: Date | null
  relieve_attempts: number
  sweep_due_at: Date | null
}

/** `terminated` is never reopened: a new signing is a new row. */
export const transitions: Transitions<ContractState> = {
  applying: ['active', 'abandoned', 'rejected'],
  abandoned: ['active'],
  rejected: [],
  active: ['terminating', 'terminated'],
  terminating: ['terminated', 'active'],
  terminated: [],
}

export const mayContractBecome = (from: ContractState, to: ContractState): boolean =>
  mayBecome(transitions, from, to)

/**
 * Why a contract may not be charged; null: it may. `terminating` already refuses, and so does one
 * for which UnionPay names another number than ours, until a person has compared them. The
 * statement that accepts a charge asks the same once more.
 */
export function whyNotCharged({
  state,
  number_differs,
}: Pick<Contract, 'state' | 'number_differs'>):
  | 'contract_not_active'
  | 'contract_in_review'
  | null {
  if (state !== 'active') return 'contract_not_active'
  return number_differs ? 'contract_in_review' : null
}

/**
 * What a person has to look at first: what waits for a person alone goes before what happened last.
 */
export const reviewOf = ({ number_differs, sweep_stopped, reason }: Contract): string | null =>
  sweep_stopped ? 'sweep_stopped' : number_differs ? 'contract_id_differs' : reason

export const isLive = (contract: Contract): boolean =>
  contract.state === 'active' || contract.state === 'terminating'

/** Apply was sent and nobody knows yet what came of it. */
export const isApplyUnderWay = (contract: Contract): boolean =>
  contract.state === 'applying' && contract.step === 'sent'
