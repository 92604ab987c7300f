import { chargingProblems, environmentProblems } from './environment-rules.ts'
import { problemsOfEnvFile } from './env-file.ts'
import { problemsOfNames } from './setting-names.ts'
import { definitions, type Definition, type Name, type Settings } from './setting-definitions.ts'

export { setting_names, type Settings } from './setting-definitions.ts'

type Environment = Record<string, string | undefined>

/**
 * All that is wrong with the settings, one sentence each. `remarks`: what should be looked at
 * besides.
 */
export class SettingsProblem extends Error {
  readonly problems: readonly string[]
  constructor(problems: readonly string[], remarks: readonly string[] = []) {
    const list = (sentences: readonly string[]): string =>
      sentences.map((sentence) => `\n  - ${sentence}`).join('')
    super(
      `${problems.length} problem(s) of the settings stop the start:${list(problems)}${remarks.length > 0 ? `\nTo be looked at besides:${list(remarks)}` : ''}\nEach setting is explained in .env.example.`,
    )
    this.name = 'SettingsProblem'
    this.problems = problems
  }
}

/**
 * What could be read, and all that is wrong with it or with the rest: without problems every
 * setting is there.
 */
export type ReadSettings = { settings: Settings; problems: string[] }

/**
 * Reads the settings from the environment. Throws SettingsProblem with everything that is wrong at
 * once.
 */
export function readSettings(env: Environment): Settings {
  const { settings, problems } = inspectSettings(env)
  if (problems.length > 0) throw new SettingsProblem(problems)
  return settings
}

/**
 * The same, with the problems as a value: the start adds those that only show when names are
 * resolved and files are read.
 */
export function inspectSettings(env: Environment): ReadSettings {
  const isSet = (name: Name): boolean => Boolean(env[name]?.trim())
  const problems = [...problemsOfEnvFile(), ...problemsOfNames(Object.keys(env), isSet)]
  const found: Record<string, unknown> = {}
  for (const [name, definition] of Object.entries(definitions) as [Name, Definition<unknown>][]) {
    const text = env[name]?.trim() || defaultOf(env, name, definition)
    if (text === null) problems.push(`${name} is missing`)
    else if (text === '') found[name.toLowerCase()] = null
    else {
      const read = changedOnTheWay(name, env[name]) ?? definition.form(text)
      if ('problem' in read) problems.push(`${name} ${read.problem}`)
      else found[name.toLowerCase()] = read.value
    }
  }
  const settings = Object.freeze(found) as Settings
  problems.push(...chargingProblems(settings), ...environmentProblems(settings, published, env))
  return { settings, problems: [...new Set(problems)] }
}

/**
 * Shared with others, who would use the very text: blanks around it are part of it, or a mistake.
 */
const shared_secrets = ['ACP_PFX_PASSWORD', 'TICKET_SECRET', 'UNIONPAY_APP_SECRET']

/**
 * Quotes that the reader of the file left in place (`docker run --env-file`), and blanks that would
 * be lost.
 */
function changedOnTheWay(name: Name, text = ''): { problem: string } | null {
  if (/^\s*(["'`])[^]*\1\s*$/.test(text))
    return { problem: 'has quotes around it, which would be part of it; write it without them' }
  return shared_secrets.includes(name) && /^[ \t]|[ \t]$/.test(text.replace(/[\r\n]+$/, ''))
    ? { problem: 'begins or ends with a blank; remove it' }
    : null
}

/** Which environment is asked for, well-formed or not: the sandbox where nothing is. */
export const environmentOf = (env: Environment): string => env.UNIONPAY_ENV?.trim() || 'sandbox'

function defaultOf(env: Environment, name: Name, definition: Definition<unknown>): string | null {
  if (environmentOf(env) === 'test') return definition.test
  if (environmentOf(env) !== 'sandbox') return definition.elsewhere
  if (name === 'WEBHOOK_PRIVATE_ADDRESSES' && env.SANDBOX_ON_PUBLIC_NETWORK?.trim() === 'on')
    return definition.elsewhere
  return onPortsOf(env, definition.sandbox)
}

/**
 * The sandbox's addresses follow PORT and SANDBOX_PORT: moving the two programs needs no other
 * setting.
 */
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
