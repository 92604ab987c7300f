import { Malformed } from './malformed.ts'

const [line_feed, carriage_return] = [0x0a, 0x0d]
const longest_line = 4_096

/**
 * Cuts bytes into lines, whatever the chunks (ACP §7.2: CRLF; a bare LF and a missing last one are read too). No GBK character holds
 * the byte of a line feed. A line is valid until the next is asked for.
 */
export async function* cutLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer[]> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    const lines: Buffer[] = []
    let from = 0
    for (let at = chunk.indexOf(line_feed); at >= 0; at = chunk.indexOf(line_feed, from)) {
      const line = chunk.subarray(from, at)
      lines.push(withoutReturn(from === 0 && rest.length > 0 ? Buffer.concat([rest, line]) : line))
      from = at + 1
    }
    // Copied, so that a few bytes do not keep the whole chunk.
    rest = from === 0 ? Buffer.concat([rest, chunk]) : Buffer.from(chunk.subarray(from))
    if (rest.length > longest_line)
      throw new Malformed(`a line is longer than ${longest_line} bytes`)
    if (lines.length > 0) yield lines
  }
  if (rest.length > 0) yield [withoutReturn(rest)]
}

const withoutReturn = (line: Buffer): Buffer =>
  line.at(-1) === carriage_return ? line.subarray(0, -1) : line
