import { Type, type Static } from 'typebox'
import type { Parts } from '../parts.ts'
import { Answers, checkAnswers, networkFailed, refused, type Problem } from './decide-signing.ts'
import type { User } from './users.ts'

export const SdkSignSchema = Type.Object(
  {
    plan_id: Type.String({ maxLength: 64 }),
    state: Type.Optional(Type.String({ maxLength: 128 })),
    ...Answers,
  },
  { additionalProperties: true },
)
export type SdkSign = Static<typeof SdkSignSchema>

type SdkAnswer = { code: string; state?: string } | { errorcode: string; errmsg: string } | Problem

/**
 * The simulated SDK: hands over to the simulated 云闪付 app, whose user decides, and comes back
 * with a code (open platform §7).
 */
export function sdkSign(parts: Parts, user: User, call: SdkSign): SdkAnswer {
  const template = parts.templates.get(call.plan_id)
  if (!template)
    return { errorcode: 'BC2133', errmsg: '商户数据错误，请检查 appId、planId[BC2133]' }
  if (call.decision === 'network_error') return networkFailed
  if (call.decision === 'refuse') return refused
  const problem = checkAnswers(parts, user, template, call)
  if (problem) return problem
  const grant = { user_id: user.user_id, scope: 'upapi_contract', plan_id: call.plan_id }
  const code = parts.codes.issue(grant, parts.switches.read().code_life_ms)
  return { code, ...(call.state === undefined ? {} : { state: call.state }) }
}
