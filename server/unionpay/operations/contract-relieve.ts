import type { Operation } from '../operation.ts'
import { readBeijingTime } from '../times.ts'

/**
 * 申请解约 (open platform §5.3): ends a contract for the merchant. Both numbers are sent; which one
 * decides is not known.
 */
export const contractRelieve: Operation<
  { open_id: string; plan_id: string; contract_id: string; contract_code: string },
  { operated_at: Date | null }
> = {
  interface: 'contract.relieve',
  token: 'backendToken',
  body: (input) => ({
    openId: input.open_id,
    planId: input.plan_id,
    contractId: input.contract_id,
    contractCode: input.contract_code,
  }),
  read: (params) => ({ operated_at: readBeijingTime(params.operateTime ?? params.operationTime) }),
}
