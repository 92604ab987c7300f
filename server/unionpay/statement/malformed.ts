import type { StatementLine } from './line.ts'

/**
 * A statement that cannot be read as the protocol describes it. The message says where and what,
 * without any of its content.
 */
export class Malformed extends Error {
  override readonly name = 'Malformed'
}

/**
 * One line that is not compared. `formed`: it has the columns of such a line. `said`: what it says
 * where it can be read.
 */
export class UnreadLine extends Malformed {
  readonly formed: boolean
  readonly said: StatementLine | null
  constructor(
    why: string,
    { formed = true, said = null }: Partial<Pick<UnreadLine, 'formed' | 'said'>> = {},
  ) {
    super(why)
    this.formed = formed
    this.said = said
  }
}
