import { createVerify } from 'node:crypto'

export type VerifiedNotice = { valid: boolean; fields: Record<string, string> }

/**
 * An independent verifier, written from the protocol alone: decode each pair, omit `signature`,
 * sort by name, join, check SHA256withRSA. `nulls` names members that were signed as the text null
 * although they arrived empty or not at all.
 */
export function verifyNotice(
  raw: string,
  public_pem: string,
  nulls: string[] = [],
): VerifiedNotice {
  const pairs = raw.split('&').map((pair) => {
    const [name = '', ...rest] = pair.split('=')
    return [name, decodeURIComponent(rest.join('=').replace(/\+/g, '%20'))] as const
  })
  const fields: Record<string, string> = Object.fromEntries(pairs)
  const { signature = '', ...members } = fields
  const signed = { ...members, ...Object.fromEntries(nulls.map((name) => [name, 'null'])) }
  const text = Object.entries(signed)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
  return {
    valid: createVerify('RSA-SHA256').update(text, 'utf8').verify(public_pem, signature, 'base64'),
    fields,
  }
}
