/** A gateway message: names as UnionPay spells them, values as text. */
export type Message = Readonly<Record<string, string>>

/**
 * Reads a form-encoded body. Null when it cannot be read: a broken percent sign, a name twice. `+` is a blank, so a Base64
 * signature that was not URL-encoded does not verify later (acp-gateway §11).
 */
export function readForm(body: string): Message | null {
  const message: Record<string, string> = Object.create(null) as Record<string, string>
  for (const pair of body.split('&')) {
    if (pair === '') continue
    const cut = pair.indexOf('=')
    try {
      const name = decode(cut < 0 ? pair : pair.slice(0, cut))
      if (name in message) return null
      message[name] = cut < 0 ? '' : decode(pair.slice(cut + 1))
    } catch {
      return null
    }
  }
  return { ...message }
}

const decode = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '))

/** String to sign: without `signature`, names in byte order, values as they are (acp-gateway §2.2). */
export function textToSign(message: Message): string {
  const names = Object.keys(message).filter((name) => name !== 'signature')
  names.sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
  return names.map((name) => `${name}=${message[name]}`).join('&')
}

/** The body of a synchronous answer: `k=v&k=v`, nothing encoded, the certificate with its CRLF (acp-gateway §2.1). */
export const writeAnswer = (message: Message): string => Object.entries(message).map(([name, value]) => `${name}=${value}`).join('&')

/** The body of a notification: an ordinary form. */
export const writeForm = (message: Message): string => new URLSearchParams({ ...message }).toString()
