import { Type, type Static } from 'typebox'
import type { Template } from '../open-platform/templates.ts'
import type { Parts } from '../parts.ts'
import type { PageRefusal } from './page-request.ts'
import { withCode, withError } from './return-address.ts'
import { hasCreditCard, readSigningRequest } from './signing-page.ts'
import type { User } from './users.ts'

export const Answers = {
  decision: Type.Union([
    Type.Literal('agree'),
    Type.Literal('refuse'),
    Type.Literal('network_error'),
  ]),
  mobile_code: Type.Optional(Type.String({ maxLength: 16 })),
  identity_last4: Type.Optional(Type.String({ maxLength: 16 })),
}
export const DecisionSchema = Type.Object(
  { query: Type.String({ maxLength: 8_192 }), ...Answers },
  { additionalProperties: false },
)
export type Decision = Static<typeof DecisionSchema>

export type Problem = {
  ok: false
  problem: 'mobile_code_wrong' | 'identity_wrong' | 'no_credit_card'
  message: string
}

/**
 * No list of errorcode values for the redirect is public; these stand in (open platform §12,
 * question 2).
 */
export const refused = { errorcode: 'N62199', errmsg: '用户取消签约[N62199]' }
export const networkFailed = { errorcode: 'NG4000', errmsg: '系统异常，请稍后再试[NG4000]' }

/** The reason why this user's 同意 gives no code; null when there is none. */
export function checkAnswers(
  parts: Parts,
  user: User,
  template: Template,
  answers: { mobile_code?: string; identity_last4?: string },
): Problem | null {
  if (template.needs_credit_card && !hasCreditCard(user)) {
    return { ok: false, problem: 'no_credit_card', message: '未绑定信用卡，请先在云闪付绑定信用卡' }
  }
  if (
    template.needs_mobile &&
    !parts.mobile_codes.isRight(user.user_id, template.plan_id, answers.mobile_code ?? '')
  ) {
    return { ok: false, problem: 'mobile_code_wrong', message: '短信验证码错误或已过期' }
  }
  if (
    template.needs_identity &&
    (answers.identity_last4 ?? '').toUpperCase() !== user.identity_last4.toUpperCase()
  ) {
    return { ok: false, problem: 'identity_wrong', message: '身份证号后四位不正确' }
  }
  return null
}

/**
 * The user tapped 同意 or 拒绝, or the page failed. A user who is already signed receives a code
 * too; contract.apply then answers a40.
 */
export function decideSigning(
  parts: Parts,
  user: User,
  decision: Decision,
): { redirect: string } | Problem | PageRefusal {
  const request = readSigningRequest(parts, decision.query)
  if ('ok' in request) return request
  const switches = parts.switches.read()
  if (decision.decision === 'network_error')
    return {
      redirect: withError(request.to, networkFailed.errorcode, networkFailed.errmsg, switches),
    }
  if (decision.decision === 'refuse') {
    if (switches.refuse_returns === 'nothing') return { redirect: request.to.redirect_uri }
    return { redirect: withError(request.to, refused.errorcode, refused.errmsg, switches) }
  }
  const problem = checkAnswers(parts, user, request.template, decision)
  if (problem) return problem
  const grant = {
    user_id: user.user_id,
    scope: 'upapi_contract',
    plan_id: request.template.plan_id,
  }
  return {
    redirect: withCode(request.to, parts.codes.issue(grant, switches.code_life_ms), switches),
  }
}
