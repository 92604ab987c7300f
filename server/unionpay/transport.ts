import {
  nameForeign,
  plain_answers,
  unpackBody,
  type AnswerHead,
  type ForeignKind,
} from './answer-body.ts'
import { openPool, type OpenPool } from './http-pool.ts'

/** An answer of the open platform's envelope, or what was wrong with it (open platform §2.4). */
export type Answer =
  | { kind: 'answer'; resp: string; msg: string; params: Record<string, unknown> }
  | {
      kind: 'broken'
      why: 'not_reached' | 'timeout' | 'broken_answer'
      detail: string
      foreign?: ForeignKind
    }

export type Transport = {
  post(path: string, body: Record<string, string>): Promise<Answer>
  getJson(path: string): Promise<unknown>
  close(): Promise<void>
}

export type TransportSettings = {
  base_url: string
  answer_timeout_ms: number
  connections: number
  open_pool?: OpenPool
}

const maxAnswerBytes = 256 * 1024

/**
 * One keep-alive pool to one address; every wait has an end. Neither `post` nor `getJson` follows
 * redirects.
 */
export function createTransport(settings: TransportSettings): Transport {
  const base = new URL(settings.base_url)
  const prefix = base.pathname.replace(/\/$/, '')
  const pool = (settings.open_pool ?? openPool)(base.origin, {
    connections: settings.connections,
    connect: { timeout: 5_000 },
    headersTimeout: settings.answer_timeout_ms,
    bodyTimeout: settings.answer_timeout_ms,
    keepAliveTimeout: 30_000,
    maxResponseSize: maxAnswerBytes,
  })

  const send = async (
    path: string,
    body: string | null,
  ): Promise<{ head: AnswerHead; bytes: Buffer }> => {
    const answer = await pool.request({
      path: prefix + path,
      method: body === null ? 'GET' : 'POST',
      headers: {
        accept: 'application/json',
        ...plain_answers,
        ...(body === null ? {} : { 'content-type': 'application/json' }),
      },
      body,
      signal: AbortSignal.timeout(settings.answer_timeout_ms),
    })
    return { head: answer, bytes: Buffer.from(await answer.body.arrayBuffer()) }
  }

  return {
    async post(path, body) {
      try {
        const { head, bytes } = await send(path, JSON.stringify(body))
        return readEnvelope(head, bytes)
      } catch (error) {
        return { kind: 'broken', why: whyItFailed(error), detail: (error as Error).message }
      }
    },
    async getJson(path) {
      return JSON.parse((await send(path, null)).bytes.toString('utf8')) as unknown
    },
    close: () => pool.destroy(),
  }
}

/**
 * An HTML page or half an answer is `broken`, never an exception: the platform does send them (§1).
 */
function readEnvelope(head: AnswerHead, bytes: Buffer): Answer {
  const unpacked = unpackBody(head, bytes, maxAnswerBytes)
  if ('foreign' in unpacked) return brokenBy(unpacked.foreign)
  let envelope: unknown
  try {
    envelope = JSON.parse(unpacked.body.toString('utf8'))
  } catch {
    return brokenBy(nameForeign(head, unpacked.body))
  }
  if (
    !isRecord(envelope) ||
    (typeof envelope.resp !== 'string' && typeof envelope.resp !== 'number')
  ) {
    return brokenBy(nameForeign(head, unpacked.body))
  }
  const params = isRecord(envelope.params) ? envelope.params : {}
  return {
    kind: 'answer',
    resp: String(envelope.resp),
    msg: typeof envelope.msg === 'string' ? envelope.msg : '',
    params,
  }
}

const brokenBy = ({ kind, detail }: ReturnType<typeof nameForeign>): Answer => ({
  kind: 'broken',
  why: 'broken_answer',
  detail,
  foreign: kind,
})

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const never_connected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_PRX_TLS',
  // the other side's certificate was refused, so nothing was said to it
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
])

/** Only a connection that was never made is certain not to have been heard. */
export function whyItFailed(error: unknown): 'not_reached' | 'timeout' | 'broken_answer' {
  const code =
    isRecord(error) || error instanceof Error
      ? String((error as { code?: unknown }).code ?? '')
      : ''
  if (never_connected.has(code) || isRefusedByProxy(error)) return 'not_reached'
  const name = error instanceof Error ? error.name : ''
  if (
    name === 'TimeoutError' ||
    code === 'UND_ERR_HEADERS_TIMEOUT' ||
    code === 'UND_ERR_BODY_TIMEOUT'
  )
    return 'timeout'
  return 'broken_answer'
}

/**
 * The proxy did not open the way (CONNECT answered with anything but 200): nothing of the request
 * was sent (undici's ProxyAgent).
 */
const isRefusedByProxy = (error: unknown): boolean =>
  error instanceof Error && /^Proxy response \(\d+\) !== 200/.test(error.message)
