/**
 * Reads the raw query of UnionPay's pages. Percent-decoding only: `+` stays `+`, as in an address
 * built with encodeURIComponent. A redirectUri that was not encoded at all gives the same result
 * (open platform §3.2). Never throws.
 */
export function readQuery(raw: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const pair of raw.replace(/^\?/, '').slice(0, 8_192).split('&')) {
    const cut = pair.indexOf('=')
    if (cut <= 0) continue
    const name = pair.slice(0, cut)
    if (!found.has(name)) found.set(name, decode(pair.slice(cut + 1)))
  }
  return found
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
