import type { FastifyReply, FastifyRequest } from 'fastify'
import { guardPrefix } from '../guard-prefix.ts'
import { Refusal } from '../errors.ts'
import type { Server } from '../http-types.ts'
import { browser_days } from './browser-store.ts'
import { mayAct, type Operator, type Role } from './operator.ts'

const form = /^[A-Za-z0-9_-]{43}$/

/**
 * The operator of a request, found when it entered. `require` refuses role_too_low when the role is
 * too low.
 */
export type ConsoleGuard = {
  require(request: FastifyRequest, needs?: Role): Operator
  read(request: FastifyRequest): string | null
  /** the secret of a browser in which somebody signed in before */
  readBrowser(request: FastifyRequest): string | null
  set(reply: FastifyReply, secrets: { secret: string; browser: string }): void
  /** ends the session; the browser stays known */
  clear(reply: FastifyReply): void
}

/** Guards /console/api/: refuses not_signed_in. */
export function createConsoleGuard(
  server: Server,
  public_url: string,
  find: (secret: string) => Promise<Operator | null>,
): ConsoleGuard {
  const secure = public_url.startsWith('https:')
  const name = secure ? '__Secure-wugan_console' : 'wugan_console'
  const options = { path: '/console', httpOnly: true, sameSite: 'strict', secure } as const
  const browser = secure ? '__Secure-wugan_console_browser' : 'wugan_console_browser'
  const readCookie = (request: FastifyRequest, cookie: string): string | null => {
    const value = request.cookies[cookie]
    return value && form.test(value) ? value : null
  }
  const read = (request: FastifyRequest): string | null => readCookie(request, name)
  const known = new WeakMap<FastifyRequest, Operator>()
  guardPrefix(server, '/console/api/', async (request) => {
    const secret = read(request)
    const operator = secret && (await find(secret))
    if (!operator) throw new Refusal('not_signed_in')
    known.set(request, operator)
  })
  return {
    read,
    readBrowser: (request) => readCookie(request, browser),
    require(request, needs = 'viewer') {
      const operator = known.get(request)
      if (!operator) throw new Refusal('not_signed_in')
      if (!mayAct(operator.role, needs)) throw new Refusal('role_too_low')
      return operator
    },
    set: (reply, given) =>
      void reply
        .setCookie(name, given.secret, options)
        .setCookie(browser, given.browser, { ...options, maxAge: browser_days * 86_400 }),
    clear: (reply) => void reply.clearCookie(name, options),
  }
}
