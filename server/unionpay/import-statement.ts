import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { openSpool, TooLarge, type Spool } from './gateway/spool.ts'
import { Malformed } from './statement/malformed.ts'
import { readMembers } from './statement/statement-file.ts'
import { listMembers, type Member } from './statement/zip.ts'
import { most_zip_bytes, type StatementFile } from './statements.ts'

type Readable = Pick<Member, 'name' | 'contents'>

/**
 * A statement that a person downloaded from UnionPay's pages: the zip, or what was in it (ZM and
 * ZME). Read like a fetched one; nothing of it is signed, so that who imports it answers for it.
 * Throws Malformed where it is no statement, or one of another day.
 */
export async function openImport(
  files: readonly string[],
  { merchant_no, day, folder }: { merchant_no: string; day: string; folder: string },
): Promise<StatementFile> {
  const spools: Spool[] = []
  const close = async (): Promise<void> =>
    void (await Promise.all(spools.map((one) => one.close())))
  const digest = createHash('sha256')
  try {
    const members: Readable[] = []
    for (const file of files) {
      const spool = await openSpool(folder, most_zip_bytes)
      spools.push(spool)
      await copy(file, spool, digest)
      members.push(...(await membersOf(file, spool)))
    }
    for (const { name } of members) checkDay(name, day)
    const bytes = spools.reduce((sum, one) => sum + one.length(), 0)
    const lines: StatementFile['lines'] = (note) => readMembers(members, merchant_no, note)
    return { digest: digest.digest('hex'), bytes, lines, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function copy(file: string, spool: Spool, digest: Hash): Promise<void> {
  try {
    for await (const bytes of createReadStream(file) as AsyncIterable<Buffer>) {
      digest.update(bytes)
      await spool.append(bytes)
    }
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException
    if (error instanceof TooLarge || code !== '') throw new Malformed(`${file}: ${message}`)
    throw error
  }
}

async function membersOf(file: string, spool: Spool): Promise<Readable[]> {
  if ((await spool.read(0, 2)).toString('latin1') === 'PK') return listMembers(spool)
  const name = basename(file)
  if (/ZME?_/i.test(name)) return [{ name, contents: () => spool.chunks() }]
  throw new Malformed(
    `${file}: it is no zip, and its name says neither ZM_ nor ZME_; keep the name UnionPay gave it`,
  )
}

/** INN, YYMMDD, 88 (ACP §7.2): a file of another day would miss all orders of this one. */
function checkDay(name: string, day: string): void {
  const [, date] = /INN(\d{6})88/i.exec(name) ?? []
  if (date !== undefined && date !== day.slice(2).replaceAll('-', ''))
    throw new Malformed(
      `${name} is the statement of 20${date.slice(0, 2)}-${date.slice(2, 4)}-${date.slice(4)}, not of ${day}`,
    )
}
