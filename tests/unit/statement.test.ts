import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Gateway } from '../../server/unionpay/gateway/gateway.ts'
import { openSpool } from '../../server/unionpay/gateway/spool.ts'
import { readZmeLine, readZmLine } from '../../server/unionpay/statement/line.ts'
import { cutLines } from '../../server/unionpay/statement/lines.ts'
import { readStatementLines } from '../../server/unionpay/statement/statement-file.ts'
import {
  createStatements,
  type Statements,
  type StatementLine,
  type UnreadPart,
} from '../../server/unionpay/statements.ts'
import { asAnswer, makeAuthority, now, signAsUnionPay } from '../support/acp-authority.ts'
import {
  fileContentOf,
  linesOf,
  nameOf,
  statementZip,
  zipOf,
  zmeLine,
  zmLine,
} from '../support/statement-file.ts'
import { until } from '../support/until.ts'
import { gatewayUnder } from '../support/gateway-under.ts'

const merchant = '898310148160568'
const folder = mkdtempSync(join(tmpdir(), 'wugan-statement-'))
let authority: ReturnType<typeof makeAuthority>
let server: Server
let gateway: Gateway
let statements: Statements
const never = new AbortController().signal
let body: Buffer | null
let heard = new URLSearchParams()

beforeAll(async () => {
  authority = makeAuthority()
  server = createServer((request, response) => {
    const parts: Buffer[] = []
    request
      .on('data', (part: Buffer) => parts.push(part))
      .on('end', () => {
        heard = new URLSearchParams(Buffer.concat(parts).toString())
        if (body) response.end(body)
      })
  })
  await new Promise<void>((resolve) => void server.listen(0, 'localhost', resolve))
  const base_url = `http://localhost:${(server.address() as AddressInfo).port}`
  gateway = gatewayUnder(authority, merchant, {
    base_url,
    secure_key: 'secret',
    answer_timeout_ms: 2_000,
    connections: 2,
    files: { base_url, folder, most_file_bytes: 3_000_000 },
  })
  statements = createStatements({
    gateway,
    merchants: [merchant],
    clock: { now: () => now },
    folder,
  })
})
afterAll(async () => {
  await gateway.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true })
})

const fields = {
  accessType: '0',
  bizType: '000000',
  encoding: 'UTF-8',
  fileName: 'x.zip',
  merId: merchant,
  respCode: '00',
  respMsg: '成功[0000000]',
  settleDate: '1122',
  txnSubType: '01',
  txnType: '76',
}
const answer = (more: Record<string, string>): Buffer =>
  asAnswer(signAsUnionPay({ ...fields, ...more }, authority.leaf()))
const fail = (part: UnreadPart): never => {
  throw new Error(`not compared: ${JSON.stringify(part)}`)
}
async function read(
  zip: Buffer,
  note: (part: UnreadPart) => void = fail,
): Promise<StatementLine[]> {
  const spool = await openSpool(folder, 1e9)
  await spool.append(zip)
  const lines: StatementLine[] = []
  try {
    for await (const piece of readStatementLines(spool, merchant, note)) lines.push(...piece)
  } finally {
    await spool.close()
  }
  return lines
}

