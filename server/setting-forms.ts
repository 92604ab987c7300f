import { resolve } from 'node:path'

/**
 * A form turns the text of a setting into its value, or says in a sentence what is wrong and what
 * to do.
 */
export type Form<Value> = (text: string) => { value: Value } | { problem: string }

export const anyText: Form<string> = (text) => ({ value: text })

export const textMatching =
  (pattern: RegExp, what: string): Form<string> =>
  (text) =>
    pattern.test(text) ? { value: text } : { problem: `must be ${what}` }

export const oneOf =
  <Choice extends string>(...choices: Choice[]): Form<Choice> =>
  (text) =>
    (choices as string[]).includes(text)
      ? { value: text as Choice }
      : { problem: `must be one of ${choices.join(', ')}` }

export const wholeNumber =
  (least: number, most: number, unit: string): Form<number> =>
  (text) => {
    const value = Number(text)
    return /^\d+$/.test(text) && value >= least && value <= most
      ? { value }
      : { problem: `must be a whole number of ${unit} from ${least} to ${most}` }
  }

/** A part of all, from 0 to 1. */
export const share: Form<number> = (text) =>
  /^(0(\.\d{1,6})?|1(\.0+)?)$/.test(text)
    ? { value: Number(text) }
    : { problem: 'must be a number from 0 to 1' }

export const onOff: Form<boolean> = (text) =>
  text === 'on' || text === 'off' ? { value: text === 'on' } : { problem: 'must be on or off' }

