import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Cookies } from './cookies.ts'
import { closeDoor } from './door.ts'
import { Refusal } from './errors.ts'
import type { Server } from './http-types.ts'

/** Finds the session a cookie stands for. */
export type FindSession<Session> = (session_cookie: string) => Promise<Session | null>

/** Gives the session of a request, or null; `require` refuses not_signed_in. No answer that depends on it is ever stored. */
export type SessionGuard<Session> = {
  find(request: FastifyRequest, reply: FastifyReply): Promise<Session | null>
  require(request: FastifyRequest, reply: FastifyReply): Promise<Session>
}

/** Closes /api/ to whoever is not signed in. */
export function createSessionGuard<Session>(
  server: Server,
  cookies: Cookies,
  findSession: FindSession<Session>,
): SessionGuard<Session> {
  const at_door = new WeakMap<FastifyRequest, Session>()
  const find = async (request: FastifyRequest, reply: FastifyReply): Promise<Session | null> => {
    void reply.header('cache-control', 'no-store')
    const cookie = cookies.read(request, 'wugan_session')
    return cookie ? findSession(cookie) : null
  }
  const mustFind = async (request: FastifyRequest, reply: FastifyReply): Promise<Session> => {
    const session = await find(request, reply)
    if (!session) throw new Refusal('not_signed_in')
    return session
  }
  closeDoor(server, '/api/', async (request, reply) =>
    at_door.set(request, await mustFind(request, reply)),
  )
  return {
    find,
    async require(request, reply) {
      const seen = at_door.get(request)
      at_door.delete(request) // what is asked again may have changed meanwhile
      return seen ?? mustFind(request, reply)
    },
  }
}
