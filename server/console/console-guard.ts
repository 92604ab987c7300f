import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../errors.ts'
import { mayAct, type Operator, type Role } from './operator.ts'

const name = 'wugan_console'
const form = /^[A-Za-z0-9_-]{43}$/

/** The operator of a request. Refuses not_signed_in, and role_too_low when the role does not reach. */
export type ConsoleGuard = {
  require(request: FastifyRequest, reply: FastifyReply, needs?: Role): Promise<Operator>
  read(request: FastifyRequest): string | null
  set(reply: FastifyReply, secret: string): void
  clear(reply: FastifyReply): void
}

export function createConsoleGuard(public_url: string, find: (secret: string) => Promise<Operator | null>): ConsoleGuard {
  const options = { path: '/console', httpOnly: true, sameSite: 'strict', secure: public_url.startsWith('https:') } as const
  const read = (request: FastifyRequest): string | null => {
    const value = request.cookies[name]
    return value && form.test(value) ? value : null
  }
  return {
    read,
    async require(request, reply, needs = 'viewer') {
      void reply.header('cache-control', 'no-store')
      const secret = read(request)
      const operator = secret && (await find(secret))
      if (!operator) throw new Refusal('not_signed_in')
      if (!mayAct(operator.role, needs)) throw new Refusal('role_too_low')
      return operator
    },
    set: (reply, secret) => void reply.setCookie(name, secret, options),
    clear: (reply) => void reply.clearCookie(name, options),
  }
}
