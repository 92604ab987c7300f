/**
 * Something on this machine stops the start. The message is a sentence for the person who started
 * us, with what to do.
 */
export class StartProblem extends Error {
  override readonly name = 'StartProblem'
}

/** A long `what went wrong` of another program, shortened to its end. */
export const endOf = (text: string): string => text.trim().split('\n').slice(-6).join('\n')

const advice: Readonly<Record<string, string>> = {
  EACCES: 'give it to this user (chown), or name another place',
  EPERM: 'give it to this user (chown), or name another place',
  EROFS: 'the file system is mounted for reading only; name another place',
  ENOSPC: 'the disk is full; make room',
  EDQUOT: 'the quota of this user is used up; make room',
  ENOTDIR: 'a part of this path is a file; name another place',
}

/**
 * What the system refused, as a sentence that says to whom, where, and what to do. Null for every
 * other error.
 */
export function sentenceOfSystem(error: unknown): string | null {
  const { code = '', path, syscall } = error as NodeJS.ErrnoException
  if (!(code in advice) || path === undefined) return null
  const uid = process.getuid?.()
  return `${code}: ${uid === undefined ? 'this user' : `this user (uid ${uid})`} may not ${syscall ?? 'use'} ${path}: ${advice[code]}.`
}
