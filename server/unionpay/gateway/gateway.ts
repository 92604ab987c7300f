import type { Clock } from '../../kernel/clock.ts'
import type { Certificate } from './certificate.ts'
import { nameForeign, withoutEnds, type ForeignKind } from '../answer-body.ts'
import { openPool, type OpenPool } from '../http-pool.ts'
import { createConnection, createFileConnection, type Broken, type Wire } from './connection.ts'
import { hexDigest, secureKeyDigest } from './digests.ts'
import type { Merchant } from './keys.ts'
import { withoutEmpty, writeForm, type DraftFields, type Fields } from './message.ts'
import { readFileAnswer, type FileAnswer } from './file-answer.ts'
import { readForm, splitAnswer, type ReadProblem } from './received.ts'
import { signMessage } from './sign-message.ts'
import type { Spool } from './spool.ts'
import { createTrust, type OwnerRule } from './trust.ts'
import { verifyMessage, type SignatureProblem, type Verification } from './verify-message.ts'

export type GatewayOptions = {
  base_url: string
  merchants: readonly Merchant[]
  /**
   * certificates that lead from UnionPay's leaf to the root; all empty where only signMethod 11 or
   * 12 is used
   */
  roots: readonly Certificate[]
  middles: readonly Certificate[]
  /** for reading 5.0.0, which names a certificate instead of bringing it */
  verifying?: readonly Certificate[]
  owner_rule: OwnerRule
  /** the shared key of signMethod 11 and 12; without it messages so signed are refused */
  secure_key?: string | null
  access_type?: '0' | '1' | '2'
  clock: Clock
  answer_timeout_ms: number
  connections: number
  open_pool?: OpenPool
  /** the file host and where its answers lie meanwhile; without it no file is fetched */
  files?: { base_url: string; folder: string; most_file_bytes: number }
  onCall?: OnGatewayCall
  elapsed?: () => number
}

/** Told of every call, for logs and metrics; never receives a body. */
export type OnGatewayCall = (call: {
  path: string
  txn_type: string
  order_id: string
  outcome: string
  code: string | null
  detail: string | null
  /** what answered in UnionPay's place; null where nothing did */
  foreign: ForeignKind | null
  duration_ms: number
}) => void

export type NoAnswer = 'not_reached' | 'timeout' | 'broken_answer' | 'bad_signature'

/**
 * A verified answer, or why there is none; then the request may have been heard unless it was
 * `not_reached`.
 */
export type GatewayAnswer =
  | { kind: 'answer'; fields: Fields; raw: Buffer }
  | { kind: 'none'; why: NoAnswer; detail: string; foreign?: ForeignKind }

/**
 * `identity` is the same for every repetition of one notification. Of an invalid one `fields` are
 * for the log, unproved.
 */
export type NotificationReading =
  | { kind: 'valid'; fields: Fields; identity: string }
  | { kind: 'invalid'; why: ReadProblem | SignatureProblem; detail: string; fields: Fields }

export type Gateway = {
  /**
   * Adds version, encoding, accessType, signMethod, certId and signature. `fields.merId` says whose
   * key signs; an unknown one throws.
   */
  send(path: string, fields: DraftFields): Promise<GatewayAnswer>
  /**
   * The same at the file host, whose answer may be too large for memory: who gets a spool closes
   * it.
   */
  fetchFile(
    path: string,
    fields: DraftFields,
    stopping: AbortSignal,
  ): Promise<{ answer: FileAnswer; spool: Spool | null }>
  /**
   * The raw POST body alone; query parameters of the address are not signed and must not be mixed
   * in (ACP §2.2).
   */
  readNotification(body: Buffer): NotificationReading
  merchant(merchant: string): Merchant | null
  close(): Promise<void>
}

/**
 * The client of gateway.95516.com or whatever `base_url` names. Nothing that UnionPay or the
 * network does is thrown.
 */
