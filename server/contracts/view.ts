import type {
  AccountView,
  ContractDetailView,
  ContractView,
  HistoryEntry,
  MerchantContractDetailView,
  MerchantContractView,
  MerchantSigningView,
  SigningReason,
  SigningState,
  SigningView,
} from '../api.ts'
import { mask } from '../kernel/mask.ts'
import { planView } from '../plans/plan.ts'
import type { Catalogue } from '../plans/catalogue.ts'
import type { Cipher } from '../storage/cipher.ts'
import type { Database } from '../storage/database.ts'
import { isLive, type Contract } from './contract.ts'
import { findSignedInstead } from './store.ts'

export type Viewing = { cipher: Cipher; catalogue: Catalogue }

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

/** A contract as its payer sees it: no number of UnionPay's is whole. */
export function viewContract({ cipher, catalogue }: Viewing, contract: Contract): ContractView {
  return {
    id: contract.id,
    contract_id_masked: contract.contract_id_sealed
      ? mask(cipher.open(contract.contract_id_sealed))
      : '',
    contract_code: contract.contract_code,
    plan_id: contract.plan_id,
    plan: planView(catalogue.find(contract.plan_id), contract.plan_id),
    state: contract.state,
    signed_at: iso(contract.signed_at),
    terminated_at: iso(contract.terminated_at),
    ended_by: contract.ended_by,
    needs_review: contract.needs_review,
    signed_through: contract.signed_through,
  }
}

/** A contract as its merchant sees it: with the owner. */
export const viewOwnedContract = (viewing: Viewing, contract: Contract): MerchantContractView => ({
  ...viewContract(viewing, contract),
  user_id: contract.user_id,
})

export type ContractStory = {
  history: HistoryEntry[]
  account: AccountView
  used_today_fen: number
}

export const viewContractDetail = (
  viewing: Viewing,
  contract: Contract,
  story: ContractStory,
): ContractDetailView => ({ ...viewContract(viewing, contract), ...story })

export const viewOwnedContractDetail = (
  viewing: Viewing,
  contract: Contract,
  story: ContractStory,
): MerchantContractDetailView => ({ ...viewOwnedContract(viewing, contract), ...story })

/**
 * A signing as the result page shows it. `instead`: the attempt of another tab that was quicker;
 * what becomes of that one is the answer to this one too.
 */
function viewSigning(
  viewing: Viewing,
  contract: Contract,
  instead: Contract | null = null,
): SigningView {
  const shown = instead ?? contract
  const state = signingState(shown)
  const reason = state === 'succeeded' && instead ? 'already_signed' : shown.reason
  return {
    signing_id: contract.id,
    plan: planView(viewing.catalogue.find(contract.plan_id), contract.plan_id),
    state,
    reason: state === 'processing' ? 'outcome_unknown' : (reason as SigningReason | null),
    unionpay_code: shown.unionpay_code,
    contract: isLive(shown) || shown.state === 'terminated' ? viewContract(viewing, shown) : null,
    started_at: contract.started_at.toISOString(),
    next_check_at: state === 'processing' ? iso(shown.check_due_at) : null,
  }
}

/** The same, with the quicker attempt looked up where there was one. */
export const readSigning = async (context: Reading, contract: Contract): Promise<SigningView> =>
  viewSigning(context, contract, await findInstead(context, contract))

/** A signing as its merchant sees it: its contract with the owner. */
export async function readOwnedSigning(
  context: Reading,
  contract: Contract,
): Promise<MerchantSigningView> {
  const instead = await findInstead(context, contract)
  const signing = viewSigning(context, contract, instead)
  return {
    ...signing,
    contract: signing.contract && viewOwnedContract(context, instead ?? contract),
  }
}

type Reading = Viewing & { database: Database }

const findInstead = async ({ database }: Reading, contract: Contract): Promise<Contract | null> =>
  contract.reason === 'already_signed' ? findSignedInstead(database.pool, contract) : null

const cancelled: readonly string[] = ['wallet_error', 'returned_empty'] satisfies SigningReason[]

/** Where the person stands with this signing. */
function signingState(contract: Contract): SigningState {
  switch (contract.state) {
    case 'applying':
      return contract.step === 'opened' ? 'waiting' : 'processing'
    case 'active':
    case 'terminating':
    case 'terminated':
      return 'succeeded'
    case 'rejected':
      return 'failed'
    case 'abandoned':
      if (contract.reason === 'never_returned') return 'expired'
      return cancelled.includes(contract.reason ?? '') ? 'cancelled' : 'failed'
  }
}
