import { Readable, type Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib'
import { packingsOf, withoutStart, type AnswerHead, type Foreign } from '../answer-body.ts'

/** An answer that came packed in a way that cannot be undone. */
export class Packed extends Error {
  readonly foreign: Foreign
  constructor(packings: readonly string[], why: string) {
    const detail = `it came packed (${packings.join(', ')}), which nobody asked for, and ${why}: a proxy or firewall on the way changed it`
    super(detail)
    this.foreign = { kind: 'packed', detail }
  }
}

const unpackers: Readonly<Record<string, (first: Buffer) => Transform>> = {
  gzip: () => createGunzip(),
  deflate: (first) => ((first[0] ?? 0) % 16 === 8 ? createInflate() : createInflateRaw()),
  br: () => createBrotliDecompress(),
}

/**
 * The same as `unpackBody` for what is too large for memory. Whoever reads it counts: it may be
 * more than it was. Throws Packed.
 */
export async function* unpackStream(
  head: AnswerHead,
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  const source = Readable.from(chunks)
  try {
    const { first, rest } = await begin(source.iterator({ destroyOnReturn: false }))
    const [packing, ...more] = packingsOf(head, first)
    if (packing === undefined) {
      yield withoutStart(first)
      yield* rest
      return
    }
    const unpack = unpackers[packing]
    if (!unpack || more.length > 0)
      throw new Packed([packing, ...more], 'not in a way that is read here')
    yield* unpacked(unpack(first), packing, first, rest)
  } finally {
    source.destroy()
  }
}

/** The first chunks until there is enough to see what they are. */
async function begin(
  chunks: AsyncIterator<Buffer>,
): Promise<{ first: Buffer; rest: AsyncIterable<Buffer> }> {
  let first: Buffer = Buffer.alloc(0)
  while (first.length < 3) {
    const { done, value } = await chunks.next()
    if (done) break
    first = Buffer.concat([first, value])
  }
  return { first, rest: { [Symbol.asyncIterator]: () => chunks } }
}

async function* unpacked(
  unpack: Transform,
  packing: string,
  first: Buffer,
  rest: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  const packed = Readable.from(
    (async function* () {
      yield first
      yield* rest
    })(),
  )
  packed.on('error', (error) => unpack.destroy(error))
  let begun = false
  try {
    for await (const bytes of packed.pipe(unpack) as AsyncIterable<Buffer>) {
      yield begun ? bytes : withoutStart(bytes)
      begun = true
    }
  } catch (error) {
    if (/^(Z_|ERR_(ZLIB|BROTLI|_ERROR)|ERR__)/.test((error as { code?: string }).code ?? ''))
      throw new Packed([packing], 'cannot be unpacked')
    throw error
  } finally {
    packed.destroy()
  }
}