export function createGateway(options: GatewayOptions): Gateway {
  const {
    base_url,
    answer_timeout_ms,
    connections,
    access_type = '0',
    open_pool = openPool,
    onCall = () => {},
    elapsed = () => performance.now(),
  } = options
  const connection = createConnection({ base_url, answer_timeout_ms, connections, open_pool })
  const files = options.files ? createFileConnection({ ...options.files, open_pool }) : null
  const merchants = new Map(options.merchants.map((one) => [one.merchant, one]))
  const verification = verificationOf(options)
  const sign = async (draft: DraftFields): Promise<Fields> => {
    const merchant = merchants.get(draft.merId ?? '')
    if (!merchant) throw new Error(`there is no key for merchant ${draft.merId ?? '(none)'}`)
    return signMessage(
      withoutEmpty({ version: '5.1.0', encoding: 'UTF-8', accessType: access_type, ...draft }),
      merchant.signing,
    )
  }
  const tell = (
    path: string,
    fields: Fields,
    answer: GatewayAnswer | FileAnswer,
    started: number,
  ): void =>
    onCall({
      path,
      txn_type: fields.txnType ?? '',
      order_id: fields.orderId ?? '',
      outcome: answer.kind === 'answer' ? 'answer' : answer.why,
      code: answer.kind === 'answer' ? (answer.fields.respCode ?? null) : null,
      detail: answer.kind === 'answer' ? null : answer.detail,
      foreign: answer.kind === 'answer' ? null : (answer.foreign ?? null),
      duration_ms: Math.round(elapsed() - started),
    })
  return {
    async send(path, draft) {
      const fields = await sign(draft)
      const started = elapsed()
      const answer = readAnswer(await connection.post(path, writeForm(fields)), verification)
      tell(path, fields, answer, started)
      return answer
    },
    async fetchFile(path, draft, stopping) {
      if (!files) throw new Error('there is no file host')
      const fields = await sign(draft)
      const started = elapsed()
      const wire = await files.post(path, writeForm(fields), stopping)
      const answer =
        wire.kind === 'broken'
          ? noneOf(wire)
          : await readFileAnswer(wire.head, wire.spool, verification)
      tell(path, fields, answer, started)
      return { answer, spool: wire.kind === 'broken' ? null : wire.spool }
    },
    readNotification: (body) => readNotification(body, verification),
    merchant: (merchant) => merchants.get(merchant) ?? null,
    close: async () => {
      await Promise.all([connection.close(), files?.close()])
    },
  }
}

function verificationOf({
  roots,
  middles,
  verifying = [],
  owner_rule,
  secure_key,
  clock,
}: GatewayOptions): Verification {
  return {
    trust:
      roots.length === 0 ? null : createTrust({ roots, middles, verifying, owner_rule, clock }),
    shared: secure_key
      ? { '11': secureKeyDigest('11', secure_key), '12': secureKeyDigest('12', secure_key) }
      : {},
  }
}

const noneOf = ({ why, detail, foreign }: Broken): Extract<GatewayAnswer, { kind: 'none' }> => ({
  kind: 'none',
  why,
  detail,
  ...(foreign ? { foreign } : {}),
})

/**
 * As it came; where that is no message, without line ends around it, which whatever lies on the way
 * may have added.
 */
function readAnswer(wire: Wire, verification: Verification): GatewayAnswer {
  if (wire.kind === 'broken') return noneOf(wire)
  const answer = readBody(wire, wire.body, verification)
  const plain = withoutEnds(wire.body)
  if (answer.kind === 'answer' || plain.length === wire.body.length) return answer
  const second = readBody(wire, plain, verification)
  return second.kind === 'answer' ? second : answer
}

function readBody(
  { head }: Extract<Wire, { kind: 'body' }>,
  body: Buffer,
  verification: Verification,
): GatewayAnswer {
  const reading = splitAnswer(body)
  if (reading.kind === 'unreadable') {
    if (reading.why !== 'not_a_message')
      return { kind: 'none', why: 'broken_answer', detail: `${reading.why}: ${reading.detail}` }
    const { kind, detail } = nameForeign(head, body)
    return { kind: 'none', why: 'broken_answer', detail, foreign: kind }
  }
  const { fields } = reading
  if (!fields.respCode)
    return { kind: 'none', why: 'broken_answer', detail: 'there is no respCode' }
  const verdict = verifyMessage(reading, verification)
  if (verdict.kind === 'valid') return { kind: 'answer', fields, raw: body }
  return {
    kind: 'none',
    why: 'bad_signature',
    detail: `${verdict.why}: ${verdict.detail}; it says respCode ${fields.respCode} ${fields.respMsg ?? ''}`,
  }
}

/**
 * Form-decodes, then verifies over the bytes received (ACP §5). Pure but for the clock that dates
 * certificates.
 */
function readNotification(body: Buffer, verification: Verification): NotificationReading {
  const reading = readForm(body)
  if (reading.kind === 'unreadable')
    return { kind: 'invalid', why: reading.why, detail: reading.detail, fields: {} }
  const { fields } = reading
  const verdict = verifyMessage(reading, verification)
  if (verdict.kind === 'invalid')
    return { kind: 'invalid', why: verdict.why, detail: verdict.detail, fields }
  return { kind: 'valid', fields, identity: hexDigest('sha256', reading.signed) }
}
