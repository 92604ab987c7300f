import type { FastifyReply, FastifyRequest } from 'fastify'
import { closeDoor } from '../door.ts'
import { Refusal } from '../errors.ts'
import type { Server } from '../http-types.ts'
import { mayAct, type Operator, type Role } from './operator.ts'

const form = /^[A-Za-z0-9_-]{43}$/

/** The operator of a request, known since the door. `require` refuses role_too_low when the role does not reach. */
export type ConsoleGuard = {
  require(request: FastifyRequest, needs?: Role): Operator
  read(request: FastifyRequest): string | null
  set(reply: FastifyReply, secret: string): void
  clear(reply: FastifyReply): void
}

/** Closes /console/api/ to whoever is not signed in: not_signed_in. */
export function createConsoleGuard(
  server: Server,
  public_url: string,
  find: (secret: string) => Promise<Operator | null>,
): ConsoleGuard {
  const secure = public_url.startsWith('https:')
  const name = secure ? '__Secure-wugan_console' : 'wugan_console'
  const options = { path: '/console', httpOnly: true, sameSite: 'strict', secure } as const
  const read = (request: FastifyRequest): string | null => {
    const value = request.cookies[name]
    return value && form.test(value) ? value : null
  }
  const known = new WeakMap<FastifyRequest, Operator>()
  closeDoor(server, '/console/api/', async (request) => {
    const secret = read(request)
    const operator = secret && (await find(secret))
    if (!operator) throw new Refusal('not_signed_in')
    known.set(request, operator)
  })
  return {
    read,
    require(request, needs = 'viewer') {
      const operator = known.get(request)
      if (!operator) throw new Refusal('not_signed_in')
      if (!mayAct(operator.role, needs)) throw new Refusal('role_too_low')
      return operator
    },
    set: (reply, secret) => void reply.setCookie(name, secret, options),
    clear: (reply) => void reply.clearCookie(name, options),
  }
}
