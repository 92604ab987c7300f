import type { ContractState, HistoryEntry } from '../api.ts'
import { mayBecome, type Transitions } from '../kernel/transition.ts'

/** A signing attempt and the contract it became: one row of `contracts`. Sealed values open with the cipher. */
export type Contract = {
  id: string
  user_ref: string
  wallet_ref: string | null
  plan_id: string
  contract_code: string
  contract_id_sealed: string | null
  signed_through: 'h5' | 'sdk'
  state: ContractState
  step: 'opened' | 'returned' | 'sent'
  reason: string | null
  unionpay_code: string | null
  ended_by: EndedBy | null
  needs_review: boolean
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

export type EndedBy = 'payer_here' | 'payer_in_wallet' | 'merchant' | 'unionpay'
export type Source = HistoryEntry['source']

/** `terminated` is never reopened: a new signing is a new row. */
export const transitions: Transitions<ContractState> = {
  applying: ['active', 'abandoned', 'rejected'],
  abandoned: ['active'],
  rejected: [],
  active: ['terminating', 'terminated'],
  terminating: ['terminated', 'active'],
  terminated: [],
}

export const mayContractBecome = (from: ContractState, to: ContractState): boolean => mayBecome(transitions, from, to)

/** Only an active contract may be charged: `terminating` already refuses. */
export const mayBeCharged = (contract: Contract): boolean => contract.state === 'active'

export const isLive = (contract: Contract): boolean => contract.state === 'active' || contract.state === 'terminating'

/** Apply was sent and nobody knows yet what came of it. */
export const isApplyUnderWay = (contract: Contract): boolean => contract.state === 'applying' && contract.step === 'sent'
