import { createHash } from 'node:crypto'
import type { StatementLine } from './line.ts'
import type { UnreadLine } from './malformed.ts'

/** What of a statement was not compared: a line, the rest of a file's lines, or a file. */
export type UnreadPart = {
  file: string
  /** how many lines; 0 where the file as a whole could not be opened */
  count: number
  /** the first of them, from 1 */
  lines: number[]
  /** of the first line, without its content */
  why: string
  /** the same for the same bytes */
  digest: string
  /** what the line says where it can be read and is not for us */
  said: StatementLine | null
}

/**
 * Lines of one file that are named one by one; what is beyond them is one part, so that a file of
 * garbage is no flood.
 */
const most_single = 20
const most_numbers = 20

/** Collects the lines of one file that were not compared. */
export function collectUnread(file: string) {
  const [single, all] = [new Map<string, UnreadPart>(), partOf(file)]
  let rest: ReturnType<typeof partOf> | null = null
  let formed = false
  return {
    /** a line of the right form was there, whether its fields could be read or not */
    noteFormed: (): void => void (formed = true),
    add(line: number, bytes: Buffer, error: UnreadLine): void {
      formed ||= error.formed
      all.add(line, bytes, error.message)
      const digest = digestOf(bytes)
      const same = single.get(digest)
      if (same) {
        same.count++
        if (same.lines.length < most_numbers) same.lines.push(line)
      } else if (single.size < most_single) {
        const { message: why, said } = error
        single.set(digest, { file, count: 1, lines: [line], why, digest, said })
      } else (rest ??= partOf(file)).add(line, bytes, error.message)
    },
    /** `whole`: no line has the form of one, so that the file is not what its name says */
    end(): { whole: UnreadPart | null; parts: UnreadPart[] } {
      if (single.size > 0 && !formed) return { whole: all.part(), parts: [] }
      return { whole: null, parts: [...single.values(), ...(rest ? [rest.part()] : [])] }
    },
  }
}

export const unopened = (file: string, why: string): UnreadPart => ({
  file,
  count: 0,
  lines: [],
  why,
  digest: digestOf(Buffer.from(why)),
  said: null,
})

function partOf(file: string) {
  const digest = createHash('sha256')
  const lines: number[] = []
  let [count, first] = [0, '']
  return {
    add(line: number, bytes: Buffer, why: string): void {
      if (count++ === 0) first = why
      if (lines.length < most_numbers) lines.push(line)
      digest.update(bytes).update('\n')
    },
    part: (): UnreadPart => ({
      file,
      count,
      lines,
      why: first,
      digest: digest.copy().digest('hex').slice(0, 32),
      said: null,
    }),
  }
}

const digestOf = (bytes: Buffer): string =>
  createHash('sha256').update(bytes).digest('hex').slice(0, 32)
