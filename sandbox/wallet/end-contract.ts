import type { Contract } from '../open-platform/contracts.ts'
import type { Parts } from '../parts.ts'

export type Ended =
  | { ok: true; contract_id: string }
  | { ok: false; problem: 'unknown' | 'not_signed' | 'offline_plan'; message: string }

/**
 * The user ends a contract in 设置 → 支付设置 → 无感支付; the merchant is notified. Offline scenes
 * cannot be ended here, only with the merchant (open platform §6.1).
 */
export function endContract(parts: Parts, contract: Contract | null, force = false): Ended {
  if (!contract) return { ok: false, problem: 'unknown', message: '没有这个协议' }
  if (!force && !userMayEnd(parts, contract)) {
    return contract.status === 'signed'
      ? { ok: false, problem: 'offline_plan', message: '脱机场景只能在商户处解约' }
      : { ok: false, problem: 'not_signed', message: '协议已解除' }
  }
  const ended = parts.contracts.terminate(contract.contract_id, 'user')
  if (!ended) return { ok: false, problem: 'not_signed', message: '协议已解除' }
  parts.notices.announce(ended)
  return { ok: true, contract_id: ended.contract_id }
}

export const userMayEnd = (parts: Parts, contract: Contract): boolean =>
  contract.status === 'signed' && parts.templates.get(contract.plan_id)?.offline !== true
