import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto'
import type { RandomBytes } from '../kernel/ids.ts'

/**
 * Keeps `open_id`, `contract_id` and tokens unreadable at rest. `seal` is AES-256-GCM, never the same twice; `digest` is a
 * keyed lookup value, always the same. Both carry the key's id, so that a later key can take over row by row.
 */
export type Cipher = {
  seal(text: string): string
  /** Throws when the value was not sealed by this key or was changed. */
  open(sealed: string): string
  digest(text: string): string
}

/** `key`: 32 bytes. `key_id`: a short name without a colon. */
export function createCipher(key: Buffer, key_id: string, random: RandomBytes): Cipher {
  if (key.length !== 32) throw new Error('the data key must have 32 bytes')
  const derive = (use: string): Buffer => Buffer.from(hkdfSync('sha256', key, '', `wugan ${use}`, 32))
  const sealing = derive('seal')
  const digesting = derive('digest')
  return {
    seal(text) {
      const iv = random(12)
      const cipher = createCipheriv('aes-256-gcm', sealing, iv)
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return `${key_id}:${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`
    },
    open(sealed) {
      const [id, body] = sealed.split(':', 2)
      if (id !== key_id || !body) throw new Error(`sealed with key "${id}", this server has "${key_id}"`)
      const bytes = Buffer.from(body, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, 12))
      decipher.setAuthTag(bytes.subarray(12, 28))
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
    },
    digest: (text) => `${key_id}:${createHmac('sha256', digesting).update(text, 'utf8').digest('base64url')}`,
  }
}
