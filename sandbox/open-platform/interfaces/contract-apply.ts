import { compactBeijingTime } from '../../beijing-time.ts'
import { failure, success } from '../answer.ts'
import { findTemplate, findUser, refuseCaller } from '../callers.ts'
import { fields } from '../fields.ts'
import type { Interface } from '../interface.ts'

/**
 * 申请签约 (open platform §5.2). Signing is synchronous; a second signing of the same user and plan
 * is a40.
 */
export const contractApply: Interface = {
  name: 'contract.apply',
  fields: [
    fields.appId,
    fields.backendToken,
    fields.accessToken,
    fields.openId,
    fields.planId,
    fields.contractCode,
  ],
  answer(parts, request) {
    const { accessToken = '', openId = '', planId = '', contractCode = '' } = request
    const refusal = refuseCaller(parts, request)
    if (refusal) return refusal
    const grant = parts.access_tokens.read(accessToken)
    if (!grant) return failure('BC2127', 'accessToken 不在缓存中')
    const found = findUser(parts, openId)
    if ('refusal' in found) return found.refusal
    if (found.user.user_id !== grant.user_id)
      return failure('BC2209', 'openId 不合法：与 accessToken 不是同一用户')
    if (grant.scope !== 'upapi_contract')
      return failure('N62197', 'scope 错误：签约需要 upapi_contract')
    const template = findTemplate(parts, planId)
    if ('refusal' in template) return template.refusal
    if (grant.plan_id !== null && grant.plan_id !== planId)
      return failure('N62137', 'planId 与用户同意的签约模板不一致')
    const contract = parts.contracts.sign({
      user_id: grant.user_id,
      open_id: openId,
      plan_id: planId,
      contract_code: contractCode,
    })
    if (!contract) return failure('a40', '用户已签约')
    return success({
      contractId: contract.contract_id,
      contractCode,
      planId,
      openId,
      [parts.switches.read().time_field]: compactBeijingTime(new Date(contract.signed_at)),
    })
  },
}
