import { closeSync, openSync, readSync } from 'node:fs'
import { plainText } from '../../kernel/plain-bytes.ts'

const most_bytes = 1024 * 1024

/**
 * The bytes of a key, certificate or password file. Throws a sentence for one that is too large to
 * be any.
 */
export function readKeyFile(file: string): Buffer {
  const descriptor = openSync(file, 'r')
  try {
    const bytes = Buffer.alloc(most_bytes + 1)
    let length = 0
    for (let read = -1; read !== 0 && length < bytes.length; length += read)
      read = readSync(descriptor, bytes, length, bytes.length - length, null)
    if (length > most_bytes)
      throw new Error(`${file} is larger than 1 MB: it is no key, certificate or password`)
    return bytes.subarray(0, length)
  } finally {
    closeSync(descriptor)
  }
}

/**
 * A secret that stands alone in a file, without what editors put around it: byte order mark,
 * blanks, line ends, UTF-16.
 */
export const readSecretFile = (file: string): string => plainText(readKeyFile(file)).trim()

/**
 * The password of a file, most likely first. A blank may belong to a password and quotation marks
 * too: which it is, the key file says that it opens.
 */
export function readPasswordFile(file: string): string[] {
  const written = plainText(readKeyFile(file)).replace(/[\r\n]+$/, '')
  const trimmed = written.trim()
  const [first = ''] = trimmed.split(/\r\n|\r|\n/, 1)
  const quoted = /^(["'])(.*)\1$/.exec(trimmed)?.[2]
  return [
    ...new Set([written, trimmed, first.trimEnd(), ...(quoted === undefined ? [] : [quoted])]),
  ]
}