describe('the file host', () => {
  test('is asked for a day and a merchant number, and its verified answer is read line by line', async () => {
    body = answer({
      fileContent: fileContentOf(
        statementZip(
          [
            zmLine({
              order_id: 'A0000001',
              amount_fen: 350,
              fee_fen: 2,
              query_id: '862026112200000000001',
            }),
          ],
          [zmeLine()],
        ),
      ),
    })
    const fetched = await statements.fetch(merchant, '2026-11-22', never)
    expect(Object.fromEntries(heard)).toMatchObject({
      txnType: '76',
      txnSubType: '01',
      bizType: '000000',
      accessType: '0',
      merId: merchant,
      settleDate: '1122',
      fileType: '00',
      txnTime: '20261122120000',
    })
    expect(heard.has('orderId')).toBe(false)
    if (fetched.kind !== 'file') throw new Error(fetched.why)
    const lines: StatementLine[] = []
    for await (const piece of fetched.file.lines(fail)) lines.push(...piece)
    await fetched.file.close()
    expect(fetched.file.digest).toMatch(/^[0-9a-f]{64}$/)
    expect(lines).toMatchObject([
      {
        kind: 'payment',
        order_id: 'A0000001',
        txn_type: '01',
        amount_fen: 350,
        fee_fen: -2,
        settled_fen: 348,
        query_id: '862026112200000000001',
      },
      { kind: 'adjustment', order_id: '', amount_fen: 350, trace: '000777 1122101530' },
    ])
  })
  test('answers 98 for a missing file, in a verified answer', async () => {
    body = answer({ respCode: '98', respMsg: '文件不存在[9800000]' })
    expect(await statements.fetch(merchant, '2026-11-22', never)).toMatchObject({
      kind: 'no_file',
      why: expect.stringContaining('98') as string,
    })
    body = answer({ respCode: '32', respMsg: '无此交易权限' })
    expect(await statements.fetch(merchant, '2026-11-22', never)).toMatchObject({ kind: 'refused' })
  })
  test.for([
    [
      'one changed character of the content',
      () =>
        Buffer.from(
          answer({ fileContent: 'AAAABBBB' }).toString('latin1').replace('AAAABBBB', 'AAAABBBC'),
          'latin1',
        ),
    ],
    [
      'an answer about another day',
      () => answer({ fileContent: fileContentOf(statementZip([])), settleDate: '1121' }),
    ],
    [
      'an answer about another merchant',
      () => answer({ fileContent: fileContentOf(statementZip([])), merId: '898310148160569' }),
    ],
    ['00 without a file', () => answer({})],
    ['more than the limit', () => answer({ fileContent: 'A'.repeat(3_000_001) })],
    ['a page', () => Buffer.from('<html>')],
  ] as const)('is not trusted with %s', async ([, make]) => {
    body = make()
    expect(await statements.fetch(merchant, '2026-11-22', never)).toMatchObject({ kind: 'none' })
  })
  test('that stops sending is not awaited once the process is to end', async () => {
    body = null
    heard = new URLSearchParams()
    const stopping = new AbortController()
    const fetching = statements.fetch(merchant, '2026-11-22', stopping.signal)
    await until('the file host was asked', () => heard.has('settleDate'))
    stopping.abort()
    expect(await fetching).toMatchObject({ kind: 'none' })
  })
  test.for([
    ['no Base64', '****'],
    ['no zlib stream', 'AAAABBBB'],
    ['half a stream', deflateSync(Buffer.alloc(5_000, 'x')).subarray(0, 20).toString('base64')],
  ] as const)('may send %s: malformed', async ([, fileContent]) => {
    body = answer({ fileContent })
    expect(await statements.fetch(merchant, '2026-11-22', never)).toMatchObject({
      kind: 'malformed',
    })
  })
})

describe('a zip', () => {
  const zm = linesOf([zmLine({ order_id: 'A0000001' })])
  test('may store its files, and contain a summary that is not read', async () => {
    expect(
      await read(
        zipOf([
          { name: nameOf('ZM'), bytes: zm, stored: true },
          { name: 'RD2010261122', bytes: Buffer.from('汇总') },
        ]),
      ),
    ).toHaveLength(1)
  })
  test.for([
    ['is cut off', () => statementZip([zmLine({})]).subarray(0, 80)],
    ['says another checksum', () => zipOf([{ name: nameOf('ZM'), bytes: zm, claims: { crc: 1 } }])],
    [
      'says another length',
      () => zipOf([{ name: nameOf('ZM'), bytes: zm, claims: { size: zm.length + 1 } }]),
    ],
    [
      'holds more than it says (a bomb)',
      () =>
        zipOf([
          { name: nameOf('ZM'), bytes: Buffer.alloc(50_000_000, zm), claims: { size: zm.length } },
        ]),
    ],
    ['is encrypted', () => zipOf([{ name: nameOf('ZM'), bytes: zm, claims: { flags: 1 } }])],
    [
      'packs in an unknown way',
      () => zipOf([{ name: nameOf('ZM'), bytes: zm, claims: { method: 12 } }]),
    ],
    [
      'holds a hundred files',
      () => zipOf(Array.from({ length: 100 }, (_, place) => ({ name: `${place}`, bytes: zm }))),
    ],
    ['holds no ZM', () => zipOf([{ name: nameOf('ZME'), bytes: linesOf([zmeLine()]) }])],
    [
      'holds one endless line',
      () => zipOf([{ name: nameOf('ZM'), bytes: Buffer.alloc(1_000_000, 'x') }]),
    ],
  ] as const)('that %s is malformed', async ([, make]) => {
    await expect(read(make())).rejects.toMatchObject({ name: 'Malformed' })
  })
})

