import { chargingProblems, environmentProblems } from './environment-rules.ts'
import { definitions, type Definition, type Name, type Settings } from './setting-definitions.ts'

export { setting_names, type Settings } from './setting-definitions.ts'

type Environment = Record<string, string | undefined>

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

/** What could be read, and all that is wrong with it or with the rest: without problems every setting is there. */
export type ReadSettings = { settings: Settings; problems: string[] }

/** Reads the settings from the environment. Throws SettingsProblem with everything that is wrong at once. */
export function readSettings(env: Environment): Settings {
  const { settings, problems } = inspectSettings(env)
  if (problems.length > 0) throw new SettingsProblem(problems)
  return settings
}

/** The same, with the problems as a value: whoever starts a server adds what only shows when names are resolved and files are read. */
export function inspectSettings(env: Environment): ReadSettings {
  const problems: string[] = []
  const found: Record<string, unknown> = {}
  for (const [name, definition] of Object.entries(definitions) as [Name, Definition<unknown>][]) {
    const text = env[name]?.trim() || defaultOf(env, name, definition)
    if (text === null) problems.push(`${name} is missing`)
    else if (text === '') found[name.toLowerCase()] = null
    else {
      const read = definition.form(text)
      if ('problem' in read) problems.push(`${name} ${read.problem}`)
      else found[name.toLowerCase()] = read.value
    }
  }
  const settings = Object.freeze(found) as Settings
  problems.push(...chargingProblems(settings), ...environmentProblems(settings, published, env))
  return { settings, problems }
}

function defaultOf(env: Environment, name: Name, definition: Definition<unknown>): string | null {
  if (env.UNIONPAY_ENV === 'test') return definition.test
  if ((env.UNIONPAY_ENV || 'sandbox') !== 'sandbox') return definition.elsewhere
  if (name === 'WEBHOOK_PRIVATE_ADDRESSES' && env.SANDBOX_ON_PUBLIC_NETWORK?.trim() === 'on')
    return definition.elsewhere
  return onPortsOf(env, definition.sandbox)
}

/** The sandbox's addresses follow PORT and SANDBOX_PORT: moving the two programs needs no other setting. */
const onPortsOf = (env: Environment, text: string | null): string | null =>
  text
    ?.replace('localhost:4600', `localhost:${env.PORT?.trim() || '4600'}`)
    .replace('localhost:4601', `localhost:${env.SANDBOX_PORT?.trim() || '4601'}`) ?? null

/** What the sandbox takes where nothing is set, and everybody can read here. */
const published = {
  TICKET_SECRET: definitions.TICKET_SECRET.sandbox,
  UNIONPAY_APP_ID: definitions.UNIONPAY_APP_ID.sandbox,
  UNIONPAY_APP_SECRET: definitions.UNIONPAY_APP_SECRET.sandbox,
  ACP_TR_ID: definitions.ACP_TR_ID.sandbox,
  MERCHANT_NAME: definitions.MERCHANT_NAME.sandbox,
  MERCHANT_PHONE: definitions.MERCHANT_PHONE.sandbox,
}
