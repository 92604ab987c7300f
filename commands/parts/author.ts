import { userInfo } from 'node:os'

/** Who does it, for the audit trail: the name that was given, or the account of this machine. */
export const authorOr = (given: string | undefined): string => given ?? `${userInfo().username} (account)`