describe('unreadable content', () => {
  const good = zmLine({ order_id: 'A0000001' })
  const notes = async (zip: Buffer): Promise<{ lines: number; parts: UnreadPart[] }> => {
    const parts: UnreadPart[] = []
    return { lines: (await read(zip, (part) => void parts.push(part))).length, parts }
  }
  const broken = (number: number): Buffer =>
    Buffer.from(zmLine({ order_id: `B${number}`, trace: '000001', query_id: '' })).fill('x', 66, 78)
  test('is a part of its own with file, line and reason, and the same bytes are the same part', async () => {
    const other = zmLine({ order_id: 'C1', amount_fen: 720, merchant: '898310148160569' })
    const lines = [good, broken(1), good.subarray(0, 200), other, broken(1), good]
    const { parts, lines: read_lines } = await notes(statementZip(lines))
    expect(read_lines).toBe(2)
    expect(parts).toMatchObject([
      { file: nameOf('ZM'), lines: [2, 5], count: 2, why: 'its amount is unreadable', said: null },
      { lines: [3], why: expect.stringContaining('200 bytes') as string },
      {
        lines: [4],
        why: 'it is about another merchant number, 898310148160569',
        said: { order_id: 'C1', amount_fen: 720 },
      },
    ])
    const again = await notes(statementZip([other, ...lines]))
    expect(again.parts.map(({ digest }) => digest).toSorted()).toEqual(
      parts.map(({ digest }) => digest).toSorted(),
    )
  })
  test('is bounded: twenty lines one by one, and the rest of a file as one part with its first numbers', async () => {
    const many = Array.from({ length: 5_000 }, (_, place) => broken(place))
    const { parts, lines } = await notes(statementZip([good, ...many]))
    expect(lines).toBe(1)
    expect(parts).toHaveLength(21)
    expect(parts.at(-1)).toMatchObject({
      count: 4_980,
      lines: Array.from({ length: 20 }, (_, place) => place + 22),
    })
  })
  test.for([
    ['garbage', { bytes: Buffer.from('<html>\r\n'.repeat(9_000)) }, { count: 9_000 }],
    ['an endless line', { bytes: Buffer.alloc(3_000_000, 'x') }, { count: 1, lines: [1] }],
    ['a damaged file', { bytes: linesOf([zmeLine()]), claims: { crc: 1 } }, { count: 0 }],
    ['an encrypted file', { bytes: linesOf([zmeLine()]), claims: { flags: 1 } }, { count: 0 }],
  ] as const)('is one part where it is a whole ZME: %s', async ([, zme, part]) => {
    const { parts, lines } = await notes(
      zipOf([
        { name: nameOf('ZM'), bytes: linesOf([good]) },
        { name: nameOf('ZME'), ...zme },
      ]),
    )
    expect(lines).toBe(1)
    expect(parts).toMatchObject([{ file: nameOf('ZME'), ...part }])
  })
  test('is one part where it is one ZM of two, and a damaged one is discarded completely', async () => {
    const { parts, lines } = await notes(
      zipOf([
        { name: `${nameOf('ZM')}_1`, bytes: linesOf([good, good]), claims: { crc: 1 } },
        { name: `${nameOf('ZM')}_2`, bytes: linesOf([good]) },
      ]),
    )
    expect(lines).toBe(1)
    expect(parts).toMatchObject([{ file: `${nameOf('ZM')}_1`, count: 0 }])
  })
  test('of a file that is not read has no effect', async () => {
    const zip = zipOf([
      { name: nameOf('ZM'), bytes: linesOf([good]) },
      { name: 'RD2010261122', bytes: good, claims: { flags: 1 } },
    ])
    expect(await read(zip)).toHaveLength(1)
  })
})

