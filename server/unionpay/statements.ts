import { join } from 'node:path'
import type { Clock } from '../kernel/clock.ts'
import type { Gateway } from './gateway/gateway.ts'
import { openSpool, TooLarge, type Spool } from './gateway/spool.ts'
import { txnTimeOf } from './gateway/txn-time.ts'
import { fetchStatement } from './operations/fetch-statement.ts'
import type { StatementLine } from './statement/line.ts'
import { Malformed } from './statement/malformed.ts'
import { readStatementLines, type NoteUnread } from './statement/statement-file.ts'
import { unpackZip } from './statement/unpack.ts'

export type { StatementLine } from './statement/line.ts'
export { Malformed } from './statement/malformed.ts'
export type { UnreadPart } from './statement/unread.ts'

/**
 * A statement on disk. `digest`: SHA-256 of the zip; a re-issued one has another. `note` hears of
 * what is not among the lines. Close it.
 */
export type StatementFile = {
  digest: string
  bytes: number
  lines(note: NoteUnread): AsyncGenerator<StatementLine[]>
  close(): Promise<void>
}

/**
 * `file`: it is here · `no_file`: not yet · `refused`: UnionPay says no · `none`: no answer to be
 * believed · `malformed`: unreadable.
 */
export type FetchedStatement =
  | { kind: 'file'; file: StatementFile }
  | { kind: 'no_file' | 'refused' | 'none' | 'malformed'; why: string }

/**
 * Statements at UnionPay in our words. Nothing that UnionPay or the network does is thrown, but
 * `lines` throws Malformed.
 */
export type Statements = {
  merchants: readonly string[]
  /** `day`: clearing day, YYYY-MM-DD. Once `stopping` is aborted there is no answer: `none`. */
  fetch(merchant_no: string, day: string, stopping: AbortSignal): Promise<FetchedStatement>
}

/** Base64 of what was packed, so about a third more than the zip. */
export const most_file_bytes = 1024 ** 3
export const most_zip_bytes = 768 * 1024 ** 2

export const spoolFolder = (data_dir: string): string => join(data_dir, 'statements')

export function createStatements({
  gateway,
  merchants,
  clock,
  folder,
}: {
  gateway: Gateway
  merchants: readonly string[]
  clock: Clock
  folder: string
}): Statements {
  return {
    merchants,
    async fetch(merchant_no, day, stopping) {
      const answer = await fetchStatement(
        gateway,
        {
          merchant: merchant_no,
          txn_time: txnTimeOf(clock.now()),
          day: day.slice(5).replace('-', ''),
        },
        stopping,
      )
      if (answer.kind === 'none') return { kind: 'none', why: answer.why }
      if (answer.kind !== 'file')
        return { kind: answer.kind, why: `${answer.code} ${answer.message}`.trim() }
      const zip = await openSpool(folder, most_zip_bytes)
      try {
        const digest = await unpackZip(answer.spool, answer.content, zip)
        return { kind: 'file', file: fileOf(zip, digest, merchant_no) }
      } catch (error) {
        await zip.close()
        if (error instanceof Malformed || error instanceof TooLarge)
          return { kind: 'malformed', why: error.message }
        throw error
      } finally {
        await answer.spool.close()
      }
    },
  }
}

/** A zip in a spool as a statement of this merchant number. */
export const fileOf = (zip: Spool, digest: string, merchant_no: string): StatementFile => ({
  digest,
  bytes: zip.length(),
  lines: (note) => readStatementLines(zip, merchant_no, note),
  close: () => zip.close(),
})
