/**
 * What an editor, a shell or a mail program did to a file as a whole, undone: UTF-16 (PowerShell's
 * `>`) and byte order marks.
 */
export function plainBytes(bytes: Buffer): Buffer {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return fromUtf16(bytes.subarray(2), 'little')
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return fromUtf16(bytes.subarray(2), 'big')
  if (bytes.subarray(0, 3).equals(utf8_mark)) return bytes.subarray(3)
  const order = orderOfBareUtf16(bytes)
  return order === null ? bytes : fromUtf16(bytes, order)
}

/**
 * The text of a file that people write, a password or a key: in UTF-8, or in GBK where it is no
 * UTF-8.
 */
export function plainText(bytes: Buffer): string {
  const plain = plainBytes(bytes)
  try {
    return strict_utf8.decode(plain)
  } catch {
    return gbk.decode(plain)
  }
}
const strict_utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const gbk = new TextDecoder('gb18030')

const utf8_mark = Buffer.from([0xef, 0xbb, 0xbf])

function fromUtf16(bytes: Buffer, order: 'little' | 'big'): Buffer {
  const even = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)))
  return Buffer.from((order === 'big' ? even.swap16() : even).toString('utf16le'), 'utf8')
}

/**
 * UTF-16 without a mark: text of ours is mostly ASCII, so that every other byte is zero. DER has no
 * such start.
 */
function orderOfBareUtf16(bytes: Buffer): 'little' | 'big' | null {
  if (bytes.length < 4 || bytes.length % 2 !== 0) return null
  const start = bytes.subarray(0, 64)
  const is = (zero: number): boolean =>
    start.every((byte, place) => (place % 2 === zero ? byte === 0 : byte >= 0x09 && byte < 0x7f))
  return is(1) ? 'little' : is(0) ? 'big' : null
}
