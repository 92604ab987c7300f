import { createHash } from 'node:crypto'
import { nameForeign, withoutEnds, type AnswerHead } from '../answer-body.ts'
import type { GatewayAnswer } from './gateway.ts'
import { most_named_bytes } from './connection.ts'
import type { Algorithm } from './digests.ts'
import { bytesToSign, splitAnswer } from './received.ts'
import type { Range, Spool } from './spool.ts'
import { verifyMessage, type Verification } from './verify-message.ts'

/**
 * A verified answer to a file request: `fields` without fileContent, which lies in the spool at
 * `content` (null: there is none).
 */
export type FileAnswer =
  | {
      kind: 'answer'
      fields: Extract<GatewayAnswer, { kind: 'answer' }>['fields']
      content: Range | null
    }
  | Extract<GatewayAnswer, { kind: 'none' }>

const name = Buffer.from('fileContent=')
const ampersand = 0x26

/**
 * Reads a spooled answer whose fileContent may be too large for memory: only the other fields are
 * held (ACP §2.1, §7.2).
 */
export async function readFileAnswer(
  head: AnswerHead,
  spool: Spool,
  verification: Verification,
): Promise<FileAnswer> {
  const answer = await readWithin(head, spool, spool.length(), verification)
  if (answer.kind === 'answer') return answer
  // a line end that something on the way added belongs to no field
  const end = spool.length() - (await lineEnds(spool))
  if (end === spool.length() || end === 0) return answer
  const second = await readWithin(head, spool, end, verification)
  return second.kind === 'answer' ? second : answer
}

async function lineEnds(spool: Spool): Promise<number> {
  const start = Math.max(0, spool.length() - 16)
  const tail = await spool.read(start, 16)
  return tail.length - withoutEnds(tail).length
}

/** `length`: how much of the spool is the message. */
async function readWithin(
  head: AnswerHead,
  spool: Spool,
  length: number,
  verification: Verification,
): Promise<FileAnswer> {
  const content = await findContent(spool, length)
  if (!content && length > most_field_bytes)
    return none('broken_answer', 'a long answer names no fileContent')
  const around = content
    ? [
        { start: 0, end: content.start - name.length },
        { start: content.end, end: length },
      ]
    : [{ start: 0, end: length }]
  const parts: Buffer[] = []
  for (const { start, end } of around)
    parts.push(await spool.read(start, Math.min(end - start, most_field_bytes + 1)))
  const reading = splitAnswer(Buffer.concat(parts))
  if (reading.kind === 'unreadable') {
    if (reading.why !== 'not_a_message')
      return none('broken_answer', `${reading.why}: ${reading.detail}`)
    const { kind, detail } = nameForeign(head, await spool.read(0, most_named_bytes))
    return { ...none('broken_answer', detail), foreign: kind }
  }
  const { fields, raw } = reading
  if (!fields.respCode) return none('broken_answer', 'there is no respCode')
  const signed = content ? await digester(spool, content, raw, algorithmOf(fields)) : reading.signed
  const verdict = verifyMessage({ fields, signature: reading.signature, signed }, verification)
  if (verdict.kind === 'valid') return { kind: 'answer', fields, content }
  return none(
    'bad_signature',
    `${verdict.why}: ${verdict.detail}; it says respCode ${fields.respCode} ${fields.respMsg ?? ''}`,
  )
}

const most_field_bytes = 256 * 1024
const none = (
  why: 'broken_answer' | 'bad_signature',
  detail: string,
): Extract<FileAnswer, { kind: 'none' }> => ({
  kind: 'none',
  why,
  detail,
})

/**
 * Where the value of fileContent lies; it must begin among the small fields. Base64 holds no `&`,
 * so it ends at the next one.
 */
async function findContent(spool: Spool, length: number): Promise<Range | null> {
  const head = await spool.read(0, most_field_bytes)
  let at = head.indexOf(name)
  while (at > 0 && head[at - 1] !== ampersand) at = head.indexOf(name, at + 1)
  return at < 0
    ? null
    : { start: at + name.length, end: await endOf(spool, at + name.length, length) }
}

async function endOf(spool: Spool, start: number, end: number): Promise<number> {
  let at = start
  for await (const chunk of spool.chunks({ start, end })) {
    const found = chunk.indexOf(ampersand)
    if (found >= 0) return at + found
    at += chunk.length
  }
  return at
}

const algorithmOf = ({ signMethod, version }: Readonly<Record<string, string>>): Algorithm =>
  signMethod === '12' || signMethod === '21' ? 'sm3' : version === '5.0.0' ? 'sha1' : 'sha256'

/**
 * The digest of the string to sign, with the content in its place among the sorted names (ACP
 * §2.2), never held as a whole.
 */
async function digester(
  spool: Spool,
  content: Range,
  raw: Readonly<Record<string, string>>,
  algorithm: Algorithm,
) {
  const part = (belongs: (one: string) => boolean): Buffer =>
    bytesToSign(Object.fromEntries(Object.entries(raw).filter(([one]) => belongs(one))))
  const [before, after] = [part((one) => one < 'fileContent'), part((one) => one > 'fileContent')]
  const running = createHash(algorithm)
  if (before.length > 0) running.update(before).update('&')
  running.update(name)
  for await (const chunk of spool.chunks(content)) running.update(chunk)
  if (after.length > 0) running.update('&').update(after)
  return (asked: Algorithm, tail: string): string => {
    if (asked !== algorithm) throw new Error(`the digest was made with ${algorithm}, not ${asked}`)
    return running.copy().update(tail).digest('hex')
  }
}
