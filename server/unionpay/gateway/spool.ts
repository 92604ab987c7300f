import { randomBytes } from 'node:crypto'
import { mkdir, open, unlink, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'

/** Bytes from `start` to before `end`. */
export type Range = { start: number; end: number }

/**
 * A place on disk for what is too large for memory. It has no name: nobody else can open it, and it
 * is gone with the process, even a killed one.
 */
export type Spool = {
  append(bytes: Uint8Array): Promise<void>
  length(): number
  /** `length` bytes from `start`, fewer at the end */
  read(start: number, length: number): Promise<Buffer>
  /** in order; each is overwritten by the next, so a reader that keeps one copies it */
  chunks(range?: Range): AsyncGenerator<Buffer>
  close(): Promise<void>
}

const chunk_bytes = 64 * 1024

/** `most_bytes`: a spool that grows beyond throws TooLarge. */
export async function openSpool(folder: string, most_bytes: number): Promise<Spool> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, `spool-${randomBytes(9).toString('hex')}`)
  const handle = await open(file, 'wx+', 0o600)
  await unlink(file)
  let length = 0
  return {
    async append(bytes) {
      if (length + bytes.length > most_bytes) throw new TooLarge(most_bytes)
      await handle.writev([bytes], length)
      length += bytes.length
    },
    length: () => length,
    read: (start, wanted) =>
      readAt(handle, start, Buffer.alloc(Math.max(0, Math.min(wanted, length - start)))),
    async *chunks({ start, end } = { start: 0, end: length }) {
      const chunk = Buffer.allocUnsafeSlow(chunk_bytes)
      for (let at = start; at < end; at += chunk_bytes)
        yield await readAt(handle, at, chunk.subarray(0, Math.min(chunk_bytes, end - at)))
    },
    close: () => handle.close(),
  }
}

export class TooLarge extends Error {
  constructor(most_bytes: number) {
    super(`more than ${most_bytes} bytes`)
  }
}

/** Fills `bytes` from `start` on; gives the part that there was. */
async function readAt(handle: FileHandle, start: number, bytes: Buffer): Promise<Buffer> {
  let got = 0
  while (got < bytes.length) {
    const { bytesRead } = await handle.read(bytes, got, bytes.length - got, start + got)
    if (bytesRead === 0) break
    got += bytesRead
  }
  return bytes.subarray(0, got)
}
