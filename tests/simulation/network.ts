import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type { OpenPool } from '../../server/unionpay/http-pool.ts'
import type { Events } from './database.ts'
import type { Turns } from './turns.ts'

/** Faults of the network on a request of ours. From `lost_answer` on UnionPay has received it. */
const faults = [
  'lost_request',
  'refused',
  'reset_before',
  'crash_before',
  'late_request',
  'lost_answer',
  'reset_after',
  'html_after',
  'half_answer',
  'twice',
  'crash_after',
] as const

export type Message = { path: string; body: string }
type Answer = { status: number; body: string }

/**
 * Receives every sent request, and how each ended for its sender: with an answer, or with none.
 * `look`: once in a while.
 */
export type Observer = {
  /** `isGone`: whether its sender has died meanwhile; then no end is reported. */
  sends(message: Message, isGone: () => boolean): Promise<void>
  ends(message: Message, at_ms: number, answer: string | null): void
  look(): void
}

export type Late = { at_ms: number; message: Message; gave_up_ms: number }

/** `late`: requests in progress that arrive after their sender gave up. */
type Stage = { turns: Turns; events: Events; observer: Observer; late: Late[] }

const timeout = (): Error =>
  Object.assign(new Error('the answer did not come in time'), { name: 'TimeoutError' })
const broken = (code: string): Error => Object.assign(new Error(code), { code })
const last = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

export async function deliver(unionpay: FastifyInstance, { path, body }: Message): Promise<Answer> {
  const content = body.startsWith('{') ? 'application/json' : 'application/x-www-form-urlencoded'
  const answer = await unionpay.inject({
    method: 'POST',
    url: path,
    payload: body,
    headers: { 'content-type': content },
  })
  return { status: answer.statusCode, body: answer.body }
}

/**
 * The network from one process to UnionPay, in place of undici's pool: every request and every
 * answer waits for its turn.
 */
export const networkOf =
  (owner: object, unionpay: FastifyInstance, now: () => number, stage: () => Stage): OpenPool =>
  (_origin, options) => {
    const patience_ms = options.headersTimeout ?? 10_000
    const hang = async (until_ms: number, words: string): Promise<never> => {
      await stage().turns.turn({ what: 'answer', words, not_before: until_ms }, owner)
      throw timeout()
    }
    const send = async (message: Message, until_ms: number): Promise<Answer> => {
      const { turns, events, observer, late } = stage()
      const name = last(message.path)
      const fault = await turns.turn({ what: 'call', words: `${name} on its way` }, owner)
      if (now() >= until_ms) throw timeout() // its sender gave up while it was still in transit
      await observer.sends(message, () => events.isDead(owner))
      const kind = fault === null ? null : (faults[fault % faults.length] ?? null)
      if (kind !== null && !kind.startsWith('crash'))
        events.injected(`${name}: ${kind.replaceAll('_', ' ')}`)
      if (kind === 'crash_before') return events.crash(owner, `before ${name} is sent`)
      if (kind === 'refused') throw broken('ECONNREFUSED')
      if (kind === 'reset_before') throw broken('UND_ERR_SOCKET')
      if (kind === 'lost_request') return hang(until_ms, `no answer to ${name}`)
      if (kind === 'late_request') {
        // a query that arrives minutes after its sender gave up would violate the pacing of the
        // next one
        late.push({
          message,
          gave_up_ms: until_ms,
          at_ms:
            name === 'queryTrans.do' ? until_ms : until_ms + 1_000 + ((fault ?? 0) % 7) * 150_000,
        })
        return hang(until_ms, `no answer to ${name}`)
      }
      const first = await deliver(unionpay, message)
      const answer = kind === 'twice' ? await deliver(unionpay, message) : first
      if (kind === 'crash_after') return events.crash(owner, `after ${name} was heard`)
      if (kind === 'reset_after') throw broken('UND_ERR_SOCKET')
      if (kind === 'html_after') return { status: 502, body: '<html>Bad Gateway</html>' }
      if (kind === 'half_answer')
        return { status: 200, body: answer.body.slice(0, answer.body.length / 2) }
      if (kind === 'lost_answer') return hang(until_ms, `no answer to ${name}`)
      await turns.turn({ what: 'answer', words: `the answer to ${name} on its way` }, owner)
      if (now() >= until_ms) throw timeout()
      return answer
    }
    const request = async ({ path, body }: { path: string; body?: unknown }) => {
      const { observer } = stage()
      const message = { path, body: String(body ?? '') }
      const until_ms = now() + patience_ms
      const endedAt = (): number => Math.min(now(), until_ms)
      const answer = await send(message, until_ms).catch((error: unknown) => {
        observer.ends(message, endedAt(), null)
        throw error
      })
      observer.ends(message, endedAt(), answer.status === 200 ? answer.body : null)
      const bytes = Buffer.from(answer.body)
      return {
        statusCode: answer.status,
        headers: {},
        body: Object.assign(Readable.from([bytes]), {
          text: async () => answer.body,
          arrayBuffer: async () => bytes,
        }),
      }
    }
    return { request, destroy: async () => {} } as unknown as ReturnType<OpenPool>
  }
