import { userInfo } from 'node:os'

/** Who does it, for the audit trail: the name that was given, or the account of this machine. */
export const authorOr = (given: string | undefined): string => given ?? `${accountName()} (account)`

function accountName(): string {
  try {
    return userInfo().username
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}` // a container may run as a number that has no name
  }
}
