import pg from 'pg'

const int8 = 20
const date = 1082

/**
 * A whole number of the database as a JS number. Throws where a JS number could not hold it
 * exactly.
 */
function readInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value))
    throw new RangeError(`the database's ${text} does not fit a JS number`)
  return value
}

/**
 * How values come back: int8 as number, date as text (a business day is no instant), timestamptz as
 * Date.
 */
export const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === int8) return readInt8
    if (oid === date) return (text: string) => text
    return pg.types.getTypeParser(oid, format)
  },
}
