import iconv from 'iconv-lite'

/**
 * Width of each column of a line, by acp-gateway §7.2; one blank between columns, bytes counted in
 * GBK.
 */
export const zm_widths: readonly number[] = [
  3, 11, 11, 6, 10, 19, 12, 4, 2, 21, 2, 32, 2, 6, 10, 13, 13, 4, 15, 2, 2, 6, 2, 4, 32, 1, 21, 15,
  1, 15, 32, 13, 13, 8, 32, 13, 13, 12, 2, 1, 32, 98,
]
export const zme_widths: readonly number[] = [
  3, 11, 11, 6, 10, 19, 12, 4, 2, 2, 6, 10, 4, 12, 13, 13, 15, 15, 1, 12, 2, 135,
]

/**
 * A line without its CRLF: `columns` by their number in the document, all others blank. Throws when
 * a value is wider than its column.
 */
export function writeLine(
  widths: readonly number[],
  columns: Readonly<Record<number, string>>,
): Buffer {
  const cells = widths.map((width, place) => {
    const bytes = iconv.encode(columns[place + 1] ?? '', 'gbk')
    if (bytes.length > width)
      throw new Error(`column ${place + 1} takes ${width} bytes, not ${bytes.length}`)
    return Buffer.concat([bytes, Buffer.alloc(width - bytes.length, 0x20)])
  })
  return Buffer.concat(
    cells.flatMap((cell, place) => (place === 0 ? [cell] : [Buffer.from(' '), cell])),
  )
}

/** Twelve digits of fen, and with a sign D (owed by the merchant) or C (owed to the merchant). */
export const amount = (fen: number): string => String(Math.abs(fen)).padStart(12, '0')
export const signed = (fen: number): string => `${fen < 0 ? 'D' : 'C'}${amount(fen)}`
/** Some columns begin with a blank instead of a sign when they are zero. */
export const unsigned_zero = ` ${amount(0)}`

export const gbk = (text: string): Buffer => iconv.encode(text, 'gbk')
