import pg from 'pg'
import { CommitInDoubt } from './transaction.ts'

/**
 * Whether an error says that the database went away or cannot be reached. The same may be tried
 * again, where it is done once.
 */
export const isDatabaseLost = (error: unknown): boolean =>
  error instanceof CommitInDoubt ||
  (error instanceof pg.DatabaseError ? isItsEnd(error.code) : isConnectionError(error))

/** shutting down or starting (57P), connection failures (08), all connections taken (53300) */
const isItsEnd = (code = ''): boolean => /^(57P|08|53300)/.test(code)

function isConnectionError(error: unknown): boolean {
  const { code, syscall, message } = error as Partial<NodeJS.ErrnoException>
  return (
    syscall === 'connect' ||
    code === 'ECONNRESET' ||
    code === 'EPIPE' ||
    message?.startsWith('Connection terminated') === true
  )
}

/** Reads once more, on another connection, when the one that it had was lost. */
export const againIfLost = <Result>(read: () => Promise<Result>): Promise<Result> =>
  read().catch((error: unknown) =>
    isDatabaseLost(error) ? read() : Promise.reject(error as Error),
  )
