import type { FastifyRequest } from 'fastify'
import type { Readable } from 'node:stream'
import { Refusal } from '../errors.ts'
import type { Server } from '../http-types.ts'
import { createVerificationBudget } from './verification-budget.ts'

export type RawBodies = {
  most_bytes: number
  /** called for a request that was refused, or broke off, before its signature was looked at */
  onUnverified(request: FastifyRequest, why: string): void
}

/** Reads a request's message out of its raw body, which is empty where there is none, and says whether it verifies. */
export type VerifyBody = <Reading extends { kind: 'valid' | 'invalid' }>(
  request: FastifyRequest,
  read: (body: Buffer) => Reading,
) => Promise<Reading>

/**
 * Gives the routes of this scope the bytes of the body as they came. What the headers say of them (type, charset, coding) is not
 * looked at: the signature alone decides, and a header that something on the way added or changed must not lose a true message.
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

/** What does not verify is refused; an address that has sent too much of it must wait. A connection that is gone has no address to count. */
export async function refusalOf(
  request: FastifyRequest,
  countFailure: (request: FastifyRequest) => Promise<boolean>,
): Promise<Refusal> {
  const is_excess = !request.raw.socket.destroyed && (await countFailure(request))
  return new Refusal(is_excess ? 'rate_limited' : 'notification_invalid')
}
