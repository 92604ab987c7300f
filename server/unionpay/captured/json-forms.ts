import { areFields, bytesOf, textOf, type Bytes, type Captured, type Pair } from './captured.ts'

/** Characters, so that a text full of brackets costs no more than a few readings of it. */
const most_looked_at = 4 * 1024 * 1024

/** A JSON object or array in a text, with the very characters it was read from. */
type Json = { value: unknown; source: string; is_utf8: boolean; whole: boolean }

/**
 * Every JSON object or array in a text: alone, one a line, or behind what a log writes before it.
 */
function* valuesIn(text: Bytes): Generator<Json> {
  let looked_at = 0
  for (let at = 0; at < text.length && looked_at < most_looked_at; at++) {
    if (!startsJson(text, at)) continue
    const end = endOf(text, at)
    looked_at += (end ?? text.length) - at
    const json = end === null ? null : parse(text.slice(at, end), text)
    if (json) yield json
    if (json) at = (end ?? at + 1) - 1
  }
}

/** Null for what only looks like JSON: that is another reader's. */
function parse(bytes: Bytes, text: Bytes): Json | null {
  const decoded = textOf(bytes)
  const source = decoded ?? bytes
  try {
    const value = JSON.parse(source) as unknown
    return { value, source, is_utf8: decoded !== null, whole: text.trim().length === bytes.length }
  } catch {
    return null
  }
}

const startsJson = (text: Bytes, at: number): boolean =>
  (text[at] === '{' && /^\{\s*"/.test(text.slice(at, at + 100))) ||
  (text[at] === '[' && /^\[\s*[[{"]/.test(text.slice(at, at + 100)))

function endOf(text: Bytes, from: number): number | null {
  let [depth, quoted] = [0, false]
  for (let at = from; at < text.length; at++) {
    const character = text[at]
    if (quoted && character === '\\') at++
    else if (character === '"') quoted = !quoted
    else if (quoted) continue
    else if (character === '{' || character === '[') depth++
    else if ((character === '}' || character === ']') && --depth === 0) return at + 1
  }
  return null
}

/**
 * Messages that are JSON objects, at any depth, or lists of names and values (a browser's or
 * Postman's export).
 */
export function readJson(text: Bytes): Captured[] {
  return [...valuesIn(text)].flatMap((json) =>
    objectsIn(json.value).flatMap((object) => {
      const captured = fieldsOf(object, json)
      const form = json.whole && object === json.value ? 'json' : 'json inside other text'
      return areFields(captured.pairs.map(([name]) => name))
        ? [{ form, kind: 'pairs' as const, ...captured }]
        : []
    }),
  )
}

/** Texts inside JSON that may be a message themselves: `{"body":"version=5.1.0&…"}`. */
export const stringsInJson = (text: Bytes): Bytes[] =>
  [...valuesIn(text)].flatMap(({ value, is_utf8 }) =>
    stringsIn(value)
      .filter((one) => one.length > 40)
      .map((one) => (is_utf8 ? bytesOf(one) : one)),
  )

/** Every object of a captured text, for messages whose form is JSON itself. */
export const jsonObjectsIn = (text: Bytes): Record<string, unknown>[] =>
  [...valuesIn(text)].flatMap(({ value }) => objectsIn(value))

function objectsIn(value: unknown, depth = 0): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null || depth > 8) return []
  if (!Array.isArray(value))
    return [
      value as Record<string, unknown>,
      ...Object.values(value).flatMap((one) => objectsIn(one, depth + 1)),
    ]
  const listed = value.flatMap(nameAndValue)
  return listed.length > 0 && listed.length === value.length
    ? [Object.fromEntries(listed)]
    : value.flatMap((one) => objectsIn(one, depth + 1))
}

function nameAndValue(member: unknown): [string, unknown][] {
  const { name, key = name, value } = (member ?? {}) as Record<string, unknown>
  return typeof key === 'string' && value !== undefined ? [[key, value]] : []
}

function stringsIn(value: unknown, depth = 0): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null || depth > 8) return []
  return Object.values(value).flatMap((one) => stringsIn(one, depth + 1))
}

function fieldsOf(object: Record<string, unknown>, { source, is_utf8 }: Json) {
  const [pairs, remarks]: [Pair[], string[]] = [[], []]
  const add = (name: string, value: string): void =>
    void pairs.push(is_utf8 ? [bytesOf(name), bytesOf(value)] : [name, value])
  for (const [name, given] of Object.entries(object)) {
    const value = Array.isArray(given) && given.length === 1 ? (given[0] as unknown) : given
    if (typeof value === 'string') add(name, value)
    else if (value !== null && typeof value !== 'object') {
      add(name, numberText(source, name) ?? String(value))
      remarks.push(
        `\`${name}\` is a ${typeof value} in the JSON; every field is text, and a number loses digits beyond 2^53`,
      )
    } else remarks.push(`\`${name}\` is ${value === null ? 'null' : 'no text'} and was left out`)
  }
  return { pairs, remarks }
}

/** The digits as they stand in the text: JSON.parse would round a certId. */
const numberText = (text: string, name: string): string | null =>
  new RegExp(`"${name.replace(/[^A-Za-z0-9]/g, '')}"\\s*:\\s*(\\d+)\\b`).exec(text)?.[1] ?? null
