import { success } from '../answer.ts'
import { findUser, refuseCaller } from '../callers.ts'
import { fields } from '../fields.ts'
import type { Interface } from '../interface.ts'

/**
 * 未完成订单查询 (open platform §5.5): the number of a user's unfinished orders, not the contract's
 * status.
 */
export const contractStatus: Interface = {
  name: 'contract.status',
  fields: [fields.appId, fields.backendToken, fields.openId],
  answer(parts, request) {
    const refusal = refuseCaller(parts, request)
    if (refusal) return refusal
    const found = findUser(parts, request.openId ?? '')
    if ('refusal' in found) return found.refusal
    return success({
      enable: found.user.unfinished_orders ?? parts.switches.read().unfinished_orders,
    })
  },
}
