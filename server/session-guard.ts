import type { FastifyReply, FastifyRequest } from 'fastify'
import { secretForm, type Cookies } from './cookies.ts'
import { guardPrefix } from './guard-prefix.ts'
import { Refusal } from './errors.ts'
import type { Server } from './http-types.ts'

/**
 * The session a cookie stands for, and whether the web view that asks has proved that its wallet is
 * the one that is open.
 */
export type Held<Session> = { session: Session; proved: boolean }

/** Finds the session a cookie stands for; `proof` is what the web view holds. */
export type FindSession<Session> = (
  session_cookie: string,
  proof: string | null,
) => Promise<Held<Session> | null>

/**
 * Gives the session of a request, or null; `require` refuses not_signed_in, and session_unproved
 * where there is a session that this web view did not prove. `held` looks at the cookie alone: it
 * must lead to nothing personal. No answer that depends on it is ever stored.
 */
export type SessionGuard<Session> = {
  find(request: FastifyRequest, reply: FastifyReply): Promise<Session | null>
  require(request: FastifyRequest, reply: FastifyReply): Promise<Session>
  held(request: FastifyRequest, reply: FastifyReply): Promise<Held<Session> | null>
}

/** How a web view sends its proof: a header that only our own page can set. */
const proof_header = 'x-session-proof'

function proofOf({ headers }: FastifyRequest): string | null {
  const value = headers[proof_header]
  return typeof value === 'string' && secretForm.test(value) ? value : null
}

/** Guards /api/: refuses a caller that is not signed in, or not proved. */
export function createSessionGuard<Session>(
  server: Server,
  cookies: Cookies,
  findSession: FindSession<Session>,
): SessionGuard<Session> {
  const authenticated = new WeakMap<FastifyRequest, Session>()
  const held = async (
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<Held<Session> | null> => {
    void reply.header('cache-control', 'no-store')
    const cookie = cookies.read(request, 'wugan_session')
    return cookie ? findSession(cookie, proofOf(request)) : null
  }
  const mustFind = async (request: FastifyRequest, reply: FastifyReply): Promise<Session> => {
    const found = await held(request, reply)
    if (!found) throw new Refusal('not_signed_in')
    if (!found.proved) throw new Refusal('session_unproved')
    return found.session
  }
  guardPrefix(server, '/api/', async (request, reply) =>
    authenticated.set(request, await mustFind(request, reply)),
  )
  return {
    held,
    async find(request, reply) {
      const found = await held(request, reply)
      return found?.proved ? found.session : null
    },
    async require(request, reply) {
      const seen = authenticated.get(request)
      authenticated.delete(request) // what is asked again may have changed meanwhile
      return seen ?? mustFind(request, reply)
    },
  }
}
