import { randomBytes, randomInt } from 'node:crypto'

/** Beijing time `yyyy-MM-dd HH:mm:ss`. */
export const beijingTime = (instant: Date): string =>
  new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')

export const randomDigits = (count: number): string =>
  Array.from({ length: count }, () => String(randomInt(10))).join('')

export const randomHex = (bytes: number): string => randomBytes(bytes).toString('hex')
