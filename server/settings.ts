import { definitions, type Definition, type Name, type Settings } from './setting-definitions.ts'
import { rulesBetween } from './setting-rules.ts'

export { setting_names, type Settings } from './setting-definitions.ts'

/** All that is wrong with the settings, one sentence each. */
export class SettingsProblem extends Error {
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(
      `${problems.length} setting(s) stop the start:\n${problems.map((p) => `  - ${p}`).join('\n')}\nEach is explained in .env.example.`,
    )
    this.name = 'SettingsProblem'
    this.problems = problems
  }
}

/** Reads the settings from the environment. Throws SettingsProblem with everything that is wrong at once. */
export function readSettings(env: Record<string, string | undefined>): Settings {
  const problems: string[] = []
  const inSandbox = (env.UNIONPAY_ENV || 'sandbox') === 'sandbox'
  const found: Record<string, unknown> = {}
  for (const [name, definition] of Object.entries(definitions) as [Name, Definition<unknown>][]) {
    const text =
      env[name]?.trim() ||
      (inSandbox
        ? onPortsOf(env, definition.sandbox)
        : env.UNIONPAY_ENV === 'test'
          ? definition.test
          : definition.elsewhere)
    if (text === null) problems.push(`${name} is missing`)
    else if (text === '') found[name.toLowerCase()] = null
    else {
      const read = definition.form(text)
      if ('problem' in read) problems.push(`${name} ${read.problem}`)
      else found[name.toLowerCase()] = read.value
    }
  }
  const settings = found as Settings
  if (settings.unionpay_env) problems.push(...rulesBetween(settings))
  if (problems.length > 0) throw new SettingsProblem(problems)
  return Object.freeze(settings)
}

/** The sandbox's addresses follow PORT and SANDBOX_PORT: moving the two programs needs no other setting. */
const onPortsOf = (env: Record<string, string | undefined>, text: string | null): string | null =>
  text
    ?.replace('localhost:4600', `localhost:${env.PORT?.trim() || '4600'}`)
    .replace('localhost:4601', `localhost:${env.SANDBOX_PORT?.trim() || '4601'}`) ?? null
