import { failure } from '../open-platform/answer.ts'
import type { Template } from '../open-platform/templates.ts'
import type { Parts } from '../parts.ts'
import { readPageRequest, type PageRefusal, type PageRequest } from './page-request.ts'
import { withError } from './return-address.ts'
import type { User } from './users.ts'

/** Reads the query of open.html; the plan must exist (BC2133, open platform §9). */
export function readSigningRequest(
  parts: Parts,
  raw: string,
): (PageRequest & { template: Template }) | PageRefusal {
  const request = readPageRequest(parts, raw, ['upapi_contract'])
  if ('ok' in request) return request
  const template = parts.templates.get(request.plan_id)
  if (template) return { ...request, template }
  const { resp, msg } =
    request.plan_id === ''
      ? failure('N62114', 'planId 不能为空')
      : failure('BC2133', '商户数据错误，请检查 appId、planId')
  return {
    ok: false,
    errorcode: resp,
    errmsg: msg,
    redirect: withError(request.to, resp, msg, parts.switches.read()),
  }
}

/**
 * What the signing page shows this user about a template. `mobile_code` is the simulated SMS, shown
 * on the page itself.
 */
export function signingPageOf(parts: Parts, user: User, template: Template) {
  const {
    payee,
    title,
    content,
    single_limit_fen,
    daily_limit_fen,
    scenario,
    sub_scenario,
    needs_mobile,
    needs_identity,
    needs_credit_card,
  } = template
  return {
    plan_id: template.plan_id,
    payee,
    title,
    content,
    single_limit_fen,
    daily_limit_fen,
    scenario,
    sub_scenario,
    needs_mobile,
    needs_identity,
    needs_credit_card,
    offline: template.offline,
    has_credit_card: hasCreditCard(user),
    mobile_masked: user.mobile.replace(/^(\d{3})\d+(\d{4})$/, '$1****$2'),
    name_masked: `*${user.name.slice(1)}`,
    mobile_code: needs_mobile ? parts.mobile_codes.show(user.user_id, template.plan_id) : null,
    identity_hint: needs_identity ? user.identity_last4 : null,
    cards: user.cards.map(({ bank, kind, last4 }) => ({ bank, kind, last4 })),
    already_signed: parts.contracts.currentOf(user.open_id, template.plan_id)?.status === 'signed',
  }
}

export const hasCreditCard = (user: User): boolean =>
  user.cards.some((card) => card.kind === 'credit')
