import type { Contract } from '../open-platform/contracts.ts'
import type { Parts } from '../parts.ts'
import type { Message } from './message.ts'
import { result, type Result } from './result.ts'
import { readTokenPayData } from './token-pay-data.ts'

/**
 * Finds the contract named by contractId or tokenPayData, the latter with trId or planId beside the
 * token; 89 or 80 when it cannot be charged.
 */
export function findContract(
  parts: Parts,
  request: Message,
): { contract: Contract } | { refusal: Result } {
  const refuse = (code: string, detail: string) => ({
    refusal: result(code, detail, code === '10' || code === '13' ? 'format' : 'contract'),
  })
  const chargeable = (contract: Contract) =>
    contract.status === 'signed' ? { contract } : refuse('80', '协议已解除')
  if (request.contractId !== undefined) {
    const named = parts.contracts.byId(request.contractId)
    return named ? chargeable(named) : refuse('89', 'contractId 不存在')
  }
  const carried = readTokenPayData(request.tokenPayData ?? '')
  if (!carried) return refuse('10', 'tokenPayData 格式不正确，应为 {token=…&trId=…&tokenType=01}')
  const { token, trId, planId, tokenType } = carried
  if (token === undefined) return refuse('13', 'tokenPayData 中 token 缺失')
  if (trId === undefined && planId === undefined) return refuse('13', 'tokenPayData 中 trId 缺失')
  if (tokenType !== undefined && tokenType !== '01')
    return refuse('10', 'tokenPayData 中 tokenType 应为 01')
  const contract = parts.contracts.byId(
    contractIdOf(token, parts.switches.read().charge_token_form),
  )
  if (!contract) return refuse('89', 'token 不存在')
  if (trId !== undefined && trId !== parts.settings.tr_id) return refuse('89', 'trId 与 token 不符')
  if (planId !== undefined && planId !== contract.plan_id)
    return refuse('89', 'planId 与 token 不符')
  return chargeable(contract)
}

/** The user whose contract a request names, whatever its state; for the journal and the rules. */
export function meantContract(parts: Parts, request: Message): Contract | null {
  if (request.contractId !== undefined) return parts.contracts.byId(request.contractId)
  const token = readTokenPayData(request.tokenPayData ?? '')?.token
  return token === undefined
    ? null
    : parts.contracts.byId(contractIdOf(token, parts.switches.read().charge_token_form))
}

const contractIdOf = (token: string, form: 'raw' | 'base64'): string =>
  form === 'raw' ? token : Buffer.from(token, 'base64').toString('utf8')
