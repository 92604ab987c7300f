import type { FieldRemark } from './explain-notice.ts'
import { meaningOf } from './resp-codes.ts'
import { readReturnQuery } from './return-query.ts'

export type ReturnExplanation = {
  /**
   * the address can be used: its code goes to `token` as it is, or it says clearly that the person
   * did not agree
   */
  valid: boolean
  brought: 'code' | 'error' | 'state_alone' | 'nothing'
  fields: FieldRemark[]
  causes: string[]
}

/**
 * Whether a captured text is what the authorisation or signing page came back to: parameters that
 * no notice carries (§3.3).
 */
export function looksLikeReturn(text: string): boolean {
  const names = pairsOf(text).map(([name]) => name)
  return (
    !names.includes('signature') &&
    ['code', 'state', 'errorcode', 'errmsg'].some((name) => names.includes(name))
  )
}

/**
 * The address in a line of a log; the text itself where it begins with one, or with the request
 * line.
 */
export function addressIn(text: string): string {
  const trimmed = text.trim()
  const found = /[^\s"'<>]*\?[^\s"'<>]*\b(?:code|state|errorcode)=[^\s"'<>]*/.exec(trimmed)
  return !found || found.index === 0 || /^(GET|POST) /.test(trimmed) ? trimmed : found[0]
}

/**
 * Says of a captured return address (redirectUri with what UnionPay's page appended, open platform
 * §3.3) whether its code would be exchanged, and what spoilt it if not. A return carries no
 * signature: only `token` can say whether the code is genuine. Pure.
 */
export function explainReturn(captured: string): ReturnExplanation {
  const pairs = pairsOf(captured)
  const { code, state, error } = readReturnQuery(
    pairs.map(([name, value]) => `${name}=${value}`).join('&'),
  )
  const causes = [
    ...causesOfAddress(captured, pairs),
    ...(code === null ? [] : causesOfCode(code)),
    ...causesOfState(state),
  ]
  if (error)
    causes.push(
      `UnionPay's page ended with ${error.code || 'no errorcode'}: ${meaningOf(error.code)?.means ?? 'not a listed code; the person may have refused'}`,
    )
  const brought =
    code !== null ? 'code' : error ? 'error' : state !== null ? 'state_alone' : 'nothing'
  if (brought === 'state_alone')
    causes.push('neither code nor error: the payer left the page without a decision')
  return {
    valid: brought === 'code' && causes.length === 0,
    brought,
    causes,
    fields: pairs.map(([name, value]) => ({
      name,
      value: name === 'code' ? shorten(value) : value.slice(0, 200),
      remark: remarkOn(name, value),
    })),
  }
}

/**
 * The query of an address or of a line of an access log; the code of an H5 with a `#` may have
 * landed behind it.
 */
function pairsOf(captured: string): [string, string][] {
  const [line = ''] = captured.trim().split(/[\r\n]/)
  const query = line
    .replace(/^(GET|POST) /, '')
    .replace(/ HTTP\/[\d.]+.*$/, '')
    .replace(/^[^?]*\?/, '')
    .replaceAll('&amp;', '&')
  return query
    .split(/[&?#]/)
    .filter((pair) => pair.indexOf('=') > 0)
    .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)])
}

function causesOfAddress(captured: string, pairs: [string, string][]): string[] {
  const causes: string[] = []
  const names = pairs.map(([name]) => name)
  const twice = names.find((name, place) => names.indexOf(name) !== place)
  if (twice)
    causes.push(
      `\`${twice}\` comes twice: redirectUri had a query of its own; register and send it without one (§3.2)`,
    )
  if (captured.includes('&amp;'))
    causes.push('&amp; stands for &: the address went through a page that escaped it')
  if (/#[^#]*\?/.test(captured) || /#.*code=/.test(captured))
    causes.push(
      'the parameters stand behind #: redirectUri had a fragment, and no server ever sees them (§3.2)',
    )
  if ((captured.match(/\?/g) ?? []).length > 1)
    causes.push('there are two question marks: redirectUri had a query of its own (§3.2)')
  return causes
}

/** 24 characters of Base64, percent-encoded once (§3.3). */
function causesOfCode(code: string): string[] {
  if (/%[0-9A-Fa-f]{2}/.test(code))
    return ['after decoding once the code still holds escapes: it was encoded twice (a31)']
  if (code.includes(' '))
    return [
      'the code holds blanks that were `+`: something decoded the address as a form before this was captured (a31)',
    ]
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(code))
    return ['the code is not Base64: it was cut or changed on the way (a31)']
  if (code.length !== 24)
    return [
      `the code has ${code.length} characters; 24 is usual (16 bytes as Base64): it may have been cut, perhaps at = or +`,
    ]
  return []
}

function causesOfState(state: string | null): string[] {
  if (state === null)
    return [
      'there is no state: nothing proves whose return it is; it was not sent, or lost on the way',
    ]
  return /^[A-Za-z0-9]{1,128}$/.test(state)
    ? []
    : [
        'the state is not 1–128 letters and digits, as UnionPay asks (§3.2): it may have been changed',
      ]
}

function remarkOn(name: string, value: string): string | null {
  if (value === '') return 'empty'
  if (name === 'code') return `${value.length} characters as it stands in the address`
  if (name === 'errorcode') return meaningOf(value)?.means ?? 'not a listed code'
  return ['state', 'errmsg'].includes(name) ? null : 'not a parameter of a return'
}

/** A code works once and for minutes, and may still be unused. */
const shorten = (value: string): string =>
  value.length <= 8 ? '…' : `${value.slice(0, 4)}…${value.slice(-2)}`
