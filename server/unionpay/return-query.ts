/** What the wallet's page brought back: a code, an error, or neither. */
export type Returned = {
  state: string | null
  code: string | null
  error: { code: string; text: string } | null
}

const maxQuery = 4096

/**
 * Reads the raw query of a return address (open platform §3.3). The code is Base64, percent-encoded
 * once: it is decoded exactly once and `+` stays `+`; a code that was not encoded at all comes out
 * the same. Never throws.
 */
export function readReturnQuery(query: string): Returned {
  const found = new Map<string, string>()
  for (const pair of query.replace(/^\?/, '').slice(0, maxQuery).split('&')) {
    const cut = pair.indexOf('=')
    if (cut <= 0) continue
    const name = pair.slice(0, cut)
    if (!found.has(name)) found.set(name, decodeOnce(pair.slice(cut + 1)))
  }
  const errorCode = found.get('errorcode') ?? ''
  const errorText = found.get('errmsg') ?? ''
  return {
    state: found.get('state') || null,
    code: found.get('code') || null,
    error:
      errorCode || errorText
        ? { code: /^\w{1,32}$/.test(errorCode) ? errorCode : '', text: errorText.slice(0, 200) }
        : null,
  }
}

/**
 * Percent-decoding once; a broken escape is kept as it came, UnionPay then refuses the code (a31).
 */
function decodeOnce(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
