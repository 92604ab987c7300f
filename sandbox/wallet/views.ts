import { gatewayView } from '../gateway/views.ts'
import type { Contract } from '../open-platform/contracts.ts'
import type { Parts } from '../parts.ts'
import { userMayEnd } from './end-contract.ts'
import type { User } from './users.ts'

export function contractView(parts: Parts, contract: Contract) {
  const template = parts.templates.get(contract.plan_id)
  const instant = (ms: number | null): string | null =>
    ms === null ? null : new Date(ms).toISOString()
  return {
    contract_id: contract.contract_id,
    user_id: contract.user_id,
    open_id: contract.open_id,
    plan_id: contract.plan_id,
    contract_code: contract.contract_code,
    payee: template?.payee ?? '',
    title: template?.title ?? '',
    content: template?.content ?? '',
    single_limit_fen: template?.single_limit_fen ?? 0,
    daily_limit_fen: template?.daily_limit_fen ?? 0,
    offline: template?.offline ?? false,
    status: contract.status,
    signed_at: instant(contract.signed_at),
    terminated_at: instant(contract.terminated_at),
    ended_by: contract.ended_by,
    user_may_terminate: userMayEnd(parts, contract),
  }
}

export const clockView = (parts: Parts) => ({
  now: parts.clock.now().toISOString(),
  offset_ms: parts.clock.offsetMs(),
})

export const walletView = (parts: Parts, user: User) => ({
  user,
  users: parts.users.all(),
  contracts: parts.contracts.ofUser(user.user_id).map((contract) => contractView(parts, contract)),
  h5_url: parts.settings.h5_url,
  settings: parts.switches.read(),
  clock: clockView(parts),
  gateway: gatewayView(parts),
})
