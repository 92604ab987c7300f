import { text, type Operation } from '../operation.ts'
import { readBeijingTime } from '../times.ts'

export type ContractApplied = { contract_id: string; operated_at: Date | null }

/**
 * 申请签约 (open platform §5.2): signs; the answer carries the contract number. `a40` = already
 * signed.
 */
export const contractApply: Operation<
  { access_token: string; open_id: string; plan_id: string; contract_code: string },
  ContractApplied
> = {
  interface: 'contract.apply',
  token: 'backendToken',
  body: (input) => ({
    accessToken: input.access_token,
    openId: input.open_id,
    planId: input.plan_id,
    contractCode: input.contract_code,
  }),
  read(params) {
    const contract_id = text(params.contractId)
    if (!contract_id || contract_id.length > 64) return null
    return { contract_id, operated_at: readBeijingTime(params.operateTime ?? params.operationTime) }
  },
}
