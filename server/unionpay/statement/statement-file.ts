import type { Spool } from '../gateway/spool.ts'
import { readZmeLine, readZmLine, type StatementLine } from './line.ts'
import { cutLines, isBlank } from './lines.ts'
import { Malformed, UnreadLine } from './malformed.ts'
import { collectUnread, unopened, type UnreadPart } from './unread.ts'
import { listMembers, type Member } from './zip.ts'

/** Hears of everything that was not compared, while the lines are read. */
export type NoteUnread = (part: UnreadPart) => void
type ReadLine = (line: Buffer) => StatementLine

/** The lines of a statement's zip; see `readMembers`. */
export async function* readStatementLines(
  zip: Spool,
  merchant: string,
  note: NoteUnread,
): AsyncGenerator<StatementLine[]> {
  yield* readMembers(await listMembers(zip), merchant, note)
}

/**
 * The lines of a statement, in pieces, never as a whole: those of ZM, then those of ZME (ACP §7.2).
 * The summary is a text for people and is not read. What cannot be read is noted and loses nothing
 * else; without a ZM file that is one there is no statement, and Malformed is thrown, at the latest
 * behind the last line.
 */
export async function* readMembers(
  members: readonly Pick<Member, 'name' | 'contents'>[],
  merchant: string,
  note: NoteUnread,
): AsyncGenerator<StatementLine[]> {
  const ofKind = (form: RegExp) =>
    members.filter(({ name }) => form.test(name.split(/[/\\]/).at(-1) ?? ''))
  const payments = ofKind(/ZM_/i)
  if (payments.length === 0) throw new Malformed('the zip holds no ZM file')
  const unread: UnreadPart[] = []
  for (const member of payments)
    yield* linesOf(member, (line) => readZmLine(line, merchant), note, unread)
  const [first] = unread
  if (first && unread.length === payments.length)
    throw new Malformed(
      first.count === 0
        ? `${first.file}: ${first.why}`
        : `${first.file} holds no line of a statement; line ${first.lines[0]}: ${first.why}`,
    )
  for (const part of unread) note(part)
  const disputes: UnreadPart[] = []
  for (const member of ofKind(/ZME_/i)) yield* linesOf(member, readZmeLine, note, disputes)
  for (const part of disputes) note(part)
}

/** `whole`: gets the file itself where nothing of it can be used. */
async function* linesOf(
  member: Pick<Member, 'name' | 'contents'>,
  read: ReadLine,
  note: NoteUnread,
  whole: UnreadPart[],
): AsyncGenerator<StatementLine[]> {
  const damage = await damageOf(member)
  if (damage !== null) return void whole.push(unopened(member.name, damage))
  const unread = collectUnread(member.name)
  let number = 0
  for await (const lines of cutLines(member.contents())) {
    const piece: StatementLine[] = []
    for (const line of lines) {
      number++
      if (isBlank(line)) continue
      try {
        piece.push(read(line))
      } catch (error) {
        if (!(error instanceof UnreadLine)) throw error
        unread.add(number, line, error)
      }
    }
    if (piece.length > 0) unread.noteFormed()
    yield piece
  }
  const ended = unread.end()
  if (ended.whole) whole.push(ended.whole)
  for (const part of ended.parts) note(part)
}

/** Why a file cannot be opened or is not what was packed, before any line of it is believed. */
async function damageOf({ contents }: Pick<Member, 'contents'>): Promise<string | null> {
  try {
    for await (const _bytes of contents());
    return null
  } catch (error) {
    if (error instanceof Malformed) return error.message
    throw error
  }
}
