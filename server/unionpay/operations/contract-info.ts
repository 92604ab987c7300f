import { text, type Operation } from '../operation.ts'

export type ContractInfo = {
  status: 'signed' | 'terminated' | 'not_signed'
  contract_id: string | null
}

/**
 * 签约关系查询 (open platform §5.4) by user and plan. UnionPay caches the answer for 5 minutes and
 * wants 5 minutes between two questions: only `ask-contract-info` may send it.
 */
export const contractInfo: Operation<{ open_id: string; plan_id: string }, ContractInfo> = {
  interface: 'contract.info',
  token: 'backendToken',
  body: (input) => ({ openId: input.open_id, planId: input.plan_id }),
  read(params) {
    const status = text(params.contractStatus)
    const contract_id = text(params.contractId)
    if (status === '1') return { status: 'signed', contract_id }
    if (status === '3') return { status: 'terminated', contract_id }
    if (status === null || status === '0') return { status: 'not_signed', contract_id }
    return null
  },
}
