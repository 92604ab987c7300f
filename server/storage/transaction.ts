import pg, { type Pool, type PoolClient } from 'pg'

/** What a store needs: a pool, or the one connection of a transaction. */
export type Queryable = Pick<Pool, 'query'> | Pick<PoolClient, 'query'>

/** The connection was lost while committing: the work may be done or not. Who asks must read again before doing it again. */
export class CommitInDoubt extends Error {
  override readonly name = 'CommitInDoubt'
}

/**
 * Runs `work` in one transaction on one connection. Committed when it returns, rolled back when it throws. Throws
 * CommitInDoubt when nobody can say which.
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

/** Does the work of a transaction and rolls it back: what would happen, by the code that makes it happen. */
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

/** One statement that commits by itself. Throws CommitInDoubt when nobody can say whether it did. */
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

/** An error that the database itself reported, other than its own end (class 57P, connection classes 08). */
const isAnswerOfTheDatabase = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.code !== undefined && !/^(57P|08)/.test(error.code)

/** Whether a unique constraint refused the row (of the named constraint, when given). */
export const isUniqueViolation = (error: unknown, constraint?: string): boolean =>
  error instanceof pg.DatabaseError &&
  error.code === '23505' &&
  (constraint === undefined || error.constraint === constraint)
