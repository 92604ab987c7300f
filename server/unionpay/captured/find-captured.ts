import type { Bytes, Captured, Reader } from './captured.ts'
import { readInline, readSignedText } from './inline-forms.ts'
import { readJson } from './json-forms.ts'
import { readCounted, readPairs } from './pair-forms.ts'
import { plainBytes } from '../../kernel/plain-bytes.ts'
import { unwrap } from './unwrap.ts'

/** Messages are at most 256 kB; a file with some of them, or a piece of a log, may be this long. */
export const most_captured_bytes = 1024 * 1024

const readers: Reader[] = [readJson, readInline, readSignedText, readCounted, readPairs]

/**
 * Every way to read a captured file as messages: first the file as it is, then each form that
 * people have (docs/go-live.md lists them). Which one is right, the caller decides by the
 * signature.
 */
export function findCaptured(bytes: Buffer): Captured[] {
  const text = bodyOf(plainBytes(bytes).toString('latin1'))
  const as_it_is = wholeText(text)
  if (text.length > most_captured_bytes) return [as_it_is]
  const found = unwrap(text).flatMap(({ text: inner, layers }) =>
    [
      ...(layers.length === 0 ? [] : [wholeText(inner)]),
      ...readers.flatMap((read) => read(inner)),
    ].map((one) => ({ ...one, form: [one.form, ...layers].join(', ') })),
  )
  const whole_json = found.find(({ form }) => form === 'json')
  return [whole_json ?? as_it_is, ...found.filter((one) => one !== whole_json)]
}

/**
 * A form-encoded body holds none but the letters a form may hold; the unencoded answer always holds
 * others. A whole HTTP message is cut to its body.
 */
function wholeText(text: Bytes): Captured {
  return /^[A-Za-z0-9\-_.*%+&=~!'()]+$/.test(text) && text.includes('%')
    ? { form: 'notification', kind: 'query', text }
    : { form: 'synchronous answer', kind: 'answer', text }
}

function bodyOf(text: Bytes): Bytes {
  const body = /^(POST |HTTP\/1)/.test(text) ? text.replace(/^[^]*?\r?\n\r?\n/, '') : text
  return body.replace(/[\r\n]+$/, '').replace(/^\s+/, '')
}

/**
 * Names and values as form-encoded text, for a reader that takes nothing else. In a text that is
 * not encoded `+` and `%` stand for themselves; one that only looks so is given as it is, too.
 */
export function asQueries(captured: Captured): string[] {
  if (captured.kind === 'query') return [fromBytes(captured.text)]
  const pairs =
    captured.kind === 'pairs'
      ? captured.pairs
      : captured.text.split('&').map((part) => part.split(/=([^]*)/).slice(0, 2))
  const encoded = pairs
    .map((pair) => pair.map((one) => encodeURIComponent(fromBytes(one))).join('='))
    .join('&')
  return captured.kind === 'pairs' ? [encoded] : [encoded, fromBytes(captured.text)]
}

const fromBytes = (bytes: Bytes): string => Buffer.from(bytes, 'latin1').toString('utf8')
