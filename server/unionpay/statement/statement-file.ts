import type { Spool } from '../gateway/spool.ts'
import { readZmeLine, readZmLine, type StatementLine } from './line.ts'
import { cutLines } from './lines.ts'
import { Malformed } from './malformed.ts'
import { listMembers, type Member } from './zip.ts'

/**
 * The lines of a statement, in pieces, never as a whole: those of ZM, then those of ZME (ACP §7.2). The summary is a text for
 * people and is not read. A zip without ZM is not complete. Throws Malformed with file and line number.
 */
export async function* readStatementLines(
  zip: Spool,
  merchant: string,
): AsyncGenerator<StatementLine[]> {
  const members = await listMembers(zip)
  const ofKind = (form: RegExp): Member[] =>
    members.filter(({ name }) => form.test(name.split(/[/\\]/).at(-1) ?? ''))
  const payments = ofKind(/ZM_/)
  if (payments.length === 0) throw new Malformed('the zip holds no ZM file')
  for (const member of payments) yield* linesOf(member, (line) => readZmLine(line, merchant))
  for (const member of ofKind(/ZME_/)) yield* linesOf(member, readZmeLine)
}

async function* linesOf(
  member: Member,
  read: (line: Buffer) => StatementLine,
): AsyncGenerator<StatementLine[]> {
  let number = 0
  for await (const lines of cutLines(member.contents())) {
    const piece: StatementLine[] = []
    for (const line of lines) {
      number++
      if (line.length === 0) continue
      try {
        piece.push(read(line))
      } catch (error) {
        throw error instanceof Malformed
          ? new Malformed(`${member.name}, line ${number}: ${error.message}`)
          : error
      }
    }
    yield piece
  }
}
