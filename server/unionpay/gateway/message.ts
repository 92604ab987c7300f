/** A gateway message: names as UnionPay spells them, values as text. */
export type Fields = Readonly<Record<string, string>>

/** Fields to be sent, some of which may have no value. */
export type DraftFields = Readonly<Record<string, string | null | undefined>>

/** An empty field is never sent: sources disagree whether it is signed (ACP §2.2). */
export function withoutEmpty(draft: DraftFields): Fields {
  return Object.fromEntries(
    Object.entries(draft).filter(
      (pair): pair is [string, string] =>
        pair[1] !== undefined && pair[1] !== null && pair[1] !== '',
    ),
  )
}

/**
 * Names in the order of their bytes: upper case before lower case, no locale (ACP §2.2). UnionPay's
 * are plain words, where text compares alike.
 */
export const byBytes = (one: string, other: string): number =>
  plain.test(one) && plain.test(other)
    ? one < other
      ? -1
      : Number(one > other)
    : Buffer.compare(Buffer.from(one, 'utf8'), Buffer.from(other, 'utf8'))
const plain = /^\w*$/

/**
 * All fields except `signature`, sorted by name, `name=value` joined with `&`, values not
 * URL-encoded (ACP §2.2).
 */
export function stringToSign(fields: Fields): string {
  return Object.keys(fields)
    .filter((name) => name !== 'signature')
    .toSorted(byBytes)
    .map((name) => `${name}=${fields[name]}`)
    .join('&')
}

/**
 * The body of a request: every value URL-encoded (ACP §2.1). Half a surrogate pair is sent, as it
 * is signed, as U+FFFD.
 */
export function writeForm(fields: Fields): string {
  const encode = (text: string): string => encodeURIComponent(text.toWellFormed())
  return Object.entries(fields)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&')
}
