import type { Fields } from '../message.ts'
import {
  order_names,
  type ChargeProfile,
  type OrderName,
  type ValueName,
} from './charge-profile.ts'
import { longest } from './field-rules.ts'
import { fill, namesIn } from './template.ts'

/**
 * What a charge brings: the contract number, the values that are settings, those stored with the
 * contract, those of the order.
 */
export type ChargeValues = {
  contract_id: string
  setting: Readonly<Partial<Record<ValueName, string>>>
  contract: Readonly<Partial<Record<ValueName, string>>>
  /** an empty or missing one leaves its field out */
  order?: Readonly<Partial<Record<OrderName, string>>>
}

/**
 * `refused` stops a charge before anything is sent; `why` names no value, since values are secrets
 * of a person.
 */
export type Rendered =
  | { kind: 'rendered'; fields: Fields }
  | { kind: 'refused'; key: string; why: string }

/**
 * Fills the profile's templates (ACP §3.3). A value with `&`, a brace or a line break, with `=`
 * other than Base64 padding, or of another form than its pattern could change the meaning of the
 * message: it is refused.
 */
export function renderCharge(profile: ChargeProfile, given: ChargeValues): Rendered {
  const values: Record<string, string> = {}
  const named = namesUsed(profile)
  const sources = [
    ['contract_id', given.contract_id, profile.contractId.pattern] as const,
    ...valuesUsed(profile).map(
      (name) =>
        [name, sourceOf(profile, name, given), profile.values[name]?.pattern ?? '^$'] as const,
    ),
  ]
  for (const [name, value, pattern] of sources) {
    const why = whatIsWrong(value, pattern)
    if (why) return { kind: 'refused', key: name, why }
    values[name] = value as string
  }
  for (const name of order_names) {
    const value = given.order?.[name] ?? ''
    if (value !== '' && named.includes(name)) {
      const why = whatIsWrong(value, '^.*$')
      if (why) return { kind: 'refused', key: name, why }
    }
    values[name] = value
  }
  if (profile.contractId.encoding === 'base64')
    values.contract_id = Buffer.from(given.contract_id, 'utf8').toString('base64')
  const fields = Object.fromEntries(
    Object.entries(profile.fields).map(([name, template]) => [name, fill(template, values)]),
  )
  const long = Object.keys(fields).find((name) => (fields[name] ?? '').length > longest(name))
  return long
    ? { kind: 'refused', key: long, why: `is longer than ${longest(long)} characters` }
    : { kind: 'rendered', fields }
}

/** The values besides the contract number that the templates name. */
export function valuesUsed(profile: ChargeProfile): ValueName[] {
  const named = namesUsed(profile)
  return (Object.keys(profile.values) as ValueName[]).filter((name) => named.includes(name))
}

/** Every name in the templates. */
export const namesUsed = (profile: ChargeProfile): string[] =>
  Object.values(profile.fields).flatMap(namesIn)

const sourceOf = (
  profile: ChargeProfile,
  name: ValueName,
  given: ChargeValues,
): string | undefined =>
  profile.values[name]?.from === 'contract' ? given.contract[name] : given.setting[name]

export function whatIsWrong(value: string | undefined, pattern: string): string | null {
  if (value === undefined || value === '') return 'is missing'
  if (/[&{}\p{Cc}\u2028\u2029]/u.test(value)) return 'holds &, a brace or a line break'
  if (/=/.test(value) && !/^[A-Za-z0-9+/_-]+={1,2}$/.test(value))
    return 'holds = that is no Base64 padding'
  return new RegExp(pattern, 'u').test(value) ? null : `does not match ${pattern}`
}
