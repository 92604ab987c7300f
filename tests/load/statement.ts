import { spawn } from 'node:child_process'
import { createHash, sign } from 'node:crypto'
import { createReadStream, createWriteStream, statSync } from 'node:fs'
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { crc32, createDeflate, createDeflateRaw } from 'node:zlib'
import { newId, systemRandom } from '../../server/kernel/ids.ts'
import { openDatabase, type Database } from '../../server/storage/database.ts'
import { server_flags } from '../../commands/parts/server-flags.ts'
import { makeAuthority, now } from '../support/acp-authority.ts'
import { removeCluster } from '../support/database-server.ts'
import { nameOf, zmLine } from '../support/statement-file.ts'

const merchant = '898310148160568'
const day = '2026-11-21'
/**
 * of every thousand lines this many are about pending orders; every thousandth line is a break of
 * one kind
 */
const pending_of_1000 = 1

export type StatementCost = {
  lines: number
  zip_mb: number
  answer_mb: number
  seconds: number
  cpu_seconds: number
  megabytes: number
  settled: number
  breaks: number
}

/**
 * The time and memory that a statement of a number of lines takes. A local file host serves it,
 * signed; a process of its own, started with the server's flags, fetches it, reads it and compares
 * it with as many orders in an embedded PostgreSQL. `cpu_seconds`: of that process alone.
 */
export async function measureStatement(lines: number): Promise<StatementCost> {
  const folder = await mkdtemp(join(tmpdir(), 'wugan-statement-'))
  const database = await openDatabase({ data_dir: join(folder, 'data'), database_url: null })
  let host: Server | null = null
  try {
    const orders = await seed(database, lines)
    const body = await writeAnswer(folder, orders)
    host = await serve(body.file)
    const url = `http://localhost:${(host.address() as AddressInfo).port}`
    return {
      ...(await runChild(folder, url)),
      zip_mb: body.zip_bytes / 1e6,
      answer_mb: statSync(body.file).size / 1e6,
    }
  } finally {
    host?.close()
    await database.close()
    await removeCluster(join(folder, 'data'))
    await rm(folder, { recursive: true, force: true })
  }
}

/** As many orders as lines, of one clearing day; one in a thousand is waiting for the statement. */
async function seed({ pool }: Database, lines: number): Promise<string[]> {
  await pool.query(`insert into users (id, user_id, origin) values ('U', 'U', 'made');
    insert into contracts (id, user_ref, plan_id, contract_code, signed_through, state, expires_at) values ('K', 'U', 'P', 'C', 'h5', 'active', now());
    insert into charge_profiles (digest, name, body) values ('D', 'D', '{}')`)
  const orders: string[] = []
  const start = Date.parse(`${day}T00:00:00+08:00`)
  for (let from = 0; from < lines; from += 10_000) {
    const ids = Array.from({ length: Math.min(10_000, lines - from) }, (_, place) =>
      newId(
        { now: () => new Date(start + Math.floor(((from + place) / lines) * 72_000_000)) },
        systemRandom,
      ),
    )
    await pool.query(
      `insert into charges (order_id, contract_ref, plan_id, merchant_no, merchant_order_no, amount_fen, description, txn_time, accepted_at, accepted_on, profile_digest,
         state, settle_on, waits_for)
       select id, 'K', 'P', '${merchant}', id, 100 + place % 9000, '乌龙茶', '20261121100000', $2::timestamptz, '${day}', 'D',
         case when place % 1000 < ${pending_of_1000} then 'pending' else 'succeeded' end, case when place % 1000 >= ${pending_of_1000} then '${day}'::date end,
         case when place % 1000 < ${pending_of_1000} then 'statement' end
         from unnest($1::text[]) with ordinality as o (id, place)`,
      [ids, new Date(start)],
    )
    orders.push(...ids)
  }
  await pool.query('analyze charges')
  return orders
}

/**
 * The answer of UnionPay's file host, written in chunks: Base64 of zlib of a zip of ZM lines,
 * signed.
 */
