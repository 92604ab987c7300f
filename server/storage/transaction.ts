import { setTimeout as wait } from 'node:timers/promises'
import pg, { type Pool, type PoolClient } from 'pg'
import { systemRandom } from '../kernel/ids.ts'

/** What a store needs: a pool, or the one connection of a transaction. */
export type Queryable = Pick<Pool, 'query'> | Pick<PoolClient, 'query'>

/**
 * The connection was lost while committing: the work may be done or not. Who asks must read again
 * before doing it again.
 */
export class CommitInDoubt extends Error {
  override readonly name = 'CommitInDoubt'
}

/**
 * Runs `work` in one transaction on one connection. Committed when it returns, rolled back when it
 * throws. Throws CommitInDoubt when nobody can say which.
 */
export async function transaction<Result>(
  database: { pool: Pool },
  work: (db: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await database.pool.connect()
  let usable = false
  try {
    await client.query('begin')
    const result = await work(client).catch(async (error: unknown) => {
      await client.query('rollback').then(
        () => {
          usable = true
        },
        () => {},
      )
      throw error
    })
    await commit(client)
    usable = true
    return result
  } finally {
    client.release(!usable)
  }
}

/**
 * Does the work of a transaction and rolls it back: what would happen, by the code that makes it
 * happen.
 */
export async function preview<Result>(
  database: { pool: Pool },
  work: (db: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await database.pool.connect()
  let usable = false
  try {
    await client.query('begin')
    try {
      return await work(client)
    } finally {
      await client.query('rollback')
      usable = true
    }
  } finally {
    client.release(!usable)
  }
}

const most_repeats = 3
const longest_pause_ms = 50

/**
 * Runs `work` again, at most three times more, when the database ended it because of a deadlock
 * (40P01) or a serialization conflict (40001). Only for work that does nothing outside the
 * database: what it wrote there was rolled back, a request that it sent would be sent twice.
 */
export async function repeatOnConflict<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let repeats = 0; ; repeats++) {
    try {
      return await work()
    } catch (error) {
      if (repeats === most_repeats || !isConflict(error)) throw error
      // two that collided must not collide again in the same rhythm
      await wait((systemRandom(1).readUInt8() / 255) * longest_pause_ms)
    }
  }
}

/**
 * `transaction`, repeated by `repeatOnConflict`: `work` may run several times, each time on a
 * rolled back state.
 */
export const repeatableTransaction = <Result>(
  database: { pool: Pool },
  work: (db: PoolClient) => Promise<Result>,
): Promise<Result> => repeatOnConflict(() => transaction(database, work))

/**
 * One statement that commits by itself. Throws CommitInDoubt when nobody can say whether it did.
 */
export async function oneStatement<Result>(
  database: { pool: Pool },
  work: (db: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await database.pool.connect()
  let usable = false
  try {
    const result = await work(client)
    usable = true
    return result
  } catch (error) {
    usable = isAnswerOfTheDatabase(error)
    throw usable
      ? error
      : new CommitInDoubt('the connection was lost before the answer came', { cause: error })
  } finally {
    client.release(!usable)
  }
}

async function commit(client: PoolClient): Promise<void> {
  const answer = await client.query('commit').catch((error: unknown) => {
    if (isAnswerOfTheDatabase(error)) throw error
    throw new CommitInDoubt('the connection was lost while committing', { cause: error })
  })
  // A statement that failed inside, its error swallowed, turns the commit into a rollback.
  if (answer.command !== 'COMMIT')
    throw new Error('the transaction had failed before and was rolled back')
}

/**
 * An error that the database itself reported, other than its own end (class 57P, connection classes
 * 08).
 */
const isAnswerOfTheDatabase = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.code !== undefined && !/^(57P|08)/.test(error.code)

/**
 * Whether the database ended the transaction so that another could go on: 40P01 deadlock, 40001
 * serialization.
 */
const isConflict = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && (error.code === '40P01' || error.code === '40001')

/** Whether a unique constraint refused the row (of the named constraint, when given). */
export const isUniqueViolation = (error: unknown, constraint?: string): boolean =>
  error instanceof pg.DatabaseError &&
  error.code === '23505' &&
  (constraint === undefined || error.constraint === constraint)
