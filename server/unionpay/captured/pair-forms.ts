import {
  areFields,
  bytesOf,
  closingOf,
  name,
  type Bytes,
  type Captured,
  type Pair,
} from './captured.ts'

/**
 * A form in which programs print a map: `pair` finds one name and its value (groups 1 and 2, or
 * those of these names). With `inside`, only what stands in a bracket that follows this is looked
 * at, so that the bracket's end is the last value's end.
 */
type PairForm = {
  form: string
  pair: RegExp
  inside?: RegExp
  value?: (written: Bytes) => Bytes
}

const end = String.raw`(?![^])`
const line_end = String.raw`(?=[ \t]*\r?\n|\s*${end})`
const pattern = (text: string): RegExp => new RegExp(text, 'g')
const line = (separator: string, next = separator): RegExp =>
  new RegExp(
    String.raw`^[ \t]*(${name})${separator}([^]*?)(?=\r?\n[ \t]*${name}${next}|\r?\n[ \t]*\r?\n|\s*${end})`,
    'gm',
  )
const members = (between: string, is: string): RegExp =>
  pattern(String.raw`(?:^|${between})(${name})${is}([^]*?)(?=${between}${name}${is}|${end})`)
const literal = String.raw`b?(?:"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*')`

/** From the form that can be nothing else to the one that fits many texts. */
const pair_forms: PairForm[] = [
  {
    form: 'PHP print_r',
    pair: new RegExp(
      String.raw`^[ \t]*\[(${name})\] => ([^]*?)(?=\r?\n[ \t]*\[${name}\] => |\r?\n[ \t]*\)|${end})`,
      'gm',
    ),
  },
  {
    form: "[name] = [value] of UnionPay's demo log",
    pair: pattern(
      String.raw`\[(${name})\] ?= ?\[([^]*?)\](?=[ \t,;]*\r?\n|[ \t,;]*\[${name}\] ?=|\s*${end})`,
    ),
  },
  {
    form: 'Java map',
    inside: new RegExp(String.raw`[{([](?=${name}=)`, 'g'),
    pair: members(', ?', '='),
  },
  { form: 'Go map', inside: new RegExp(String.raw`\[(?=${name}:)`, 'g'), pair: members(' ', ':') },
  {
    form: 'quoted names and values (Python, Ruby, JavaScript, PHP var_export)',
    pair: pattern(
      String.raw`(?<![\w"'])["']?(${name})["']?\s*(?:=>|[:=,])\s*\[?(${literal}(?:\s*\+\s*${literal})*|\d+(?=\s*[,}\])]))\]?(?!\s*[:=])`,
    ),
    value: unquoted,
  },
  {
    form: 'XML',
    pair: pattern(String.raw`<(${name})>((?:<!\[CDATA\[[^]*?\]\]>|[^<]*))</${name}>`),
    value: (written) => fromXml(written),
  },
  {
    form: 'XML or HTML attributes',
    pair: pattern(String.raw`(?:name|key)=["'](${name})["'](?:[^<>]*?\svalue=["']|>)([^"'<>]*)`),
    value: (written) => fromXml(written),
  },
  {
    form: 'multipart/form-data',
    pair: pattern(
      String.raw`--(?<boundary>\S+)\r?\nContent-Disposition: form-data; name="(?<name>${name})"\r?\n(?:Content-[^\n]*\n)*\r?\n(?<value>[^]*?)(?=\r?\n--\k<boundary>)`,
    ),
  },
  {
    form: 'one curl option a field',
    pair: pattern(
      String.raw`(?:--data-urlencode|--data-raw|--form-string|--data|--form|-d|-F)[ =](?<quote>["'])(?<name>${name})=(?<value>[^]*?)\k<quote>(?=\s|${end})`,
    ),
  },
  { form: 'name: value lines', pair: line('[ \\t]*:[ \\t]*') },
  { form: 'name => value lines', pair: line('[ \\t]*=>[ \\t]*') },
  { form: 'name = value lines', pair: line('[ \\t]+=[ \\t]+') },
  // the last line of a certificate's Base64 may look like a name with nothing behind it
  { form: 'name=value lines', pair: line('=(?![=\\r\\n])') },
  { form: 'name and value between tabs', pair: line('\\t+') },
  {
    form: 'table',
    pair: pattern(String.raw`^[ \t]*\|?[ \t]*(${name})[ \t]*\|[ \t]*([^|]*?)[ \t]*\|?${line_end}`),
  },
]

