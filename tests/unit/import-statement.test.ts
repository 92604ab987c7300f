import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openImport } from '../../server/unionpay/import-statement.ts'
import { linesOf, nameOf, statementZip, zmeLine, zmLine } from '../support/statement-file.ts'

/** Files that an operator downloaded, in their usual forms. */

const folder = mkdtempSync(join(tmpdir(), 'wugan-import-'))
afterAll(() => rmSync(folder, { recursive: true }))
const merchant_no = '898310148160568'
const zm = linesOf([zmLine({ order_id: 'A0000001' })])

const path = (name: string, bytes: Buffer): string => {
  writeFileSync(join(folder, name), bytes)
  return join(folder, name)
}
async function imported(files: readonly string[], day = '2026-11-22'): Promise<string[]> {
  const file = await openImport(files, { merchant_no, day, folder })
  const found: string[] = []
  try {
    for await (const piece of file.lines(({ why }) => void found.push(why)))
      found.push(...piece.map(({ kind, order_id }) => `${kind} ${order_id}`.trim()))
  } finally {
    await file.close()
  }
  return found
}

test('a zip is read whatever its name', async () => {
  expect(
    await imported([path('download (1).zip', statementZip([zmLine({ order_id: 'A1' })]))]),
  ).toEqual(['payment A1'])
})
test('ZM alone is read, with a BOM and a lower-case name, and ZME beside it', async () => {
  const bare = path(nameOf('ZM').toLowerCase(), Buffer.concat([Buffer.from('efbbbf', 'hex'), zm]))
  expect(await imported([bare])).toEqual(['payment A0000001'])
  const disputes = path(`${nameOf('ZME')}.txt`, linesOf([zmeLine()]))
  expect(await imported([disputes, bare])).toEqual(['payment A0000001', 'adjustment'])
})
test('an unreadable ZME beside it does not affect ZM', async () => {
  const bare = path(nameOf('ZM'), zm)
  const page = path(nameOf('ZME'), Buffer.from('<html>\n'))
  expect(await imported([bare, page])).toEqual([
    'payment A0000001',
    'it has 6 bytes, and what is read of it ends at 78',
  ])
})
test.for([
  [
    'of another day',
    () => [path(nameOf('ZM'), zm)],
    '2026-11-21',
    'is the statement of 2026-11-22',
  ],
  ['that is not there', () => [join(folder, 'nothing.zip')], '2026-11-22', 'no such file'],
  ['of another name', () => [path('statement.txt', zm)], '2026-11-22', 'neither ZM_ nor ZME_'],
  [
    'of disputes alone',
    () => [path(nameOf('ZME'), linesOf([zmeLine()]))],
    '2026-11-22',
    'no ZM file',
  ],
] as const)('a file %s is refused in a sentence', async ([, make, day, why]) => {
  await expect(imported(make(), day)).rejects.toMatchObject({
    name: 'Malformed',
    message: expect.stringContaining(why) as string,
  })
})
