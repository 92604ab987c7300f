import type { Contract } from '../../open-platform/contracts.ts'
import type { Parts } from '../../parts.ts'
import { beijingDay } from '../clearing-day.ts'
import { fields, optional, passedOn } from '../fields.ts'
import { findContract } from '../find-contract.ts'
import type { Message } from '../message.ts'
import { result, type Result } from '../result.ts'
import type { MoneyTransaction } from '../transaction.ts'

const common = [
  fields.channelType,
  fields.orderId,
  fields.txnAmt,
  fields.currencyCode,
  fields.backUrl,
]

/** 消费 by contract number: 01/01 with the number as token (acp-gateway §3.2, §3.6). */
export const charge: MoneyTransaction = {
  name: 'charge',
  fields: [...common, fields.tokenPayData, ...passedOn],
  judge(parts, request) {
    const found = findContract(parts, request)
    const contract = 'contract' in found ? found.contract : null
    const order = {
      kind: 'charge' as const,
      amount_fen: Number(request.txnAmt),
      contract_id: contract?.contract_id ?? null,
      original: null,
      request,
    }
    return {
      order,
      refusal:
        'refusal' in found
          ? found.refusal
          : refuseCharge(parts, request, found.contract, order.amount_fen),
    }
  },
}

/** 01/10 with the number in a field of its own (additions A). */
export const chargeByContractId: MoneyTransaction = {
  ...charge,
  fields: [
    ...common,
    fields.contractId,
    optional(fields.accType),
    optional(fields.frontUrl),
    ...passedOn,
  ],
}

/** The merchant's right, the template's merchant numbers and limits (MANUAL, 附录 1). */
function refuseCharge(
  parts: Parts,
  request: Message,
  contract: Contract,
  amount_fen: number,
): Result | null {
  const { charge_biz_type, charge_carriers } = parts.switches.read()
  const carrier = request.contractId === undefined ? 'token' : 'contract_id'
  if (charge_carriers !== 'both' && charge_carriers !== carrier)
    return result(
      '43',
      carrier === 'token' ? 'tokenPayData 方式未开通' : 'contractId 方式未开通',
      'right',
    )
  if (request.bizType !== (carrier === 'token' ? charge_biz_type : '000000'))
    return result('43', `bizType ${request.bizType} 未开通`, 'right')
  const template = parts.templates.get(contract.plan_id)
  if (!template) return result('43', '签约模板不存在', 'right')
  if (template.fixed_merchants && !template.fixed_merchants.includes(request.merId ?? '')) {
    return result('32', `merId ${request.merId} 不在签约模板的固定商户号内`, 'right')
  }
  if (amount_fen > template.single_limit_fen) return result('33', '超过单用户单笔限额', 'right')
  const used_fen = parts.orders.usedOn(contract.contract_id, beijingDay(parts.clock.nowMs()))
  return used_fen + amount_fen > template.daily_limit_fen
    ? result('33', '超过单用户单日限额', 'right')
    : null
}
