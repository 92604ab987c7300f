import { scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto'
import { Refusal } from '../errors.ts'
import type { RandomBytes } from '../kernel/ids.ts'

/** Cost of one guess: 32 MiB, three times over (OWASP Password Storage). */
const cost: ScryptOptions = { N: 32_768, r: 8, p: 3, maxmem: 64 * 1024 * 1024 }

const derive = (password: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(password.normalize('NFKC'), salt, 32, cost, (error, key) =>
      error ? reject(error) : resolve(key),
    ),
  )

/** `scrypt$32768$<salt>$<key>`: what is kept of a password. */
export async function sealPassword(password: string, random: RandomBytes): Promise<string> {
  const salt = random(16)
  return `scrypt$${cost.N}$${salt.toString('base64url')}$${(await derive(password, salt)).toString('base64url')}`
}

/**
 * Comparing a password takes a thread for a third of a second. Each lane compares few at once, lets
 * few wait and refuses the rest: strangers who try many at once take neither all threads from the
 * rest nor the lane of operators in browsers they signed in with before.
 */
export type Lane = 'stranger' | 'known_browser'
const most_waiting = 4
const lanes: Record<Lane, { most_at_once: number; comparing: number; waiting: (() => void)[] }> = {
  stranger: { most_at_once: 2, comparing: 0, waiting: [] },
  known_browser: { most_at_once: 1, comparing: 0, waiting: [] },
}

async function inLane<Result>(lane: Lane, compare: () => Promise<Result>): Promise<Result> {
  const at = lanes[lane]
  if (at.waiting.length >= most_waiting) throw new Refusal('overloaded')
  if (at.comparing >= at.most_at_once) await new Promise<void>((turn) => at.waiting.push(turn))
  else at.comparing++
  try {
    return await compare()
  } finally {
    const next = at.waiting.shift()
    if (next) next()
    else at.comparing--
  }
}

/**
 * Refuses overloaded. Takes the same time whether there is such an operator or not: `sealed` null
 * is compared with nobody's password.
 */
export async function isPassword(
  password: string,
  sealed: string | null,
  lane: Lane = 'stranger',
): Promise<boolean> {
  const [, , salt = '', key = ''] = (
    sealed ?? `scrypt$0$${'A'.repeat(22)}$${'A'.repeat(43)}`
  ).split('$')
  const given = await inLane(lane, () => derive(password, Buffer.from(salt, 'base64url')))
  const kept = Buffer.from(key, 'base64url')
  return kept.length === given.length && timingSafeEqual(given, kept) && sealed !== null
}
