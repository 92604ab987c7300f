import { paths } from './field-rules.ts'
import { value_names } from './charge-profile.ts'
import type { ProfileProblem } from './problems.ts'

export type Json = Record<string, unknown>
type Told = (key: string, found: unknown, allowed: string) => void

export const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const top = [
  'name',
  'description',
  'path',
  'txnType',
  'txnSubType',
  'bizType',
  'channelType',
  'contractId',
  'fields',
  'values',
  'query',
  'refund',
  'cancel',
  'attended',
  'confirmedByUnionPay',
]
const codes = ['txnType', 'txnSubType', 'bizType', 'channelType']

/** Rules 1 and 2 of ACP §3.3: known keys only, each of its form. */
export function checkShape(profile: Json, name: string): ProfileProblem[] {
  const problems: ProfileProblem[] = []
  const tell: Told = (key, found, allowed) =>
    void problems.push({ profile: name, key, found, allowed })
  onlyKeys(tell, '', profile, top)
  matching(
    tell,
    'name',
    profile.name,
    /^[a-z0-9][a-z0-9-]{0,63}$/,
    'small letters, digits and -, at most 64',
  )
  if (!['undefined', 'string'].includes(typeof profile.description))
    tell('description', profile.description, 'a text')
  for (const mark of ['attended', 'confirmedByUnionPay'])
    if (!['undefined', 'boolean'].includes(typeof profile[mark]))
      tell(mark, profile[mark], 'true or false')
  if (!paths.includes(profile.path as string)) tell('path', profile.path, paths.join(', '))
  checkCodes(tell, '', profile)
  checkContractId(tell, profile.contractId)
  checkTexts(
    tell,
    'fields',
    profile.fields,
    /^[A-Za-z][A-Za-z0-9]{0,63}$/,
    'the name of a field: letters and digits',
  )
  checkValues(tell, profile.values)
  const query = section(tell, 'query', profile.query, ['bizType'])
  if (query) bizType(tell, 'query.bizType', query.bizType)
  const refund = section(tell, 'refund', profile.refund, codes)
  if (refund) checkCodes(tell, 'refund.', refund)
  const cancel = section(tell, 'cancel', profile.cancel, ['enabled', ...codes])
  if (cancel && typeof cancel.enabled !== 'boolean')
    tell('cancel.enabled', cancel.enabled, 'true or false')
  if (cancel?.enabled === true) checkCodes(tell, 'cancel.', cancel)
  return problems
}

function onlyKeys(tell: Told, prefix: string, value: Json, known: readonly string[]): void {
  for (const key of Object.keys(value).filter((one) => !known.includes(one)))
    tell(`${prefix}${key}`, value[key], `no such key; known are ${known.join(', ')}`)
}

function section(tell: Told, key: string, value: unknown, known: readonly string[]): Json | null {
  if (!isRecord(value)) {
    tell(key, value, `an object with ${known.join(', ')}`)
    return null
  }
  onlyKeys(tell, `${key}.`, value, known)
  return value
}

function matching(tell: Told, key: string, value: unknown, form: RegExp, allowed: string): void {
  if (typeof value !== 'string' || !form.test(value)) tell(key, value, allowed)
}

const bizType = (tell: Told, key: string, value: unknown): void =>
  matching(tell, key, value, /^\d{6}$/, 'six digits')

function checkCodes(tell: Told, prefix: string, value: Json): void {
  matching(tell, `${prefix}txnType`, value.txnType, /^\d{2}$/, 'two digits')
  matching(tell, `${prefix}txnSubType`, value.txnSubType, /^\d{2}$/, 'two digits')
  bizType(tell, `${prefix}bizType`, value.bizType)
  matching(tell, `${prefix}channelType`, value.channelType, /^0[78]$/, '07 or 08')
}

function checkContractId(tell: Told, value: unknown): void {
  const found = section(tell, 'contractId', value, ['encoding', 'pattern'])
  if (!found) return
  if (found.encoding !== 'raw' && found.encoding !== 'base64')
    tell('contractId.encoding', found.encoding, 'raw or base64')
  checkPattern(tell, 'contractId.pattern', found.pattern)
}

function checkValues(tell: Told, value: unknown): void {
  const found = section(tell, 'values', value ?? {}, value_names)
  for (const name of value_names.filter((one) => found && one in found)) {
    const source = section(tell, `values.${name}`, found?.[name], ['from', 'pattern'])
    if (!source) continue
    if (source.from !== 'setting' && source.from !== 'contract')
      tell(`values.${name}.from`, source.from, 'setting or contract')
    checkPattern(tell, `values.${name}.pattern`, source.pattern)
  }
}

function checkTexts(tell: Told, key: string, value: unknown, names: RegExp, allowed: string): void {
  if (!isRecord(value) || Object.keys(value).length === 0)
    return tell(key, value, 'an object of fields, at least one of them with {contract_id}')
  for (const [name, text] of Object.entries(value)) {
    if (!names.test(name)) tell(`${key}.${name}`, name, allowed)
    if (typeof text !== 'string' || text === '' || /[\r\n]/.test(text))
      tell(`${key}.${name}`, text, 'a text of one line, not empty')
  }
}

/** Anchored, so that a value is judged whole. */
function checkPattern(tell: Told, key: string, value: unknown): void {
  const allowed = 'a regular expression that begins with ^ and ends with $'
  if (typeof value !== 'string' || !/^\^.*\$$/s.test(value) || !isPattern(value))
    tell(key, value, allowed)
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp
  } catch {
    return false
  }
}
