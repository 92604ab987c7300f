/** Something on this machine stops the start. The message is a sentence for the person who started us, with what to do. */
export class StartProblem extends Error {
  override readonly name = 'StartProblem'
}

/** A long `what went wrong` of another program, shortened to its end. */
export const endOf = (text: string): string => text.trim().split('\n').slice(-6).join('\n')
