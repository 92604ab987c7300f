import type { Switches } from '../switches.ts'

/** The address a page of UnionPay redirects the browser to (open platform §3.3). */
export type ReturnTo = { redirect_uri: string; state: string }

const append = (redirect_uri: string, members: [string, string][]): string => {
  if (members.length === 0) return redirect_uri
  const query = members.map(([name, value]) => `${name}=${value}`).join('&')
  return `${redirect_uri}${redirect_uri.includes('?') ? '&' : '?'}${query}`
}

const stateMember = (to: ReturnTo, switches: Switches): [string, string][] =>
  to.state !== '' && switches.return_state ? [['state', encodeURIComponent(to.state)]] : []

/** Success: code and state. The code is percent-encoded once, or not at all by switch (§3.3). */
export function withCode(to: ReturnTo, code: string, switches: Switches): string {
  return append(to.redirect_uri, [
    ['code', switches.code_encoding === 'encoded' ? encodeURIComponent(code) : code],
    ...stateMember(to, switches),
  ])
}

/** Failure: state, errmsg and errorcode. */
export function withError(
  to: ReturnTo,
  errorcode: string,
  errmsg: string,
  switches: Switches,
): string {
  return append(to.redirect_uri, [
    ...stateMember(to, switches),
    ['errmsg', encodeURIComponent(errmsg)],
    ['errorcode', errorcode],
  ])
}
