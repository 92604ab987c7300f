import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto'
import type { RandomBytes } from '../kernel/ids.ts'

/**
 * 32 bytes and a short name without a colon, which stands before everything that was made with
 * them.
 */
export type Key = { id: string; bytes: Buffer }

/** The data keys: the first seals and opens; another, while keys are changed, only opens. */
export type KeyRing = readonly [sealing: Key, ...opening: Key[]]

/**
 * Keeps `open_id`, `contract_id` and tokens unreadable at rest. `seal` is AES-256-GCM, never the
 * same twice; `digest` is a keyed lookup value, always the same. Both carry the id of their key.
 */
export type Cipher = {
  seal(text: string): string
  /** Throws when the value was not sealed by a key of the ring or was changed. */
  open(sealed: string): string
  digest(text: string): string
}

/**
 * `digest_key` is not a data key: it stays when those change, or nothing that is there would be
 * found again (deployment.ts).
 */
export function createCipher(ring: KeyRing, digest_key: Key, random: RandomBytes): Cipher {
  const sealing = new Map(ring.map(({ id, bytes }) => [id, derive(bytes, 'seal')]))
  const [{ id: sealing_id }] = ring
  return {
    seal(text) {
      const iv = random(12)
      const cipher = createCipheriv('aes-256-gcm', sealing.get(sealing_id) as Buffer, iv)
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return `${sealing_id}:${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`
    },
    open(sealed) {
      const [id = '', body] = sealed.split(':', 2)
      const key = sealing.get(id)
      if (!key || !body)
        throw new Error(
          `sealed with key "${id}", this server has ${ring.map((one) => `"${one.id}"`).join(' and ')}`,
        )
      const bytes = Buffer.from(body, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
      decipher.setAuthTag(bytes.subarray(12, 28))
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
    },
    digest: (text) => digestWith(digest_key, text),
  }
}

/** The keyed lookup value of a text: HMAC-SHA-256. */
export const digestWith = ({ id, bytes }: Key, text: string): string =>
  `${id}:${createHmac('sha256', bytes).update(text, 'utf8').digest('base64url')}`

/**
 * The digest key that the first data key of a database brings. Throws when the data key has not 32
 * bytes.
 */
export const digestKeyOf = ({ id, bytes }: Key): Key => ({ id, bytes: derive(bytes, 'digest') })

function derive(bytes: Buffer, use: string): Buffer {
  if (bytes.length !== 32) throw new Error('the data key must have 32 bytes')
  return Buffer.from(hkdfSync('sha256', bytes, '', `wugan ${use}`, 32))
}
