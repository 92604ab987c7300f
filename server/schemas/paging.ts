/** How many a caller wants on a page. */
export const mostOf = (limit: string | undefined): number => Number(limit ?? 50)
/** A full page may have another behind it. */
export const nextCursor = <Row>(
  rows: readonly Row[],
  most: number,
  idOf: (row: Row) => string,
): string | null => {
  const last = rows.at(-1)
  return last !== undefined && rows.length === most ? idOf(last) : null
}
