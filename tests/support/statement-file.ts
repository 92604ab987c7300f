import { crc32, deflateRawSync, deflateSync } from 'node:zlib'

/** Statement files built from the protocol's layout (ACP §7.2), byte by byte. */

export type Zm = {
  order_id?: string
  amount_fen?: number
  fee_fen?: number
  txn_type?: string
  query_id?: string
  merchant?: string
  trace?: string
  /** replaces the value computed from amount and fee */
  settled?: string
  fee?: string
}

const put = (line: Buffer, offset: number, text: string): void =>
  void line.write(text, offset, 'latin1')
const padded = (fen: number, width = 12): string => String(Math.abs(fen)).padStart(width, '0')
let made = 0
const queryIdOf = (number: number): string => `8620261122${String(number).padStart(11, '0')}`

/** A line of ZM. `fee_fen`: UnionPay's fee of a charge. */
export function zmLine({
  order_id = '',
  amount_fen = 350,
  fee_fen = 1,
  txn_type = '01',
  query_id,
  merchant = '898310148160568',
  trace,
  settled,
  fee,
}: Zm): Buffer {
  made++
  const gives = txn_type === '04' || txn_type === '31'
  const net = gives ? -amount_fen + fee_fen : amount_fen - fee_fen
  const line = Buffer.alloc(607, 0x20)
  put(line, 0, 'S56')
  put(line, 4, '48021000   ')
  put(line, 28, trace ?? String(made % 1_000_000).padStart(6, '0'))
  put(line, 35, '1122101530')
  put(line, 46, '621626*********0018')
  put(line, 66, padded(amount_fen))
  put(line, 79, '5411')
  put(line, 87, query_id ?? queryIdOf(made))
  put(line, 112, order_id)
  put(line, 166, fee ?? `${gives ? 'C' : 'D'}${padded(fee_fen)}`)
  put(line, 180, settled ?? `${net < 0 ? 'D' : 'C'}${padded(net)}`)
  put(line, 215, txn_type)
  put(line, 218, '01')
  put(line, 221, '000902')
  put(line, 293, merchant)
  Buffer.from('c7e0bacc', 'hex').copy(line, 327) // 青禾 in GBK
  return line
}

export function zmeLine({
  amount_fen = 350,
  trace = '000777',
}: { amount_fen?: number; trace?: string } = {}): Buffer {
  const line = Buffer.alloc(339, 0x20)
  put(line, 0, 'E74')
  put(line, 28, trace)
  put(line, 35, '1122101530')
  put(line, 66, padded(amount_fen))
  return line
}

const crlf = Buffer.from('\r\n')
export const linesOf = (lines: readonly Buffer[]): Buffer =>
  Buffer.concat(lines.flatMap((line) => [line, crlf]))

/** The names of a day's files have: INN, day, 88, kind, merchant. */
export const nameOf = (kind: 'ZM' | 'ZME', merchant = '898310148160568', day = '261122'): string =>
  `INN${day}88${kind}_${merchant}`

export type Packed = {
  name: string
  bytes: Buffer
  stored?: boolean
  claims?: Partial<{ size: number; crc: number; flags: number; method: number }>
}

/** A zip, as the application note describes it; `claims` overrides fields of the headers. */
export function zipOf(files: readonly Packed[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, bytes, stored = false, claims = {} } of files) {
    const packed = stored ? bytes : deflateRawSync(bytes)
    const head = Buffer.alloc(26)
    head.writeUInt16LE(20, 0)
    head.writeUInt16LE(claims.flags ?? 0, 2)
    head.writeUInt16LE(claims.method ?? (stored ? 0 : 8), 4)
    head.writeUInt32LE(claims.crc ?? crc32(bytes), 10)
    head.writeUInt32LE(packed.length, 14)
    head.writeUInt32LE(claims.size ?? bytes.length, 18)
    head.writeUInt16LE(name.length, 22)
    const entry = Buffer.alloc(14)
    entry.writeUInt32LE(offset, 10)
    const local = Buffer.concat([
      Buffer.from('PK\x03\x04', 'latin1'),
      head,
      Buffer.from(name),
      packed,
    ])
    directory.push(
      Buffer.concat([
        Buffer.from('PK\x01\x02', 'latin1'),
        Buffer.from([20, 0]),
        head,
        entry,
        Buffer.from(name),
      ]),
    )
    parts.push(local)
    offset += local.length
  }
  const table = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(table.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, table, end])
}

/** A statement with these lines. */
export const statementZip = (
  zm: readonly Buffer[],
  zme: readonly Buffer[] = [],
  merchant?: string,
): Buffer =>
  zipOf([
    { name: nameOf('ZM', merchant), bytes: linesOf(zm) },
    ...(zme.length > 0 ? [{ name: nameOf('ZME', merchant), bytes: linesOf(zme) }] : []),
  ])

/** In the encoding of fileContent. */
export const fileContentOf = (zip: Buffer): string => deflateSync(zip).toString('base64')
