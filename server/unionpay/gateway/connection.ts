import { openPool, type OpenPool } from '../http-pool.ts'
import { openSpool, TooLarge, type Spool } from './spool.ts'
import { whyItFailed } from '../transport.ts'

/** What came back over the wire, before anybody looks into it. `detail` is for the log. */
export type Wire =
  | { kind: 'body'; body: Buffer }
  | { kind: 'broken'; why: 'not_reached' | 'timeout' | 'broken_answer'; detail: string }

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
 * One keep-alive pool to the gateway; every wait has an end, redirects are not followed, TLS is checked. Another status than 200
 * or an empty body is no answer (ACP §2.1).
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
          },
          signal: AbortSignal.timeout(answer_timeout_ms),
        })
        const bytes = Buffer.from(await answer.body.arrayBuffer())
        if (answer.statusCode !== 200)
          return { kind: 'broken', why: 'broken_answer', detail: `HTTP ${answer.statusCode}` }
        return bytes.length === 0
          ? { kind: 'broken', why: 'broken_answer', detail: 'an empty body' }
          : { kind: 'body', body: bytes }
      } catch (error) {
        return { kind: 'broken', why: whyItFailed(error), detail: (error as Error).message }
      }
    },
    close: () => pool.destroy(),
  }
}

/** A body on disk, whose holder closes it, or what `Wire` says of none. */
export type FileWire = { kind: 'spooled'; spool: Spool } | Extract<Wire, { kind: 'broken' }>
export type FileConnection = {
  post(path: string, body: string, stopping: AbortSignal): Promise<FileWire>
  close(): Promise<void>
}

const quiet_ms = 60_000
const whole_ms = 20 * 60_000

/** The same to the file host (ACP §1), for answers that are too large for memory: they are written to `folder` as they come. */
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
      const broken = async (
        why: Extract<Wire, { kind: 'broken' }>['why'],
        detail: string,
      ): Promise<FileWire> => {
        await spool.close()
        return { kind: 'broken', why, detail }
      }
      try {
        const answer = await pool.request({
          path: prefix + path,
          method: 'POST',
          body,
          headers: {
            'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
            accept: '*/*',
          },
          signal: AbortSignal.any([AbortSignal.timeout(whole_ms), stopping]),
        })
        for await (const bytes of answer.body as AsyncIterable<Buffer>) await spool.append(bytes)
        if (answer.statusCode !== 200)
          return await broken('broken_answer', `HTTP ${answer.statusCode}`)
        return spool.length() === 0
          ? await broken('broken_answer', 'an empty body')
          : { kind: 'spooled', spool }
      } catch (error) {
        return broken(
          error instanceof TooLarge ? 'broken_answer' : whyItFailed(error),
          (error as Error).message,
        )
      }
    },
    close: () => pool.destroy(),
  }
}
