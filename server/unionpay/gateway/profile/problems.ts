/** One mistake in a charge profile: where, what stands there, what may stand there. */
export type ProfileProblem = { profile: string; key: string; found: unknown; allowed: string }

export const say = ({ profile, key, found, allowed }: ProfileProblem): string =>
  `charge profile "${profile}": ${key} is ${found === undefined ? 'missing' : JSON.stringify(found)}; allowed: ${allowed}`

/** Everything that is wrong with the charge profiles, at once. */
export class ProfileProblems extends Error {
  readonly problems: readonly ProfileProblem[]
  constructor(problems: readonly ProfileProblem[]) {
    super(problems.map(say).join('\n'))
    this.name = 'ProfileProblems'
    this.problems = problems
  }
}
