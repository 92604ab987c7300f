import { randomBytes as systemRandomBytes } from 'node:crypto'
import type { Clock } from './clock.ts'

/** Randomness as a parameter, so that a test owns it. Returns `size` bytes. */
export type RandomBytes = (size: number) => Buffer
export const systemRandom: RandomBytes = (size) => systemRandomBytes(size)

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const alphanumeric = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/**
 * 26 letters and digits: 10 of time (ms), 16 of randomness. Sorts by time; fits UnionPay's 8–32
 * letters and digits for orderId and contractCode.
 */
export function newId(clock: Clock, random: RandomBytes): string {
  const head = headOf(clock.now())
  let tail = ''
  for (const byte of random(16)) tail += crockford[byte % 32]
  return head + tail
}

/** The lowest id an instant may have: ids made at or after it are not below. */
export const lowestId = (instant: Date): string => `${headOf(instant)}${'0'.repeat(16)}`

/** When an id was made, to the millisecond. */
export const instantOf = (id: string): Date =>
  new Date(
    Array.from(id.slice(0, 10)).reduce((time, letter) => time * 32 + crockford.indexOf(letter), 0),
  )

function headOf(instant: Date): string {
  let time = instant.getTime()
  let head = ''
  for (let i = 0; i < 10; i++) {
    head = crockford[time % 32] + head
    time = Math.floor(time / 32)
  }
  return head
}

/** `size` letters and digits without bias; 32 of them carry 190 bits. */
export function newAlphanumeric(size: number, random: RandomBytes): string {
  let text = ''
  while (text.length < size) {
    for (const byte of random(size)) {
      if (byte < 248 && text.length < size) text += alphanumeric[byte % 62]
    }
  }
  return text
}

/** An unguessable secret for cookies and keys: 32 bytes as base64url. */
export const newSecret = (random: RandomBytes): string => random(32).toString('base64url')
