import type { Parts } from '../parts.ts'
import type { User } from '../wallet/users.ts'
import { failure, type Answer } from './answer.ts'
import type { Request } from './spec.ts'
import type { Template } from './templates.ts'

/**
 * Refuses an unknown app, and a backendToken that is not the valid one (a10: it expired, or a newer
 * one was issued).
 */
export function refuseCaller(parts: Parts, request: Request): Answer | null {
  if (request.appId !== parts.settings.app_id) return failure('N62126', 'appId 不存在')
  if (!parts.tokens.isCurrent('backendToken', request.backendToken ?? ''))
    return failure('a10', 'backendToken 错误或已过期')
  return null
}

/** The wallet user of an openId; BC2209 when there is none, 3023 when the account was cancelled. */
export function findUser(parts: Parts, open_id: string): { user: User } | { refusal: Answer } {
  const user = parts.users.byOpenId(open_id)
  if (!user) return { refusal: failure('BC2209', 'openId 不合法') }
  if (!user.registered) return { refusal: failure('3023', '用户不存在') }
  return { user }
}

export function findTemplate(
  parts: Parts,
  plan_id: string,
): { template: Template } | { refusal: Answer } {
  const template = parts.templates.get(plan_id)
  return template
    ? { template }
    : { refusal: failure('N62137', '签约商户数据不存在，请检查 appId、planId') }
}
