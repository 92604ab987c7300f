import { createCipheriv, createDecipheriv } from 'node:crypto'

/**
 * User data in the open platform's other interfaces (mobile, name …) is 3DES in ECB mode with
 * PKCS#5 padding, as Base64 (open platform §8). The contract interfaces do not use it; the doctor
 * opens a field with it. `key_hex`: 48 hexadecimal digits.
 */
export function encryptUserField(key_hex: string, text: string): string {
  const cipher = createCipheriv('des-ede3', keyOf(key_hex), null)
  return Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64')
}

/** Throws when the key is not the right one or the value is not Base64 of whole blocks. */
export function decryptUserField(key_hex: string, value: string): string {
  const decipher = createDecipheriv('des-ede3', keyOf(key_hex), null)
  return Buffer.concat([decipher.update(Buffer.from(value, 'base64')), decipher.final()]).toString(
    'utf8',
  )
}

function keyOf(key_hex: string): Buffer {
  if (!/^[0-9a-fA-F]{48}$/.test(key_hex))
    throw new Error('the symmetric key must be 48 hexadecimal digits')
  return Buffer.from(key_hex, 'hex')
}
