import { beijingTime } from '../../beijing-time.ts'
import { failure, success } from '../answer.ts'
import { findUser, refuseCaller } from '../callers.ts'
import { fields } from '../fields.ts'
import type { Interface } from '../interface.ts'

/**
 * 申请解约 by the merchant (open platform §5.3). contractId identifies the contract; the other
 * members must belong to it.
 */
export const contractRelieve: Interface = {
  name: 'contract.relieve',
  fields: [
    fields.appId,
    fields.backendToken,
    fields.openId,
    fields.planId,
    fields.contractId,
    fields.contractCode,
  ],
  answer(parts, request) {
    const { openId = '', planId = '', contractId = '', contractCode = '' } = request
    const refusal = refuseCaller(parts, request)
    if (refusal) return refusal
    const found = findUser(parts, openId)
    if ('refusal' in found) return found.refusal
    const contract = parts.contracts.byId(contractId)
    if (!contract || contract.open_id !== openId)
      return failure('BC2214', 'contractId 不合法：该用户没有此协议')
    if (contract.plan_id !== planId) return failure('N62137', 'planId 与协议不一致')
    const { repeat_relieve_code, notice_on_relieve, time_field } = parts.switches.read()
    const ended = parts.contracts.terminate(contractId, 'merchant')
    if (!ended) return failure(repeat_relieve_code, '协议已解除')
    if (notice_on_relieve) parts.notices.announce(ended)
    return success({
      contractCode,
      planId,
      openId,
      [time_field]: beijingTime(new Date(ended.terminated_at as number)),
    })
  },
}
