/**
 * The parts of `{token=…&trId=…&tokenType=01}`, in any order. Null when it has another form. Only a
 * `=` at the end of a value may be Base64 padding, so each part is split at its first `=`.
 */
export function readTokenPayData(text: string): Readonly<Record<string, string>> | null {
  if (!text.startsWith('{') || !text.endsWith('}')) return null
  const parts: Record<string, string> = {}
  for (const pair of text.slice(1, -1).split('&')) {
    const cut = pair.indexOf('=')
    const name = pair.slice(0, cut)
    if (cut < 1 || cut === pair.length - 1 || name in parts || /[{}]/.test(pair)) return null
    parts[name] = pair.slice(cut + 1)
  }
  return parts
}
