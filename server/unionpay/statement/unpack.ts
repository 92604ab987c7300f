import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { createInflate } from 'node:zlib'
import type { Range, Spool } from '../gateway/spool.ts'
import { Malformed } from './malformed.ts'

/**
 * fileContent as it came: Base64 of a zlib stream, whose inflated bytes are the zip (ACP §7.2).
 * Writes the zip into `zip` and returns its SHA-256. Throws Malformed; what is too large for the
 * spool throws there.
 */
export async function unpackZip(answer: Spool, content: Range, zip: Spool): Promise<string> {
  const digest = createHash('sha256')
  const inflate = createInflate()
  const decoded = Readable.from(decodeBase64(answer.chunks(content)))
  decoded.on('error', (error) => inflate.destroy(error))
  try {
    for await (const bytes of decoded.pipe(inflate) as AsyncIterable<Buffer>) {
      digest.update(bytes)
      await zip.append(bytes)
    }
  } catch (error) {
    throw isZlibError(error)
      ? new Malformed(`fileContent is no zlib stream: ${(error as Error).message}`)
      : error
  } finally {
    decoded.destroy()
  }
  return digest.digest('hex')
}

async function* decodeBase64(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest = ''
  for await (const chunk of chunks) {
    const text = (rest + chunk.toString('latin1')).replace(/[\r\n ]+/g, '')
    if (/[^A-Za-z0-9+/=]/.test(text)) throw new Malformed('fileContent is no Base64')
    const whole = text.length - (text.length % 4)
    rest = text.slice(whole)
    yield Buffer.from(text.slice(0, whole), 'base64')
  }
  if (rest !== '') yield Buffer.from(rest, 'base64')
}

export const isZlibError = (error: unknown): boolean =>
  error instanceof Error && /^Z_|^ERR_ZLIB/.test((error as { code?: string }).code ?? '')
