import type { Parts } from '../parts.ts'
import { readQuery } from './query.ts'
import { withError, type ReturnTo } from './return-address.ts'

/**
 * A page that cannot be shown. `redirect` is null when UnionPay must not redirect to the given
 * address.
 */
export type PageRefusal = { ok: false; errorcode: string; errmsg: string; redirect: string | null }
export type PageRequest = { to: ReturnTo; scope: string; plan_id: string }

/**
 * The common checks of oauth.html, outLogin.html and open.html: app, registered redirect domain,
 * responseType, scope and state (open platform §3.2). Codes from §9.
 */
export function readPageRequest(
  parts: Parts,
  raw: string,
  scopes: readonly string[],
): PageRequest | PageRefusal {
  const query = readQuery(raw)
  const get = (name: string): string => query.get(name) ?? ''
  const stay = (errorcode: string, errmsg: string): PageRefusal => ({
    ok: false,
    errorcode,
    errmsg: `${errmsg}[${errorcode}]`,
    redirect: null,
  })
  if (get('appId') === '') return stay('N62100', 'appId 不能为空')
  if (get('appId') !== parts.settings.app_id) return stay('N62126', 'appId 不存在')
  const redirect_uri = get('redirectUri')
  if (!isRegistered(parts, redirect_uri)) return stay('N62132', '回调域名与登记的域名不一致')

  const stateFits = /^[0-9A-Za-z]{0,128}$/.test(get('state'))
  const to: ReturnTo = { redirect_uri, state: stateFits ? get('state') : '' }
  const goBack = (errorcode: string, errmsg: string): PageRefusal => ({
    ...stay(errorcode, errmsg),
    redirect: withError(to, errorcode, `${errmsg}[${errorcode}]`, parts.switches.read()),
  })
  if (get('responseType') !== 'code') return goBack('N62105', 'responseType 应为 code')
  if (get('scope') === '') return goBack('N62103', 'scope 不能为空')
  if (!scopes.includes(get('scope'))) return goBack('N62197', 'scope 错误，与应用的能力包不符')
  if (!stateFits) return goBack('SG0001', 'state 只能是字母和数字，最长 128 位')
  return { to, scope: get('scope'), plan_id: get('planId') }
}

function isRegistered(parts: Parts, redirect_uri: string): boolean {
  if (!URL.canParse(redirect_uri)) return false
  const { host, protocol } = new URL(redirect_uri)
  return /^https?:$/.test(protocol) && parts.settings.app_domains.includes(host)
}
