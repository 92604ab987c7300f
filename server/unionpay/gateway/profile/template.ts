import { splitAnswer } from '../received.ts'
import { placeholders } from './charge-profile.ts'

const named = /\{([a-z_]+)\}/g

/**
 * Every `{lower_case}` name in a template, known or not. Other braces are protocol text (ACP §3.3).
 */
export const namesIn = (template: string): string[] =>
  [...template.matchAll(named)].map((match) => match[1] ?? '')

/** Puts the values in. A name without a value stays as it is. */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(named, (whole, name: string) =>
    placeholders.includes(name) ? (values[name] ?? whole) : whole,
  )
}

/** Whether every `{` is closed and no `}` comes first. */
export function isBalanced(text: string): boolean {
  let depth = 0
  for (const character of text) {
    if (character === '{') depth++
    if (character === '}' && --depth < 0) return false
  }
  return depth === 0
}

/**
 * The parts of `{k=v&k=v}` with the values as they stand; a text without braces is one part without
 * a name.
 */
export function partsOf(text: string): Record<string, string> | null {
  const inner = /^\{(.*)\}$/s.exec(text)?.[1]
  if (inner === undefined) return text.includes('&') ? null : { '': text }
  const reading = splitAnswer(Buffer.from(inner, 'utf8'))
  return reading.kind === 'read' ? { ...reading.fields } : null
}
