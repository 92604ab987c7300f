import { splitAnswer } from '../received.ts'
import { order_names, placeholders, type ChargeProfile, type ValueName } from './charge-profile.ts'
import { attended_only, longest, owned } from './field-rules.ts'
import type { ProfileProblem } from './problems.ts'
import { fill, isBalanced, namesIn, partsOf } from './template.ts'

type Told = (key: string, found: unknown, allowed: string) => void

/** Rules 3 to 6 of ACP §3.3. The trial rendering (5) is for a profile whose shape is right. */
export function checkMeaning(profile: ChargeProfile, shape_is_right: boolean): ProfileProblem[] {
  const problems: ProfileProblem[] = []
  const tell: Told = (key, found, allowed) =>
    void problems.push({ profile: profile.name, key, found, allowed })
  for (const [name, template] of Object.entries(profile.fields)) {
    const key = `fields.${name}`
    if (owned.includes(name)) tell(key, template, 'no field that the program fills itself')
    if (attended_only.includes(name) && profile.attended !== true)
      tell(key, template, `not in a charge nobody attends; "attended": true switches it on`)
    checkNames(tell, key, template, profile)
  }
  const carriers = Object.values(profile.fields)
    .flatMap(namesIn)
    .filter((name) => name === 'contract_id').length
  if (carriers !== 1)
    tell('fields', `{contract_id} ${carriers} times`, '{contract_id} exactly once')
  if (shape_is_right && problems.length === 0) checkTrial(tell, profile)
  return problems
}

const brought: readonly string[] = ['contract_id', ...order_names]

function checkNames(tell: Told, key: string, template: string, { values }: ChargeProfile): void {
  for (const name of namesIn(template)) {
    if (!placeholders.includes(name))
      tell(key, `{${name}}`, placeholders.map((one) => `{${one}}`).join(', '))
    else if (!brought.includes(name) && !values[name as ValueName])
      tell(
        `values.${name}`,
        undefined,
        `a source for {${name}}: {"from": "setting" or "contract", "pattern": "…"}`,
      )
  }
}

/** Values of the forms seen in the field, the longest a pattern accepts being tried. */
const samples = [
  'x'.repeat(64),
  'f'.repeat(32),
  'F'.repeat(32),
  '0'.repeat(32),
  '6218400000000000001',
  '62000000001',
  'NjIxODQwMDAwMDAwMDAwMDAwMQ==',
]
const sampleFor = (pattern: string): string =>
  samples.find((one) => new RegExp(pattern, 'u').test(one)) ?? '6218400000000000001'

/** Renders once with sample values; the result must read back into the same parts. */
function checkTrial(tell: Told, profile: ChargeProfile): void {
  const sample = sampleFor(profile.contractId.pattern)
  const values: Record<string, string> = {
    description: 'x'.repeat(32),
    front_url: 'https://merchant.example.com',
    contract_id:
      profile.contractId.encoding === 'base64' ? Buffer.from(sample).toString('base64') : sample,
  }
  for (const [name, source] of Object.entries(profile.values))
    values[name] = sampleFor(source.pattern)
  for (const [name, template] of Object.entries(profile.fields)) {
    const [key, rendered] = [`fields.${name}`, fill(template, values)]
    if (!isBalanced(template) || !isBalanced(rendered))
      tell(key, template, 'a { for every } and the other way round')
    else if (!readsBack(name, template, rendered, values))
      tell(key, template, 'text that reads back into the same parts: {k=v&k=v}, or no & at all')
    if (rendered.length > longest(name))
      tell(key, `${rendered.length} characters`, `at most ${longest(name)} characters`)
  }
}

function readsBack(
  name: string,
  template: string,
  rendered: string,
  values: Record<string, string>,
): boolean {
  // a placeholder's own braces are not those of the protocol
  const meant = partsOf(template.replace(/\{([a-z_]+)\}/g, '⟦$1⟧'))
  const found = partsOf(rendered)
  if (!meant || !found || Object.values(found).some((part) => part === '')) return false
  const expected = Object.fromEntries(
    Object.entries(meant).map(([part, text]) => [
      part,
      fill(text.replace(/⟦([a-z_]+)⟧/g, '{$1}'), values),
    ]),
  )
  const message = splitAnswer(Buffer.from(`${name}=${rendered}&version=5.1.0`))
  return (
    JSON.stringify(expected) === JSON.stringify(found) &&
    message.kind === 'read' &&
    message.fields[name] === rendered
  )
}
