import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from './errors.ts'
import type { Cookies } from './cookies.ts'

/** Finds the session a cookie stands for. */
export type FindSession<Session> = (session_cookie: string) => Promise<Session | null>

/** Gives the session of a request, or null; `require` refuses not_signed_in. No answer that depends on it is ever stored. */
export type SessionGuard<Session> = {
  find(request: FastifyRequest, reply: FastifyReply): Promise<Session | null>
  require(request: FastifyRequest, reply: FastifyReply): Promise<Session>
}

export function createSessionGuard<Session>(cookies: Cookies, findSession: FindSession<Session>): SessionGuard<Session> {
  const find = async (request: FastifyRequest, reply: FastifyReply): Promise<Session | null> => {
    void reply.header('cache-control', 'no-store')
    const cookie = cookies.read(request, 'wugan_session')
    return cookie ? findSession(cookie) : null
  }
  return {
    find,
    async require(request, reply) {
      const session = await find(request, reply)
      if (!session) throw new Refusal('not_signed_in')
      return session
    },
  }
}
