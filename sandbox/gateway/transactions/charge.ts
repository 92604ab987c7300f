import type { Contract } from '../../open-platform/contracts.ts'
import type { Parts } from '../../parts.ts'
import { beijingDay } from '../clearing-day.ts'
import { fields, passedOn } from '../fields.ts'
import { findContract } from '../find-contract.ts'
import type { Message } from '../message.ts'
import { result, type Result } from '../result.ts'
import type { MoneyTransaction } from '../transaction.ts'

/** 消费 01/01 by contract number (acp-gateway §3.2, §3.6). */
export const charge: MoneyTransaction = {
  name: 'charge',
  fields: [
    fields.channelType,
    fields.orderId,
    fields.txnAmt,
    fields.currencyCode,
    fields.backUrl,
    fields.tokenPayData,
    ...passedOn,
  ],
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

/** The product's right, the template's merchant numbers and limits (MANUAL, 附录 1). */
function refuseCharge(
  parts: Parts,
  request: Message,
  contract: Contract,
  amount_fen: number,
): Result | null {
  if (request.bizType !== parts.switches.read().charge_biz_type)
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
