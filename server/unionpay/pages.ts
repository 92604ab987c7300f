/** Addresses of UnionPay's own pages below the open platform's base (open platform §3). */
export type PageSettings = { open_url: string; app_id: string; encode_redirect_uri: boolean }

/** The scope of a password-free contract (§3.1). */
export const contract_scope = 'upapi_contract'

/**
 * Scopes that are known to be something else: a code of theirs must not become a contract. An
 * unknown one is let through (§3.4).
 */
const other_scopes = ['upapi_base', 'upapi_mobile', 'upapi_auth', 'upapi_login', 'upapi_user']
export const isForContract = (scope: string | null): boolean =>
  scope === null || !other_scopes.includes(scope)

/**
 * The silent authorisation page: comes back at once with a code for the open_id (§3.1, scope
 * upapi_base).
 */
export function signInPage(settings: PageSettings, redirect_uri: string, state: string): string {
  return page(
    settings,
    '/s/open/html/oauth.html',
    [
      ['scope', 'upapi_base'],
      ['state', state],
    ],
    redirect_uri,
  )
}

/** The signing page of one plan (h5-bridge §5.1). `state`: letters and digits, at most 128. */
export function signingPage(
  settings: PageSettings,
  redirect_uri: string,
  plan_id: string,
  state: string,
): string {
  const query: [string, string][] = [
    ['scope', contract_scope],
    ['planId', plan_id],
    ['state', state],
  ]
  return page(settings, '/s/open/noPwd/html/open.html', query, redirect_uri)
}

function page(
  settings: PageSettings,
  path: string,
  rest: [string, string][],
  redirect_uri: string,
): string {
  // Sources disagree whether iOS wants redirectUri encoded; always encoding is the default, a
  // setting can switch it off (§3.2).
  const redirect = settings.encode_redirect_uri ? encodeURIComponent(redirect_uri) : redirect_uri
  const tail = rest.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')
  return `${settings.open_url}${path}?appId=${encodeURIComponent(settings.app_id)}&redirectUri=${redirect}&responseType=code&${tail}`
}

/**
 * Opens an address inside the wallet from outside it (open platform §7): `upwallet://html/<host and
 * path>`.
 */
export const walletLink = (address: string): string =>
  `upwallet://html/${address.replace(/^https?:\/\//, '')}`
