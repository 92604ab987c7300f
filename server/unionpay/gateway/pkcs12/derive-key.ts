import { createHash } from 'node:crypto'

/** What the derived bytes are for (RFC 7292, appendix B.3). */
export const purposes = { key: 1, iv: 2, mac: 3 } as const

/** Null: no bytes at all, as some programs write an empty password. */
export type Password = string | null

/** A password as PKCS#12 wants it: UTF-16 with the high byte first and a closing zero. */
export const bmpPassword = (password: Password): Buffer =>
  password === null ? Buffer.alloc(0) : Buffer.from(`${password}\0`, 'utf16le').swap16()

/** RFC 7292, appendix B.2: `size` bytes from password (see bmpPassword), salt and rounds. */
export function deriveKey(
  hash: string,
  password: Buffer,
  salt: Buffer,
  rounds: number,
  purpose: 1 | 2 | 3,
  size: number,
): Buffer {
  const block = hash === 'sha384' || hash === 'sha512' ? 128 : 64
  const stretch = (bytes: Buffer): Buffer => {
    const stretched = Buffer.alloc(Math.ceil(bytes.length / block) * block)
    for (let at = 0; at < stretched.length; at++) stretched[at] = bytes[at % bytes.length] ?? 0
    return stretched
  }
  const mixed = Buffer.concat([stretch(salt), stretch(password)])
  const parts: Buffer[] = []
  for (let length = 0; length < size;) {
    let digest = createHash(hash).update(Buffer.alloc(block, purpose)).update(mixed).digest()
    for (let round = 1; round < rounds; round++) digest = createHash(hash).update(digest).digest()
    parts.push(digest)
    length += digest.length
    addToBlocks(mixed, block, digest)
  }
  return Buffer.concat(parts).subarray(0, size)
}

/** Each block becomes (block + digest stretched over it + 1) modulo 2^(8·block). */
function addToBlocks(mixed: Buffer, block: number, digest: Buffer): void {
  for (let from = 0; from < mixed.length; from += block) {
    let carry = 1
    for (let at = block - 1; at >= 0; at--) {
      carry += (mixed[from + at] ?? 0) + (digest[at % digest.length] ?? 0)
      mixed[from + at] = carry & 0xff
      carry >>>= 8
    }
  }
}
