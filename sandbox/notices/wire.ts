import { sign, type KeyObject } from 'node:crypto'
import type { NoticeFields, NoticeForm } from './form.ts'

/**
 * Sorted by name, `name=value`, `&`; an empty value stays `name=`, a null is the text `null` (open
 * platform §6.2).
 */
const noticeText = (fields: NoticeFields): string =>
  Object.keys(fields)
    .toSorted()
    .map((name) => `${name}=${fields[name] ?? 'null'}`)
    .join('&')

/** SHA256withRSA (PKCS#1 v1.5) over the decoded values, Base64. */
export const signNotice = (fields: NoticeFields, key: KeyObject): string =>
  sign('sha256', Buffer.from(noticeText(fields), 'utf8'), key).toString('base64')

/**
 * The members as they are sent; how UnionPay encodes a null is unknown (§6.2), so it is a switch.
 */
export function wireMembers(
  fields: NoticeFields,
  signature: string | null,
  null_as: NoticeForm['null_as'],
): [string, string][] {
  const members: [string, string][] = []
  for (const [name, value] of Object.entries(fields)) {
    if (value !== null) members.push([name, value])
    else if (null_as !== 'missing') members.push([name, null_as === 'literal' ? 'null' : ''])
  }
  if (signature !== null) members.push(['signature', signature])
  return members
}

/**
 * A query percent-encodes a blank as %20, a form body writes it as +: a verifier must read both.
 */
export function encodeMembers(
  members: [string, string][],
  transport: NoticeForm['transport'],
): string {
  if (transport === 'form') return new URLSearchParams(members).toString()
  return members
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&')
}
