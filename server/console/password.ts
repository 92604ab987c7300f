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

/** Weighing a password takes a thread for a third of a second: strangers who try many at once must not take all of them from the rest. */
const most_at_once = 2
const most_waiting = 4
const waiting: (() => void)[] = []
let weighing = 0

async function weighed<Result>(weigh: () => Promise<Result>): Promise<Result> {
  if (waiting.length >= most_waiting) throw new Refusal('overloaded')
  if (weighing >= most_at_once) await new Promise<void>((turn) => waiting.push(turn))
  else weighing++
  try {
    return await weigh()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else weighing--
  }
}

/** Refuses overloaded. Takes the same time whether there is such an operator or not: `sealed` null is compared with nobody's password. */
export async function isPassword(password: string, sealed: string | null): Promise<boolean> {
  const [, , salt = '', key = ''] = (
    sealed ?? `scrypt$0$${'A'.repeat(22)}$${'A'.repeat(43)}`
  ).split('$')
  const given = await weighed(() => derive(password, Buffer.from(salt, 'base64url')))
  const kept = Buffer.from(key, 'base64url')
  return kept.length === given.length && timingSafeEqual(given, kept) && sealed !== null
}
