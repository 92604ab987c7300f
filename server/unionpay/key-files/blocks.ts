import { plainBytes } from '../../kernel/plain-bytes.ts'
import { readDer } from '../gateway/der.ts'

/** DER as it stands in a file; `label` is that of its PEM, null where the file had none. */
export type Block = {
  label: string | null
  der: Buffer
  was: 'DER' | 'PEM' | 'bare Base64' | 'hexadecimal'
}

/**
 * Everything in a key or certificate file, whatever it went through on the way: DER, PEM with other
 * text around it, indented, quoted, on one line, with CR or `\n` for line ends, in UTF-16, and
 * Base64 without the lines of PEM. Empty when it is none of these.
 */
export function blocksIn(bytes: Buffer): Block[] {
  const der = wholeDer(bytes)
  if (der) return [{ label: null, der, was: 'DER' }]
  const text = plainBytes(bytes).toString('latin1')
  const blocks = [...text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----([^]*?)-----END \1-----/g)].flatMap(
    ([, label = '', body = '']): Block[] => {
      const decoded = decode(body)
      return decoded ? [{ label, der: decoded, was: 'PEM' }] : []
    },
  )
  if (blocks.length > 0) return blocks
  const bare = decode(text)
  if (bare && wholeDer(bare)) return [{ label: null, der: bare, was: 'bare Base64' }]
  if (bare?.includes('-----BEGIN ')) return blocksIn(bare) // Base64 of PEM, as Kubernetes keeps it
  const hex = text.replace(/[\s:]/g, '')
  const decoded = /^(?:30[0-9A-Fa-f]{2})(?:[0-9A-Fa-f]{2}){30,}$/.test(hex)
    ? Buffer.from(hex, 'hex')
    : null
  return decoded && wholeDer(decoded) ? [{ label: null, der: decoded, was: 'hexadecimal' }] : []
}

/** The one value a file is made of; line ends that an editor added behind it do not count. */
function wholeDer(bytes: Buffer): Buffer | null {
  try {
    const { tag, whole, end } = readDer(bytes)
    return tag === 0x30 && /^\s*$/.test(bytes.subarray(end).toString('latin1')) ? whole : null
  } catch {
    return null
  }
}

/**
 * Base64 among what quoting, indenting and escaping put into it; null when there is anything else.
 */
function decode(body: string): Buffer | null {
  const letters = body
    .replace(/^(?:[A-Za-z-]+: .*(?:\r\n|\r|\n))+/m, '')
    .replace(/^\s*data:[^,]{0,100};base64,/, '')
    .replace(/["'][ \t]*\+[ \t\r\n]*["']/g, '')
    .replace(/\\[rnt]/g, '')
    .replace(/[\s"',;>\\]/g, '')
  return /^[A-Za-z0-9+/_-]{40,}={0,2}$/.test(letters) ? Buffer.from(letters, 'base64') : null
}
