import { SignJWT } from 'jose'
import type { Clock } from '../kernel/clock.ts'
import { newId, type RandomBytes } from '../kernel/ids.ts'
import { longest_life_s, ticket_audience } from './ticket.ts'

/** What a merchant's page does before it links to the H5; here for development, tests and as the documented example. */
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
