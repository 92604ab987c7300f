import type { Parts } from '../../parts.ts'
import { success } from '../answer.ts'
import { findTemplate, findUser, refuseCaller } from '../callers.ts'
import { fields } from '../fields.ts'
import type { InfoParams } from '../info-answers.ts'
import type { Interface } from '../interface.ts'

/**
 * 签约关系查询 by user and plan (open platform §5.4): 1 signed, 3 terminated; the answer stays the
 * same for 5 minutes.
 */
export const contractInfo: Interface = {
  name: 'contract.info',
  fields: [fields.appId, fields.backendToken, fields.openId, fields.planId],
  answer(parts, request) {
    const { openId = '', planId = '' } = request
    const refusal = refuseCaller(parts, request)
    if (refusal) return refusal
    const found = findUser(parts, openId)
    if ('refusal' in found) return found.refusal
    const template = findTemplate(parts, planId)
    if ('refusal' in template) return template.refusal
    return success(
      parts.info_answers.answer(openId, planId, () => look(parts, openId, planId)).params,
    )
  },
}

function look(parts: Parts, open_id: string, plan_id: string): InfoParams {
  const contract = parts.contracts.currentOf(open_id, plan_id)
  if (contract)
    return {
      contractId: contract.contract_id,
      contractStatus: contract.status === 'signed' ? '1' : '3',
    }
  const { not_signed_value } = parts.switches.read()
  return not_signed_value === 'missing' ? {} : { contractId: '', contractStatus: not_signed_value }
}