/** An http(s) address without query, fragment or closing slash. */
export const address: Form<string> = (text) => {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !url.hostname || !['http:', 'https:'].includes(url.protocol))
    return { problem: 'must be an address that begins with http:// or https://' }
  if (/[?#]/.test(text) || url.username || url.password)
    return { problem: 'must have no query, no # and no user name' }
  if (!/^[a-z0-9._-]+$|^\[[0-9a-f:.]+\]$/.test(url.hostname))
    return {
      problem: `has a host that no name server knows (${url.hostname}); remove what does not belong to it`,
    }
  return { value: text.replace(/\/+$/, '') }
}

/**
 * What a browser's content security policy can name (CSP3 §2.3.1): a scheme, or a host of letters,
 * digits and `-`. Of anything else it says "invalid source" on its console and goes on without it.
 */
const policySource =
  /^([a-z][a-z0-9+.-]*:|([a-z][a-z0-9+.-]*:\/\/)?(\*|(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*)(:(\d+|\*))?(\/[\w./%~-]*)?)$/i

/** Sources of a content security policy, separated by blanks. */
export const policySources: Form<string[]> = (text) => {
  const sources = text.split(/\s+/).filter((source) => source !== '')
  const invalid = sources.find((source) => !policySource.test(source))
  return invalid === undefined
    ? { value: sources }
    : { problem: `"${invalid}" is no source of a content security policy, and ${ignored}` }
}

/** An address that stands in the content security policy of our pages. */
export const policyAddress: Form<string> = (text) => {
  const read = address(text)
  return 'problem' in read || policySource.test(read.value)
    ? read
    : { problem: `${read.value} is no source of a content security policy, and ${ignored}` }
}

const ignored =
  'browsers ignore it: write a scheme (gap:) or a host of letters, digits, dots and -, with or without a path (no _ in the host, no IPv6 address)'

/** The same with nothing behind the host: pages and notices have their own paths below it. */
export const origin: Form<string> = (text) => {
  const read = address(text)
  if ('problem' in read) return read
  const { pathname } = new URL(text)
  return pathname === '/'
    ? read
    : {
        problem: `must end after its host, without ${pathname}: the pages are at its root, and what a proxy puts before them stays with the proxy`,
      }
}

/** A forward proxy. What it holds may be secret, and is never repeated in a problem. */
export const proxyAddress: Form<string> = (text) => {
  const url = URL.canParse(text) ? new URL(text) : null
  return url &&
    ['http:', 'https:'].includes(url.protocol) &&
    /^\/?$/.test(url.pathname) &&
    !/[?#]/.test(text)
    ? { value: text }
    : {
        problem:
          'must be http://host:port or http://user:password@host:port, with nothing behind it',
      }
}

/**
 * The address of a PostgreSQL, whole: one that a file or a shell cut at a # of its password is not
 * taken.
 */
export const databaseAddress: Form<string> = (text) => {
  const form = 'must be postgres://user:password@host/database'
  if (!/^postgres(ql)?:\/\//.test(text)) return { problem: form }
  // a socket has no host: postgres://user:password@/database?host=/run/postgresql
  const url = text.replace(/^([^:]+:\/\/[^/]*@)\//, '$1localhost/')
  if (!URL.canParse(url) || new URL(url).hash || !new URL(url).hostname)
    return {
      problem: `${form}; in its password write # as %23, / as %2F, ? as %3F, @ as %40 and % as %25`,
    }
  return /^\/[^/]+$/.test(new URL(url).pathname)
    ? { value: text }
    : { problem: `${form}; the name of the database at its end is missing` }
}

export const path: Form<string> = (text) => ({ value: resolve(text) })

export const listOf =
  <Value>(form: Form<Value>): Form<Value[]> =>
  (text) => {
    const values: Value[] = []
    for (const part of text
      .split(',')
      .map((p) => p.trim())
      .filter((p) => p !== '')) {
      const read = form(part)
      if ('problem' in read) return { problem: `"${part}" ${read.problem}` }
      values.push(read.value)
    }
    return { value: values }
  }

/** Names of fields of UnionPay's messages, separated by commas; `none` is the empty list. */
export const messageFields: Form<string[]> = (text) =>
  text === 'none'
    ? { value: [] }
    : listOf(
        textMatching(/^[A-Za-z][A-Za-z0-9]{0,31}$/, "a field of UnionPay's messages, or `none`"),
      )(text)

/** 32 bytes as 64 hexadecimal digits or Base64; the value itself is never repeated in a problem. */
export const key32: Form<Buffer> = (text) => {
  const bytes = /^[0-9a-fA-F]{64}$/.test(text)
    ? Buffer.from(text, 'hex')
    : Buffer.from(/^[A-Za-z0-9+/]{43}=?$/.test(text) ? text : '', 'base64')
  return bytes.length === 32
    ? { value: bytes }
    : { problem: 'must be 32 bytes as 64 hexadecimal digits or Base64 (openssl rand -hex 32)' }
}

export const secretText: Form<string> = (text) =>
  text.length >= 32
    ? { value: text }
    : { problem: 'must have at least 32 characters (openssl rand -hex 32)' }

/** A merchant number, with its key file after a colon: `898310148160568:/path/to/key.pfx`. */
export const merchantEntry: Form<string> = (text) => {
  const [, merchant_no, file] = /^([A-Za-z0-9]{15})(?::(.+))?$/.exec(text) ?? []
  if (!merchant_no)
    return {
      problem: 'must be a merchant number of 15 letters and digits, then a colon and its .pfx file',
    }
  return { value: file === undefined ? merchant_no : `${merchant_no}:${resolve(file)}` }
}

/**
 * What UnionPay takes of each charge, in hundredths of a percent: `898310148160568:38` is 0.38 %.
 */
export const merchantFee: Form<{ merchant_no: string; basis_points: number }> = (text) => {
  const [, merchant_no, points] = /^([A-Za-z0-9]{15}):(\d{1,4})$/.exec(text) ?? []
  return merchant_no
    ? { value: { merchant_no, basis_points: Number(points) } }
    : { problem: 'must be a merchant number, a colon and hundredths of a percent' }
}

/** Minutes separated by commas, judged as a whole. */
export const minutesHolding =
  (problemOf: (minutes: readonly number[]) => string | null): Form<number[]> =>
  (text) => {
    const parts = text.split(',').map((part) => part.trim())
    if (!parts.every((part) => /^\d{1,5}$/.test(part)))
      return { problem: 'must be whole minutes separated by commas' }
    const value = parts.map(Number)
    const problem = problemOf(value)
    return problem === null ? { value } : { problem }
  }

export const timeOfDay = textMatching(
  /^([01]\d|2[0-3]):[0-5]\d$/,
  'a time of day like 23:00, in Beijing',
)