async function writeAnswer(folder: string, orders: readonly string[]) {
  const [packed, zip, content, file] = ['packed', 'zip', 'content', 'answer'].map((name) =>
    join(folder, name),
  ) as [string, string, string, string]
  let [crc, size] = [0, 0]
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      crc = crc32(chunk, crc)
      size += chunk.length
      done(null, chunk)
    },
  })
  await pipeline(
    Readable.from(statementLines(orders)),
    count,
    createDeflateRaw({ level: 6 }),
    createWriteStream(packed),
  )
  const packed_bytes = statSync(packed).size
  const name = Buffer.from(nameOf('ZM'))
  const head = Buffer.alloc(26)
  head.writeUInt16LE(20, 0)
  head.writeUInt16LE(8, 4)
  head.writeUInt32LE(crc, 10)
  head.writeUInt32LE(packed_bytes, 14)
  head.writeUInt32LE(size, 18)
  head.writeUInt16LE(name.length, 22)
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), head, name])
  const entry = Buffer.concat([
    Buffer.from('PK\x01\x02', 'latin1'),
    Buffer.from([20, 0]),
    head,
    Buffer.alloc(14),
    name,
  ])
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(entry.length, 12)
  end.writeUInt32LE(local.length + packed_bytes, 16)
  await writeFile(zip, local)
  await pipeline(createReadStream(packed), createWriteStream(zip, { flags: 'a' }))
  await appendFile(zip, Buffer.concat([entry, end]))
  await pipeline(
    createReadStream(zip),
    createDeflate({ level: 1 }),
    base64(),
    createWriteStream(content),
  )
  return {
    file: await signAnswer(content, file, join(folder, 'pki.json')),
    zip_bytes: statSync(zip).size,
  }
}

async function* statementLines(orders: readonly string[]): AsyncGenerator<Buffer> {
  const crlf = Buffer.from('\r\n')
  let lines: Buffer[] = []
  for (const [place, order_id] of orders.entries()) {
    const number = (place % 10_000) + 1
    const broken = place % 1000 === 500
    lines.push(
      zmLine({
        order_id: broken ? `ELSEWHERE${place}` : order_id,
        amount_fen: 100 + (number % 9000),
        fee_fen: 1,
        query_id: `86202611210000${String(place).padStart(7, '0')}`,
      }),
      crlf,
    )
    if (lines.length < 2_000) continue
    yield Buffer.concat(lines)
    lines = []
  }
  yield Buffer.concat(lines)
}

function base64(): Transform {
  let rest: Buffer = Buffer.alloc(0)
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const bytes = Buffer.concat([rest, chunk])
      const whole = bytes.length - (bytes.length % 3)
      rest = bytes.subarray(whole)
      done(null, bytes.toString('base64', 0, whole))
    },
    flush(done) {
      done(null, rest.toString('base64'))
    },
  })
}

async function signAnswer(content: string, file: string, pki: string): Promise<string> {
  const authority = makeAuthority()
  const signer = authority.leaf()
  const fields: Record<string, string> = {
    accessType: '0',
    bizType: '000000',
    encoding: 'UTF-8',
    fileName: 'x.zip',
    merId: merchant,
    respCode: '00',
    respMsg: '成功[0000000]',
    settleDate: day.slice(5).replace('-', ''),
    signMethod: '01',
    signPubKeyCert: signer.pem,
    txnSubType: '01',
    txnType: '76',
    version: '5.1.0',
  }
  const text = (names: string[]): string => names.map((name) => `${name}=${fields[name]}`).join('&')
  const names = Object.keys(fields).toSorted()
  const digest = createHash('sha256').update(
    `${text(names.filter((name) => name < 'fileContent'))}&fileContent=`,
  )
  for await (const chunk of createReadStream(content)) digest.update(chunk as Buffer)
  digest.update(`&${text(names.filter((name) => name > 'fileContent'))}`)
  const signature = sign('sha256', Buffer.from(digest.digest('hex')), signer.key).toString('base64')
  await writeFile(file, `${text(names)}&signature=${signature}&fileContent=`)
  await pipeline(createReadStream(content), createWriteStream(file, { flags: 'a' }))
  await writeFile(
    pki,
    JSON.stringify({
      root: authority.root.pem,
      middle: authority.middle.pem,
      key: authority.leaf_key.export({ type: 'pkcs8', format: 'pem' }),
      at: now.toISOString(),
    }),
  )
  return file
}

async function serve(file: string): Promise<Server> {
  const server = createServer((request, response) => {
    request
      .resume()
      .on(
        'end',
        () => void pipeline(createReadStream(file), response).catch(() => response.destroy()),
      )
  })
  await new Promise<void>((resolve) => void server.listen(0, 'localhost', resolve))
  return server
}

type Measured = Omit<StatementCost, 'zip_mb' | 'answer_mb'>

/** The measured part, in a process of its own. */
async function runChild(folder: string, url: string): Promise<Measured> {
  const flags = [...server_flags, ...(process.env.BENCH_NODE_FLAGS?.split(' ') ?? [])]
  const child = spawn(
    process.execPath,
    [...flags, fileURLToPath(new URL('statement-reader.ts', import.meta.url)), folder, url],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let said = ''
  for await (const chunk of child.stdout) said += String(chunk)
  return JSON.parse(said) as Measured
}
