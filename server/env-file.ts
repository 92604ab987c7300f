import { parseEnv } from 'node:util'
import { problemsOfNames } from './setting-names.ts'

/**
 * What a file of settings holds, and what of it would be lost without a word: one sentence each,
 * without any value.
 */
export type EnvFile = { values: Record<string, string>; problems: string[] }

/** Settings whose value is no word of ours: what was cut off cannot be seen from what is left. */
const secrets = /PASSWORD|SECRET|DATABASE_URL/
const quotes = ['"', "'", '`']

/**
 * Node's own parser reads the values; this looks at what it leaves out. A byte order mark, also of
 * UTF-16, is none of the first name.
 */
export function readEnvFile(bytes: Buffer, file = '.env'): EnvFile {
  const text = textOf(bytes)
  const values = parseEnv(text) as Record<string, string>
  const problems: string[] = []
  const seen = new Map<string, number>()
  const lines = text.split(/\r\n|\n|\r/)
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    if (/^\s*(#|$)/.test(line)) continue
    const where = `${file} line ${at + 1}`
    const [, name = '', raw = ''] = /^\s*(?:export\s+)?([^=]*?)\s*=[ \t]*(.*)$/.exec(line) ?? []
    if (name === '') {
      problems.push(`${where} is not NAME=value and would not be read; begin a comment with #`)
      continue
    }
    const first = seen.get(name)
    if (first !== undefined)
      problems.push(`${where}: ${name} stands in line ${first} already; leave one of them`)
    seen.set(name, at + 1)
    const quote = quotes.find((one) => raw.startsWith(one))
    if (quote === undefined) {
      if (isCut(name, raw)) problems.push(`${where}: ${name} ${cut}`)
      continue
    }
    const end = endOfQuoted(lines, at, raw, quote)
    if (end === null)
      problems.push(
        `${where}: ${name} begins with ${quote} and nothing ends it; add the other ${quote}`,
      )
    else if (!/^\s*(#.*)?$/.test(end.rest))
      problems.push(
        `${where}: ${name} goes on after its closing ${quote}; quote it with another of ${quotes.join(' ')}`,
      )
    at = end?.line ?? at
  }
  const isSet = (name: string): boolean => name in values
  return { values, problems: [...problems, ...problemsOfNames([...seen.keys()], isSet, true)] }
}

const cut =
  'ends at its #; where the # belongs to the value put it all into quotes, else put the comment on a line of its own'

/** Node ends a value that is not quoted at the first #, with or without a blank before it. */
function isCut(name: string, raw: string): boolean {
  const place = raw.indexOf('#')
  if (place === -1) return false
  const [before, after] = [raw.slice(0, place), raw.slice(place + 1)]
  if (before.trim() === '') return /^\S/.test(after) && !/^[#=-]{2}/.test(after)
  return !/\s$/.test(before) || secrets.test(name)
}

/** Where a quoted value ends, which may take several lines, and what follows it there. */
function endOfQuoted(
  lines: readonly string[],
  at: number,
  raw: string,
  quote: string,
): { line: number; rest: string } | null {
  const parts = [raw.slice(1), ...lines.slice(at + 1)]
  const index = parts.findIndex((part) => part.includes(quote))
  const part = parts[index]
  return part === undefined ? null : { line: at + index, rest: part.slice(part.indexOf(quote) + 1) }
}

function textOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  return new TextDecoder('utf-8').decode(bytes) // takes the mark away
}

let loaded: readonly string[] = []
/** What was wrong with the file that `loadEnvFile` took, for the list of all that is wrong. */
export const problemsOfEnvFile = (): readonly string[] => loaded

/** Puts the file's settings into the environment; what is set already wins. */
export function loadEnvFile(bytes: Buffer, env: Record<string, string | undefined>): void {
  const { values, problems } = readEnvFile(bytes)
  for (const [name, value] of Object.entries(values)) env[name] ??= value
  loaded = problems
}
