import type { Parts } from '../parts.ts'
import { readPageRequest, type PageRefusal } from './page-request.ts'
import { withCode } from './return-address.ts'
import type { User } from './users.ts'

const inside = ['upapi_base', 'upapi_mobile', 'upapi_auth']
const outside = ['upapi_login', 'upapi_user']

/**
 * The scopes a page may grant (open platform §3.1); a caller that does not name its page may
 * request any.
 */
const scopesOf = (page: 'oauth' | 'out-login' | 'unknown'): string[] =>
  page === 'oauth' ? inside : page === 'out-login' ? outside : [...inside, ...outside]

/** oauth.html and outLogin.html: a code for this wallet's user, as a return address. */
export function authorize(
  parts: Parts,
  user: User,
  raw: string,
  page: 'oauth' | 'out-login' | 'unknown',
): { ok: true; redirect: string } | PageRefusal {
  const request = readPageRequest(parts, raw, scopesOf(page))
  if ('ok' in request) return request
  const switches = parts.switches.read()
  const code = parts.codes.issue(
    { user_id: user.user_id, scope: request.scope, plan_id: null },
    switches.code_life_ms,
  )
  return { ok: true, redirect: withCode(request.to, code, switches) }
}
