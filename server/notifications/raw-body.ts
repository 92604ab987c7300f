import type { FastifyRequest } from 'fastify'
import type { Readable } from 'node:stream'
import { Refusal } from '../errors.ts'
import type { Server } from '../http-types.ts'
import { setTimeout as wait } from 'node:timers/promises'

export type RawBodies = {
  most_bytes: number
  /** called for a request that was refused, or broke off, before its signature was looked at */
  onUnverified(request: FastifyRequest, why: string): void
}

/**
 * Reads a request's message out of its raw body, which is empty where there is none, and says
 * whether it verifies.
 */
export type VerifyBody = <Reading extends { kind: 'valid' | 'invalid' }>(
  request: FastifyRequest,
  read: (body: Buffer) => Reading,
) => Promise<Reading>

/**
 * Gives the routes of this scope the bytes of the body as they came. What the headers say of them
 * (type, charset, coding) is not looked at: the signature alone decides, and a header that
 * something on the way added or changed must not lose a true message.
 */
export function takeRawBodies(scope: Server, { most_bytes, onUnverified }: RawBodies): VerifyBody {
  const verify = createVerificationBudget()
  const verified = new WeakSet<object>()
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', (_request: FastifyRequest, payload: Readable) =>
    readAll(payload, most_bytes),
  )
  // Fastify refuses a malformed Content-Type before it reads anything
  scope.addHook('onRequest', async ({ raw }) => {
    raw.headers['content-type'] = 'application/octet-stream'
  })
  scope.addHook('onError', async (request, _reply, error) => {
    if (!verified.has(request.raw)) onUnverified(request, error.code)
  })
  return async (request, read) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const reading = await verify(request.ip, () => read(body))
    verified.add(request.raw)
    return reading
  }
}

async function readAll(payload: Readable, most_bytes: number): Promise<Buffer> {
  const pieces: Buffer[] = []
  let size = 0
  // destroyed with the stream, the connection would end before the answer is written
  const source = payload.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>
  try {
    for await (const piece of source) {
      size += piece.length
      if (size > most_bytes) throw new Refusal('body_too_large')
      pieces.push(piece)
    }
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal('bad_request') // it broke off
  }
  return Buffer.concat(pieces)
}

/**
 * What does not verify is refused; an address that has sent too much of it must wait. A connection
 * that is gone has no address to count.
 */
export async function refusalOf(
  request: FastifyRequest,
  countFailure: (request: FastifyRequest) => Promise<boolean>,
): Promise<Refusal> {
  const is_excess = !request.raw.socket.destroyed && (await countFailure(request))
  return new Refusal(is_excess ? 'rate_limited' : 'notification_invalid')
}

/** How much of the process is spent on addresses that sent what does not verify. */
export type Budget = {
  /** so many failures, each within `forget_ms` of the one before, make an address suspect */
  failures: number
  forget_ms: number
  /**
   * so long is verified for suspect addresses in one go; `rests` times as long as it took, nothing
   * is
   */
  slice_ms: number
  rests: number
  /**
   * so many of their requests wait at most, which is less than the ten seconds that UnionPay waits
   */
  most_waiting: number
  /** so many addresses are tracked; beyond that the oldest is dropped */
  most_addresses: number
}

const usual: Budget = {
  failures: 3,
  forget_ms: 60_000,
  slice_ms: 1,
  rests: 9,
  most_waiting: 500,
  most_addresses: 10_000,
}

type Reading = { kind: 'valid' | 'invalid' }

export type Verify = <Read extends Reading>(address: string, read: () => Read) => Promise<Read>

/**
 * Decides when a notification is verified. From an address that sent nothing false lately: at once,
 * however many there are. From one that did: in turn and within a tenth of one core, so that a
 * flood does not slow the pages; what finds the queue full is refused `overloaded` before it is
 * looked at, and UnionPay sends it again. What has been verified is never refused.
 */
export function createVerificationBudget(limits: Partial<Budget> = {}): Verify {
  const budget = { ...usual, ...limits }
  const suspects = createSuspects(budget)
  const waiting: (() => void)[] = []
  let working = false

  const work = async (): Promise<void> => {
    working = true
    while (waiting.length > 0) {
      const begun = performance.now()
      while (waiting.length > 0 && performance.now() < begun + budget.slice_ms) waiting.shift()?.()
      await wait((performance.now() - begun) * budget.rests)
    }
    working = false
  }
  return async (address, read) => {
    const readNow = (): ReturnType<typeof read> => {
      const reading = read()
      if (reading.kind === 'invalid') suspects.add(address)
      return reading
    }
    if (!suspects.has(address)) return readNow()
    if (waiting.length >= budget.most_waiting) throw new Refusal('overloaded')
    return new Promise((resolve) => {
      waiting.push(() => resolve(new Promise((done) => done(readNow()))))
      if (!working) void work()
    })
  }
}

/**
 * Addresses by what they sent: only those with several failures are suspect, since anybody may send
 * one.
 */
function createSuspects({ failures, forget_ms, most_addresses }: Budget) {
  const failed = new Map<string, { count: number; until: number }>()
  const find = (address: string) => {
    const found = failed.get(address)
    return found && found.until > performance.now() ? found : null
  }
  return {
    has: (address: string): boolean => (find(address)?.count ?? 0) >= failures,
    add(address: string): void {
      const count = (find(address)?.count ?? 0) + 1
      failed.delete(address) // the newest stands last
      failed.set(address, { count, until: performance.now() + forget_ms })
      const [oldest] = failed.keys()
      if (failed.size > most_addresses && oldest !== undefined) failed.delete(oldest)
    },
  }
}
