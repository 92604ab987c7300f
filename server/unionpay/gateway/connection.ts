import { Pool } from 'undici'
import { whyItFailed } from '../transport.ts'

/** What came back over the wire, before anybody looks into it. `detail` is for the log. */
export type Wire =
  | { kind: 'body'; body: Buffer }
  | { kind: 'broken'; why: 'not_reached' | 'timeout' | 'broken_answer'; detail: string }

export type Connection = { post(path: string, body: string): Promise<Wire>; close(): Promise<void> }
export type ConnectionSettings = { base_url: string; answer_timeout_ms: number; connections: number; connect_timeout_ms?: number }

const most_bytes = 256 * 1024

/**
 * One keep-alive pool to the gateway; every wait has an end, redirects are not followed, TLS is checked. Another status than 200
 * or an empty body is no answer (ACP §2.1).
 */
export function createConnection({ base_url, answer_timeout_ms, connections, connect_timeout_ms = 5_000 }: ConnectionSettings): Connection {
  const address = new URL(base_url)
  const prefix = address.pathname.replace(/\/$/, '')
  const pool = new Pool(address.origin, {
    connections, connect: { timeout: connect_timeout_ms }, headersTimeout: answer_timeout_ms, bodyTimeout: answer_timeout_ms,
    keepAliveTimeout: 30_000, maxResponseSize: most_bytes,
  })
  return {
    async post(path, body) {
      try {
        const answer = await pool.request({
          path: prefix + path, method: 'POST', body,
          headers: { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8', accept: '*/*' },
          signal: AbortSignal.timeout(answer_timeout_ms),
        })
        const bytes = Buffer.from(await answer.body.arrayBuffer())
        if (answer.statusCode !== 200) return { kind: 'broken', why: 'broken_answer', detail: `HTTP ${answer.statusCode}` }
        return bytes.length === 0 ? { kind: 'broken', why: 'broken_answer', detail: 'an empty body' } : { kind: 'body', body: bytes }
      } catch (error) {
        return { kind: 'broken', why: whyItFailed(error), detail: (error as Error).message }
      }
    },
    close: () => pool.destroy(),
  }
}
