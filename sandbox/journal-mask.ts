const secretNames =
  /^(secret|appSecret|backendToken|frontToken|accessToken|refreshToken|authorization|code|mobile_code)$/i

const longestText = 2_000

const shorten = (text: string): string => (text.length <= 8 ? '…' : `${text.slice(0, 6)}…`)

const cut = (text: string): string =>
  text.length <= longestText ? text : `${text.slice(0, longestText)}… (${text.length} characters)`

/** Shortens secrets, tokens and codes in a value, at any depth. */
export function maskValue(value: unknown, name = ''): unknown {
  if (typeof value === 'string')
    return secretNames.test(name) ? shorten(value) : maskAddress(cut(value))
  if (Array.isArray(value)) return value.map((one) => maskValue(one))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, maskValue(one, key)]))
}

/** The same for `code=…` and tokens inside an address or a query. */
const maskAddress = (text: string): string =>
  text.replace(
    /(^|[?&])(code|secret|backendToken|frontToken|accessToken)=([^&#\s]*)/gi,
    (_all, before: string, name: string, value: string) => `${before}${name}=${shorten(value)}`,
  )
