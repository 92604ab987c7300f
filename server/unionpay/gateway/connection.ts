import { openPool, type OpenPool } from '../http-pool.ts'
import { openSpool, TooLarge, type Spool } from './spool.ts'
import { Packed, unpackStream } from './unpack-stream.ts'
import {
  nameForeign,
  plain_answers,
  unpackBody,
  type AnswerHead,
  type ForeignKind,
} from '../answer-body.ts'
import { whyItFailed } from '../transport.ts'

/** What came back over the wire, before anybody looks into it. `detail` is for the log. */
export type Wire = { kind: 'body'; head: AnswerHead; body: Buffer } | Broken
/** `foreign`: something answered, and it was not UnionPay. */
export type Broken = {
  kind: 'broken'
  why: 'not_reached' | 'timeout' | 'broken_answer'
  detail: string
  foreign?: ForeignKind
}

export type Connection = { post(path: string, body: string): Promise<Wire>; close(): Promise<void> }
export type ConnectionSettings = {
  base_url: string
  answer_timeout_ms: number
  connections: number
  connect_timeout_ms?: number
  open_pool?: OpenPool
}

const most_bytes = 256 * 1024

/**
 * One keep-alive pool to the gateway; every wait has an end, redirects are not followed, TLS is
 * checked. Another status than 200 or an empty body is no answer (ACP §2.1).
 */
export function createConnection({
  base_url,
  answer_timeout_ms,
  connections,
  connect_timeout_ms = 5_000,
  open_pool = openPool,
}: ConnectionSettings): Connection {
  const address = new URL(base_url)
  const prefix = address.pathname.replace(/\/$/, '')
  const pool = open_pool(address.origin, {
    connections,
    connect: { timeout: connect_timeout_ms },
    headersTimeout: answer_timeout_ms,
    bodyTimeout: answer_timeout_ms,
    keepAliveTimeout: 30_000,
    maxResponseSize: most_bytes,
  })
  return {
    async post(path, body) {
      try {
        const answer = await pool.request({
          path: prefix + path,
          method: 'POST',
          body,
          headers: {
            'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
            accept: '*/*',
            ...plain_answers,
          },
          signal: AbortSignal.timeout(answer_timeout_ms),
        })
        const bytes = Buffer.from(await answer.body.arrayBuffer())
        const unpacked = unpackBody(answer, bytes, most_bytes)
        if ('foreign' in unpacked) return brokenBy(unpacked.foreign)
        const { body: plain } = unpacked
        return answer.statusCode !== 200 || plain.length === 0
          ? brokenBy(nameForeign(answer, plain))
          : { kind: 'body', head: answer, body: plain }
      } catch (error) {
        return { kind: 'broken', why: whyItFailed(error), detail: (error as Error).message }
      }
    },
    close: () => pool.destroy(),
  }
}

const brokenBy = ({ kind, detail }: ReturnType<typeof nameForeign>): Broken => ({
  kind: 'broken',
  why: 'broken_answer',
  detail,
  foreign: kind,
})

/** A body on disk, whose holder closes it, or what `Wire` says of none. */
export type FileWire = { kind: 'spooled'; head: AnswerHead; spool: Spool } | Broken
export type FileConnection = {
  post(path: string, body: string, stopping: AbortSignal): Promise<FileWire>
  close(): Promise<void>
}

/** of what is no message, enough to say what it is */
export const most_named_bytes = 8_192
const quiet_ms = 60_000
const whole_ms = 20 * 60_000

/**
 * The same to the file host (ACP §1), for answers that are too large for memory: they are written
 * to `folder` as they come.
 */
export function createFileConnection({
  base_url,
  folder,
  most_file_bytes,
  open_pool = openPool,
}: {
  base_url: string
  folder: string
  most_file_bytes: number
  open_pool?: OpenPool
}): FileConnection {
  const address = new URL(base_url)
  const prefix = address.pathname.replace(/\/$/, '')
  const pool = open_pool(address.origin, {
    connections: 2,
    connect: { timeout: 5_000 },
    headersTimeout: quiet_ms,
    bodyTimeout: quiet_ms,
    keepAliveTimeout: 10_000,
  })
  return {
    async post(path, body, stopping) {
      const spool = await openSpool(folder, most_file_bytes)
      const without = async (broken: Broken): Promise<Broken> => {
        await spool.close()
        return broken
      }
      try {
        const answer = await pool.request({
          path: prefix + path,
          method: 'POST',
          body,
          headers: {
            'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
            accept: '*/*',
            ...plain_answers,
          },
          signal: AbortSignal.any([AbortSignal.timeout(whole_ms), stopping]),
        })
        for await (const bytes of unpackStream(answer, answer.body as AsyncIterable<Buffer>))
          await spool.append(bytes)
        return answer.statusCode !== 200 || spool.length() === 0
          ? await without(brokenBy(nameForeign(answer, await spool.read(0, most_named_bytes))))
          : { kind: 'spooled', head: answer, spool }
      } catch (error) {
        if (error instanceof Packed) return without(brokenBy(error.foreign))
        const why = error instanceof TooLarge ? 'broken_answer' : whyItFailed(error)
        return without({ kind: 'broken', why, detail: (error as Error).message })
      }
    },
    close: () => pool.destroy(),
  }
}