/** Messages that a program printed as names and values. */
export const readPairs = (text: Bytes): Captured[] =>
  pair_forms.flatMap(({ form, pair, inside, value = (written) => written }) =>
    (inside ? insidesOf(text, inside) : [text])
      .flatMap((part) => messagesIn(part, pair))
      .map((pairs) => ({
        form,
        kind: 'pairs' as const,
        pairs: withoutLists(pairs.map(([one, written]): Pair => [one, value(written)])),
      })),
  )

function insidesOf(text: Bytes, opening: RegExp): Bytes[] {
  const found: Bytes[] = []
  let past = 0
  for (const { index } of text.matchAll(opening)) {
    if (index < past) continue
    const close = closingOf(text, index)
    const rest = /\r?\n|(?![^])/g
    rest.lastIndex = index
    past = close < 0 ? (rest.exec(text)?.index ?? text.length) : close
    found.push(text.slice(index + 1, past))
  }
  return found
}

/**
 * Pairs that follow each other; a name that comes again, or other lines between, begin another
 * message.
 */
function messagesIn(text: Bytes, pair: RegExp): Pair[][] {
  const messages: Pair[][] = []
  let past = -1
  for (const match of text.matchAll(pair)) {
    const [all, first = '', second = ''] = match
    const { name: found = first, value = second } = match.groups ?? {}
    const last = messages.at(-1)
    const gap = text.slice(past, match.index)
    const is_new =
      !last || gap.length > 300 || gap.split('\n').length > 3 || last.some(([one]) => one === found)
    if (is_new) messages.push([[found, value]])
    else last.push([found, value])
    past = match.index + all.length
  }
  return messages.filter((one) => areFields(one.map(([found]) => found)))
}

/**
 * `{version=[5.1.0]}`: a map of lists, as servers keep parameters. Only when every value is one.
 */
const withoutLists = (pairs: readonly Pair[]): readonly Pair[] =>
  pairs.every(([, value]) => /^\[[^]*\]$/.test(value))
    ? pairs.map(([one, value]): Pair => [one, value.slice(1, -1)])
    : pairs

/** PHP's var_dump and serialize say how many bytes a value has. */
export function readCounted(text: Bytes): Captured[] {
  const counted = pattern(
    String.raw`(?:\["(${name})"\]\s*=>\s*(?:\r?\n\s*)?string\((\d+)\) "|s:\d+:"(${name})";s:(\d+):")`,
  )
  const pairs = [...text.matchAll(counted)].map((match): Pair => {
    const from = match.index + match[0].length
    const size = Number(match[2] ?? match[4])
    return [match[1] ?? match[3] ?? '', text.slice(from, from + size)]
  })
  return areFields(pairs.map(([found]) => found))
    ? [{ form: 'PHP var_dump or serialize', kind: 'pairs', pairs }]
    : []
}

/** The value of a string literal, or of several joined with `+` as Node prints long ones. */
function unquoted(written: Bytes): Bytes {
  const literals = written.match(new RegExp(literal, 'g'))
  if (!literals) return written
  return literals
    .map((one) =>
      one.startsWith('b') ? unescaped(one.slice(2, -1), true) : unescaped(one.slice(1, -1)),
    )
    .join('')
}

const letters: Record<string, string> = { n: '\n', r: '\r', t: '\t', '0': '\0' }

/**
 * `\n`, `\"`, `\u6210`, `\x22` and the like. `as_bytes`: `\xe6` is a byte, as Python's b'…' and
 * nginx mean it.
 */
export const unescaped = (text: Bytes, as_bytes = false): Bytes =>
  text.replace(
    /\\(?:u\{?([0-9A-Fa-f]{4,6})\}?|x([0-9A-Fa-f]{2})|([^]))/g,
    (_, unicode: string | undefined, hex: string | undefined, letter: string) => {
      if (hex !== undefined && as_bytes) return String.fromCharCode(parseInt(hex, 16))
      const digits = unicode ?? hex
      return digits === undefined
        ? (letters[letter] ?? letter)
        : bytesOf(String.fromCodePoint(Math.min(parseInt(digits, 16), 0x10ffff)))
    },
  )

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

export const withoutEntities = (text: Bytes): Bytes =>
  text.replace(
    /&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|(amp|lt|gt|quot|apos));/g,
    (_, ten, hex, word) => {
      if (word !== undefined) return entities[word as string] ?? ''
      return bytesOf(
        String.fromCodePoint(
          Math.min(Number.parseInt((ten ?? hex) as string, ten ? 10 : 16), 0x10ffff),
        ),
      )
    },
  )

const fromXml = (written: Bytes): Bytes =>
  /^<!\[CDATA\[([^]*)\]\]>$/.exec(written)?.[1] ?? withoutEntities(written)
