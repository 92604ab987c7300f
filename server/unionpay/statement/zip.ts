import { Readable } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import type { Spool } from '../gateway/spool.ts'
import { Malformed } from './malformed.ts'
import { isZlibError } from './unpack.ts'

/**
 * A file inside the zip. `size` is what it claims to be; `contents` fails when it is more, less,
 * damaged, or packed in a way we do not read.
 */
export type Member = { name: string; size: number; contents(): AsyncGenerator<Buffer> }

const most_members = 64
/** A year's worth of lines in one file is a bomb, not a statement. */
const most_size = 4 * 1024 ** 3 - 1
const most_comment = 65_535
const [end_size, entry_size, local_size] = [22, 46, 30]

/**
 * The members of a zip on disk, by its central directory. Stored and deflated ones; no encryption,
 * no zip64. Throws Malformed.
 */
export async function listMembers(zip: Spool): Promise<Member[]> {
  const tail_start = Math.max(0, zip.length() - end_size - most_comment)
  const tail = await zip.read(tail_start, end_size + most_comment)
  const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (end < 0 || end + end_size > tail.length) throw new Malformed('it is no zip')
  const [count, length, start] = [
    tail.readUInt16LE(end + 10),
    tail.readUInt32LE(end + 12),
    tail.readUInt32LE(end + 16),
  ]
  if (count > most_members) throw new Malformed(`the zip holds ${count} files`)
  if (start + length > zip.length()) throw new Malformed('the zip is cut off')
  const directory = await zip.read(start, length)
  const members: Member[] = []
  for (let at = 0, found = 0; found < count; found++) {
    if (at + entry_size > directory.length || directory.readUInt32LE(at) !== 0x02014b50)
      throw new Malformed('the directory of the zip is broken')
    const [name_length, extra, comment] = [
      directory.readUInt16LE(at + 28),
      directory.readUInt16LE(at + 30),
      directory.readUInt16LE(at + 32),
    ]
    members.push(readEntry(zip, directory.subarray(at, at + entry_size + name_length)))
    at += entry_size + name_length + extra + comment
  }
  return members
}

function readEntry(zip: Spool, entry: Buffer): Member {
  const [flags, method, crc] = [
    entry.readUInt16LE(8),
    entry.readUInt16LE(10),
    entry.readUInt32LE(16),
  ]
  const [packed, size, offset] = [
    entry.readUInt32LE(20),
    entry.readUInt32LE(24),
    entry.readUInt32LE(42),
  ]
  const why =
    flags & 1
      ? 'it is encrypted'
      : method !== 0 && method !== 8
        ? `it is packed with method ${method}`
        : size > most_size || packed > zip.length()
          ? 'it claims to be too large'
          : null
  return {
    name: entry.toString('latin1', entry_size),
    size,
    contents: () =>
      why === null
        ? contents(zip, { packed, size, offset, crc, deflated: method === 8 })
        : refused(why),
  }
}

/** Only when it is asked for: a file that nobody reads, or one beside a good one, loses nothing. */
// oxlint-disable-next-line require-yield
async function* refused(why: string): AsyncGenerator<Buffer> {
  throw new Malformed(why)
}

async function* contents(
  zip: Spool,
  {
    packed,
    size,
    offset,
    crc,
    deflated,
  }: { packed: number; size: number; offset: number; crc: number; deflated: boolean },
): AsyncGenerator<Buffer> {
  const local = await zip.read(offset, local_size)
  if (local.length < local_size || local.readUInt32LE(0) !== 0x04034b50)
    throw new Malformed('it is not where the zip says')
  const start = offset + local_size + local.readUInt16LE(26) + local.readUInt16LE(28)
  const packed_bytes = zip.chunks({ start, end: Math.min(start + packed, zip.length()) })
  let [got, sum] = [0, 0]
  try {
    for await (const bytes of deflated ? inflated(packed_bytes) : packed_bytes) {
      got += bytes.length
      if (got > size) throw new Malformed('it is larger than it claims')
      sum = crc32(bytes, sum)
      yield bytes
    }
  } catch (error) {
    throw isZlibError(error) ? new Malformed(`it is damaged: ${(error as Error).message}`) : error
  }
  if (got !== size || sum !== crc)
    throw new Malformed('it is damaged: its length or checksum differs')
}

const inflated = (packed: AsyncIterable<Buffer>): AsyncIterable<Buffer> => {
  const source = Readable.from(copied(packed))
  const inflate = createInflateRaw({ chunkSize: 64 * 1024 })
  source.on('error', (error) => inflate.destroy(error))
  return source.pipe(inflate) as AsyncIterable<Buffer>
}

/** zlib holds on to what it was given while the next chunk is read. */
async function* copied(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) yield Buffer.from(chunk)
}
