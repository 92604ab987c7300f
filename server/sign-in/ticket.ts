import { errors as jose, jwtVerify, SignJWT } from 'jose'
import type { Clock } from '../kernel/clock.ts'
import { Refusal } from '../errors.ts'
import { newId, type RandomBytes } from '../kernel/ids.ts'

/**
 * What the merchant's page tells us about who is coming: a JWT (HS256) with sub, name, jti, iat,
 * exp, aud "wugan".
 */
export type Ticket = { user_id: string; display_name: string | null; jti: string; expires_at: Date }

const ticket_audience = 'wugan'

const longest_life_s = 300

/**
 * Verifies a ticket. Real time, not business time. Single use is the caller's affair: it must keep
 * the jti. Refuses ticket_expired (also when it may live longer than five minutes) and
 * ticket_invalid.
 */
export async function readTicket(
  token: string,
  secret: Uint8Array,
  realClock: Clock,
): Promise<Ticket> {
  const { payload } = await verified(token, secret, realClock)
  const { sub, jti, exp, iat } = payload
  if (!isUserId(sub) || typeof jti !== 'string' || !/^\P{Cc}{1,128}$/u.test(jti))
    throw new Refusal('ticket_invalid')
  if (exp === undefined || iat === undefined) throw new Refusal('ticket_invalid')
  if (exp - iat > longest_life_s) throw new Refusal('ticket_expired')
  const name =
    typeof payload.name === 'string'
      ? payload.name
          .replace(/\p{Cc}/gu, ' ')
          .trim()
          .slice(0, 40)
      : ''
  return { user_id: sub, display_name: name || null, jti, expires_at: new Date(exp * 1000) }
}

async function verified(
  token: string,
  secret: Uint8Array,
  realClock: Clock,
): ReturnType<typeof jwtVerify> {
  try {
    return await jwtVerify(token, secret, {
      algorithms: ['HS256'],
      audience: ticket_audience,
      requiredClaims: ['sub', 'jti', 'exp', 'iat'],
      currentDate: realClock.now(),
      clockTolerance: 5,
      maxTokenAge: longest_life_s,
    })
  } catch (error) {
    throw new Refusal(error instanceof jose.JWTExpired ? 'ticket_expired' : 'ticket_invalid')
  }
}

/** The merchant's user_id: 1–64 visible ASCII characters; `made-` begins the ones we make. */
export const isUserId = (value: unknown): value is string =>
  typeof value === 'string' && /^(?!made-)[\x21-\x7e]{1,64}$/.test(value)

/**
 * What a merchant's page does before it links to the H5; here for development, tests and as the
 * documented example.
 */
export async function mintTicket(
  who: { user_id: string; display_name: string | null },
  secret: Uint8Array,
  realClock: Clock,
  random: RandomBytes,
): Promise<string> {
  const iat = Math.floor(realClock.now().getTime() / 1000)
  return new SignJWT(who.display_name ? { name: who.display_name } : {})
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(who.user_id)
    .setAudience(ticket_audience)
    .setJti(newId(realClock, random))
    .setIssuedAt(iat)
    .setExpirationTime(iat + longest_life_s)
    .sign(secret)
}
