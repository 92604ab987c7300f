import type {} from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'

/**
 * `Lax` lets the cookie come along when the wallet sends the browser back; `Secure` whenever the
 * public address is https, and then `__Host-` before the name: no other host of the domain, and
 * nobody on the wire, can set it in our place.
 */
export type Cookies = {
  read(request: FastifyRequest, name: CookieName): string | undefined
  set(reply: FastifyReply, name: CookieName, value: string): void
  clear(reply: FastifyReply, name: CookieName): void
}

export type CookieName = 'wugan_session' | 'wugan_visit'

/** A secret of ours, as `newSecret` makes it. */
export const secretForm = /^[A-Za-z0-9_-]{43}$/

export function createCookies(public_url: string): Cookies {
  const secure = public_url.startsWith('https:')
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const
  const named = (name: CookieName): string => (secure ? `__Host-${name}` : name)
  return {
    read(request, name) {
      const value = request.cookies[named(name)]
      return value && secretForm.test(value) ? value : undefined
    },
    set: (reply, name, value) => void reply.setCookie(named(name), value, options),
    clear: (reply, name) => void reply.clearCookie(named(name), options),
  }
}
