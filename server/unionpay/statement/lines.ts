const [line_feed, carriage_return] = [0x0a, 0x0d]

/**
 * No line is longer; of one that is, this much and a byte are given and the rest is passed over.
 */
export const longest_line = 4_096

/**
 * Cuts bytes into lines, whatever the chunks (ACP §7.2: CRLF; a bare LF and a missing last one are
 * read too). No GBK character holds the byte of a line feed. A line is valid until the next is
 * asked for.
 */
export async function* cutLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer[]> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    const lines: Buffer[] = []
    let from = 0
    for (let at = chunk.indexOf(line_feed); at >= 0; at = chunk.indexOf(line_feed, from)) {
      const line = chunk.subarray(from, at)
      lines.push(plain(from === 0 && rest.length > 0 ? Buffer.concat([rest, line]) : line))
      from = at + 1
    }
    // Copied, so that a few bytes do not keep the whole chunk.
    const tail = chunk.subarray(from, from + longest_line + 1)
    rest =
      from === 0 ? Buffer.concat([rest, tail]).subarray(0, longest_line + 1) : Buffer.from(tail)
    if (lines.length > 0) yield lines
  }
  if (rest.length > 0) yield [plain(rest)]
}

/**
 * Without what an editor or a transport adds: the carriage return, and a byte order mark in UTF-8.
 */
function plain(line: Buffer): Buffer {
  const from = line[0] === 0xef && line[1] === 0xbb && line[2] === 0xbf ? 3 : 0
  return line.subarray(from, line.at(-1) === carriage_return ? -1 : undefined)
}

/** A line that says nothing: empty, blanks, or the end mark of old systems (0x1A). */
export function isBlank(line: Buffer): boolean {
  for (const byte of line) if (byte > 0x20 || (byte !== 0x20 && !empty.includes(byte))) return false
  return true
}
const empty: readonly number[] = [0x00, 0x09, carriage_return, 0x1a]
