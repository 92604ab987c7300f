import { bytesOf, textOf, type Bytes } from './captured.ts'
import { jsonObjectsIn, stringsInJson } from './json-forms.ts'
import { unescaped, withoutEntities } from './pair-forms.ts'

/**
 * What a tool on the way wrapped around a whole text: each takes one layer off, or says nothing
 * where there is none.
 */
type Wrapping = { name: string; open: (text: Bytes) => readonly Bytes[] }

const once = (changed: Bytes | null, text: Bytes): Bytes[] =>
  changed === null || changed === text ? [] : [changed]

const wrappings: Wrapping[] = [
  {
    name: 'in a file in GBK',
    open: (text) =>
      textOf(text) === null ? [bytesOf(gbk.decode(Buffer.from(text, 'latin1')))] : [],
  },
  { name: 'inside JSON', open: stringsInJson },
  {
    name: 'percent-encoded once more',
    open: (text) =>
      text
        .split(/\s+/)
        .flatMap((word) =>
          (/%25[0-9A-F]{2}/i.test(word) || /^[^&=]*%3D[^&=]*%26[^&=]*$/i.test(word)) &&
          !/%(?![0-9A-F]{2})/i.test(word)
            ? once(unescape(word), word)
            : [],
        ),
  },
  {
    name: 'quoted-printable',
    open: (text) =>
      /=3D/i.test(text) && !/=(?![0-9A-Fa-f]{2}|\r?\n|(?![^]))/.test(text)
        ? once(quotedPrintable(text), text)
        : [],
  },
  {
    name: 'with HTML entities',
    open: (text) =>
      /&(amp|quot|lt|#\d+|#x[0-9a-f]+);/i.test(text) ? once(withoutEntities(text), text) : [],
  },
  {
    name: 'with backslash escapes',
    open: (text) =>
      // what is escaped inside whole JSON is in the values themselves, and then explained instead
      /\\(["/nr]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4})/.test(text) && jsonObjectsIn(text).length === 0
        ? once(unescaped(text, true), text)
        : [],
  },
  {
    name: 'broken into lines',
    open: (text) =>
      /^[A-Za-z0-9\-_.*%+&=~!'()\s]+$/.test(text) && /%[^]*[\r\n]+[^]*\S/.test(text)
        ? once(text.replace(/[ \t]*\r?\n[ \t]*/g, ''), text)
        : [],
  },
  {
    name: 'Base64 of it',
    open: (text) =>
      /^[A-Za-z0-9+/\s]{100,}={0,2}\s*$/.test(text)
        ? [Buffer.from(text, 'base64').toString('latin1')].filter((one) => /signature/.test(one))
        : [],
  },
  { name: 'behind the prefix of each line', open: (text) => once(withoutPrefixes(text), text) },
]

/**
 * A text and what is wrapped in it, at most three layers deep, with the names of what was taken
 * off.
 */
export function unwrap(text: Bytes): { text: Bytes; layers: readonly string[] }[] {
  const found: { text: Bytes; layers: readonly string[] }[] = [{ text, layers: [] }]
  for (let at = 0; at < found.length && found.length < most_texts; at++) {
    const { text: wrapped, layers } = found[at] as (typeof found)[number]
    if (layers.length === deepest) continue
    for (const { name, open } of wrappings)
      for (const inner of open(wrapped))
        if (!found.some((one) => one.text === inner))
          found.push({ text: inner, layers: [...layers, name] })
  }
  return found.slice(0, most_texts)
}

const gbk = new TextDecoder('gb18030')
const most_texts = 200
const deepest = 3

const quotedPrintable = (text: Bytes): Bytes =>
  text
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)))

/**
 * What a log collector or a mail program writes before each line: a time, the name of a container,
 * `> `.
 */
const prefix =
  /^(?:>+ ?|[\w.-]+ +\| ?|\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*\]?(?: +(?:stdout|stderr) [FP])?(?: +\[[^\]\r\n]*\](?! ?=))*(?: +(?:TRACE|DEBUG|INFO|WARN|ERROR)\b)?(?: +\S+ +(?:-|:))? ?)/gm

function withoutPrefixes(text: Bytes): Bytes | null {
  const lines = text.trimEnd().split('\n').length
  return (text.match(prefix)?.length ?? 0) * 2 > lines ? text.replace(prefix, '') : null
}