describe('a change to a file in transit', () => {
  const [one, two] = [zmLine({ order_id: 'A0000001' }), zmLine({ order_id: 'A0000002' })]
  const bytes = linesOf([one, two])
  test.for([
    ['a byte order mark', Buffer.concat([Buffer.from('efbbbf', 'hex'), bytes])],
    ['a line of blanks', Buffer.concat([bytes, Buffer.from('   \r\n')])],
    ['an end mark on a line of its own', Buffer.concat([bytes, Buffer.from([0x1a])])],
    [
      'an end mark on the last line',
      Buffer.concat([one, Buffer.from('\n'), two, Buffer.from([0x1a])]),
    ],
    [
      'a blank behind each line',
      Buffer.from(bytes.toString('latin1').replaceAll('\r\n', ' \r\n'), 'latin1'),
    ],
    [
      'blanks cut off',
      linesOf([one, two].map((line) => Buffer.from(line.toString('latin1').trimEnd(), 'latin1'))),
    ],
  ] as const)('%s has no effect', async ([, changed]) => {
    for (const name of [nameOf('ZM'), nameOf('ZM').toLowerCase()]) {
      const lines = await read(zipOf([{ name, bytes: changed }]))
      expect(lines.map(({ order_id }) => order_id)).toEqual(['A0000001', 'A0000002'])
    }
  })
})

describe('a line', () => {
  test('of a refund: an amount that leaves the merchant is negative', () => {
    expect(
      readZmLine(zmLine({ txn_type: '04', amount_fen: 200, fee_fen: 1 }), merchant),
    ).toMatchObject({ txn_type: '04', amount_fen: 200, fee_fen: 1, settled_fen: -199 })
  })
  test('with blanks instead of fee and settled amount has neither', () => {
    expect(
      readZmLine(zmLine({ fee: ' '.repeat(13), settled: ' 000000000000' }), merchant),
    ).toMatchObject({ fee_fen: 0, settled_fen: 0 })
  })
  test('may be longer than today, or lack blanks at its end, and its columns stay separate', () => {
    expect(
      readZmLine(Buffer.concat([zmLine({ order_id: 'A1' }), Buffer.from(' new')]), merchant)
        .order_id,
    ).toBe('A1')
    const trimmed = Buffer.from(zmLine({ order_id: 'A1' }).toString('latin1').trimEnd(), 'latin1')
    expect(readZmLine(trimmed, merchant)).toEqual(
      readZmLine(Buffer.concat([trimmed, Buffer.alloc(607 - trimmed.length, 0x20)]), merchant),
    )
    expect(readZmLine(trimmed.subarray(0, 308), merchant).order_id).toBe('A1')
    expect(() => readZmLine(trimmed.subarray(0, 307), merchant)).toThrow('307 bytes')
    expect(() => readZmLine(zmLine({}).subarray(1), merchant)).toThrow('blank')
    expect(() =>
      readZmLine(Buffer.concat([Buffer.from('x'), zmLine({ order_id: 'A'.repeat(32) })]), merchant),
    ).toThrow('blank')
    expect(readZmeLine(zmeLine().subarray(0, 78))).toEqual(readZmeLine(zmeLine()))
    expect(() => readZmeLine(zmeLine().subarray(0, 77))).toThrow('77 bytes')
  })
  test('is recognized in any chunks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.string({ maxLength: 40 }).map((text) => text.replace(/[\r\n]/g, '')),
          { maxLength: 20 },
        ),
        fc.integer({ min: 1, max: 50 }),
        async (texts, size) => {
          const bytes = Buffer.from(texts.map((text) => `${text}\r\n`).join(''))
          const chunks = async function* () {
            for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
          }
          const lines: string[] = []
          for await (const piece of cutLines(chunks())) lines.push(...piece.map(String))
          expect(lines).toEqual(texts)
        },
      ),
      { numRuns: 100 },
    )
  })
})
