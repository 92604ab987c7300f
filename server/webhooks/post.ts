import { isIP } from 'node:net'
import { Agent } from 'undici'
import { isPublic, publicLookup } from './address.ts'

/**
 * How an attempt went; it succeeded with a status from 200 to 299. `subject_gone` and
 * `not_written`: nothing was sent.
 */
export type Posted = {
  status: number | null
  problem:
    | 'inside_address'
    | 'not_reached'
    | 'timeout'
    | 'broken_answer'
    | 'subject_gone'
    | 'not_written'
    | null
  ms: number
}
export type Poster = {
  post(url: string, headers: Record<string, string>, body: string): Promise<Posted>
  close(): Promise<void>
}

/**
 * Deliveries to one endpoint under way together; each has a connection, so that none spends its
 * time waiting for one.
 */
export const at_once = 10
const answer_timeout_ms = 10_000

/**
 * Sends to addresses that others name: only public ones unless allowed, every wait ends, no
 * redirect is followed, no answer is read.
 */
export function createPoster(private_allowed: boolean): Poster {
  const agent = new Agent({
    connections: at_once,
    connect: { timeout: 5_000, ...(private_allowed ? {} : { lookup: publicLookup }) },
    headersTimeout: answer_timeout_ms,
    bodyTimeout: answer_timeout_ms,
    keepAliveTimeout: 10_000,
  })
  return {
    async post(url, headers, body) {
      const started = performance.now()
      const took = (): number => Math.round(performance.now() - started)
      const { origin, hostname, pathname, search } = new URL(url)
      const host = hostname.replace(/^\[|\]$/g, '')
      // a literal address is never looked up
      if (!private_allowed && isIP(host) !== 0 && !isPublic(host))
        return { status: null, problem: 'inside_address', ms: 0 }
      try {
        const answer = await agent.request({
          origin,
          path: `${pathname}${search}`,
          method: 'POST',
          body,
          signal: AbortSignal.timeout(answer_timeout_ms),
          headers: {
            'content-type': 'application/json',
            'user-agent': 'wugan-webhooks/1',
            ...headers,
          },
        })
        await answer.body.dump({ limit: 16 * 1024 })
        return { status: answer.statusCode, problem: null, ms: took() }
      } catch (error) {
        return { status: null, problem: whyOf(error), ms: took() }
      }
    },
    close: () => agent.destroy(),
  }
}

function whyOf(error: unknown): Posted['problem'] {
  const { code, name } = error as { code?: string; name?: string }
  if (code === 'ADDRESS_INSIDE') return 'inside_address'
  if (
    name === 'TimeoutError' ||
    code === 'UND_ERR_HEADERS_TIMEOUT' ||
    code === 'UND_ERR_BODY_TIMEOUT'
  )
    return 'timeout'
  return code?.startsWith('UND_ERR_SOCKET') || code?.startsWith('HPE_')
    ? 'broken_answer'
    : 'not_reached'
}
