import { constants, privateDecrypt } from 'node:crypto'
import { mask } from '../../kernel/mask.ts'
import { readBase64 } from './digests.ts'
import type { SigningKey } from './sign-message.ts'

/**
 * accNo fit to be shown and stored: `6216****0018`. It comes masked, plain, or encrypted to the
 * merchant's signing certificate (ACP §8). Null when nothing is known; an SM2 envelope is not
 * opened.
 */
export function maskAccount(account: string | null, signing: SigningKey | null): string | null {
  if (account === null) return null
  if (/^[\d*]{8,32}$/.test(account)) return mask(account)
  const bytes = readBase64(account)
  if (!bytes || signing?.method !== '01') return null
  try {
    const text = privateDecrypt(
      { key: signing.key, padding: constants.RSA_PKCS1_PADDING },
      bytes,
    ).toString('latin1')
    return /^[\d*]{8,32}$/.test(text) ? mask(text) : null
  } catch {
    return null
  }
}
