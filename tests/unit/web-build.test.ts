import { fileURLToPath } from 'node:url'
import { build, parseSync } from 'vite'
import { beforeAll, describe, expect, test } from 'vitest'

type Output = {
  fileName: string
  type: 'chunk' | 'asset'
  code?: string
  source?: string | Uint8Array
}

const root = fileURLToPath(new URL('../../', import.meta.url))
let files: Output[] = []

beforeAll(async () => {
  const built = await build({
    root,
    configFile: `${root}vite.config.ts`,
    logLevel: 'silent',
    build: { write: false },
  })
  files = (built as unknown as { output: Output[] }).output
}, 60_000)

const newer_nodes = [
  'ChainExpression',
  'PropertyDefinition',
  'AccessorProperty',
  'PrivateIdentifier',
  'StaticBlock',
  'AwaitUsingDeclaration',
  'ImportAttribute',
]
const newer_operators = ['??', '??=', '||=', '&&=']

type Node = {
  type?: string
  operator?: string
  raw?: string
  bigint?: string
  exported?: object | null
  regex?: { pattern: string; flags: string }
}

/**
 * Syntax nodes that Chrome 70 or iOS 12, the oldest supported web views, cannot parse. Both support
 * ES2019 except look-behind.
 */
function newerIn({
  type = '',
  operator = '',
  raw = '',
  bigint,
  exported,
  regex,
}: Node): string | null {
  if (newer_nodes.includes(type)) return type
  if (newer_operators.includes(operator)) return operator
  if (bigint !== undefined) return 'BigInt'
  if (type === 'ExportAllDeclaration' && exported) return 'export * as'
  if (regex && (/\(\?<[=!]/.test(regex.pattern) || /[dv]/.test(regex.flags))) return 'RegExp'
  return type === 'Literal' && /^[\d.]+_/.test(raw) ? 'numeric separator' : null
}

function newSyntax(node: unknown, found: string[] = []): string[] {
  if (Array.isArray(node)) {
    for (const inner of node) newSyntax(inner, found)
    return found
  }
  if (typeof node !== 'object' || node === null) return found
  const newer = newerIn(node)
  if (newer !== null) found.push(newer)
  for (const inner of Object.values(node)) newSyntax(inner, found)
  return found
}

/** Every script of the build: the files, and those in the page itself. */
const scriptsOf = (all: Output[]): { name: string; code: string }[] => [
  ...all
    .filter((file) => file.type === 'chunk')
    .map((file) => ({ name: file.fileName, code: file.code ?? '' })),
  ...all
    .filter((file) => file.fileName.endsWith('.html'))
    .flatMap((file) => [...String(file.source).matchAll(/<script>([^]*?)<\/script>/g)])
    .map(([, code = ''], n) => ({ name: `inline ${n}`, code })),
]

// without toSorted and similar: Vue wraps them for engines that have them
const newer_calls = [
  '.replaceAll(',
  '.at(',
  '.findLast(',
  '.findLastIndex(',
  '.matchAll(',
  '.replaceChildren(',
  'Object.fromEntries(',
  'Object.groupBy(',
  'allSettled(',
  'Promise.any(',
  'withResolvers(',
  'structuredClone(',
  'queueMicrotask(',
  'requestIdleCallback(',
  'randomUUID(',
  'AbortSignal.',
  'new WeakRef(',
  'FinalizationRegistry(',
  'RelativeTimeFormat',
  'ListFormat',
  'DisplayNames',
  'dateStyle',
  '.formatRange(',
  'URL.canParse(',
  '(?<=',
  '(?<!',
]

const newer_styles: [string, RegExp][] = [
  ['gap of flex', /(?<!grid-|column-)gap\s*:/],
  ['inset', /inset(-block|-inline)?\s*:/],
  ['aspect-ratio', /aspect-ratio\s*:/],
  ['min, max, clamp', /(?<![\w-])(min|max|clamp)\(/],
  [':is, :where, :has', /:(is|where|has)\(/],
  ['a list in :not', /:not\([^()]*,/],
  ['dvh and its like', /\d[dsl]v[hw]\b/],
  ['logical shorthands', /(margin|padding|border)-(inline|block)\s*:/],
  ['color-mix and its like', /(color-mix|oklch|oklab|light-dark|lab|lch)\(/],
  ['@layer and its like', /@(layer|container|scope|property)\b/],
  ['transforms on their own', /[;{](rotate|scale|translate)\s*:/],
  ['colours without commas', /(rgb|hsl)a?\(\s*[\d.]+%?\s+[\d.]/],
  ['sticky without its first name', /(?<!position:-webkit-sticky;)position:sticky/],
  ['overflow: clip', /overflow(-[xy])?\s*:\s*clip/],
  ['nesting', /&[.:\s>]/],
]

const namesIn = (css: string): string[] =>
  newer_styles.filter(([, form]) => form.test(css)).map(([name]) => name)

describe('the built mini-app', () => {
  test('has no syntax newer than Chrome 70 and iOS 12, in its files and in the page itself', () => {
    const scripts = scriptsOf(files)
    expect(scripts.map(({ name }) => name)).toEqual(expect.arrayContaining(['inline 0']))
    for (const { name, code } of scripts) {
      const { program, errors } = parseSync(name.endsWith('.js') ? name : 'inline.js', code)
      expect(errors).toEqual([])
      expect(newSyntax(program), name).toEqual([])
    }
  })

  test.each([
    ['class A { #b = 1 }', ['PropertyDefinition', 'PrivateIdentifier']],
    ['a?.b', ['ChainExpression']],
    ['a ?? (c ||= 1)', ['??', '||=']],
    ['1_000', ['numeric separator']],
    ['/(?<=a)b/', ['RegExp']],
    ['10n', ['BigInt']],
    ["export * as a from 'a'", ['export * as']],
  ])('the syntax check detects %s', (code, found) => {
    expect(newSyntax(parseSync('new.js', code).program)).toEqual(expect.arrayContaining(found))
  })

  test('calls no function that Chrome 70 or iOS 12 lacks', () => {
    const code = scriptsOf(files)
      .map((script) => script.code)
      .join('\n')
    expect(newer_calls.filter((call) => code.includes(call))).toEqual([])
  })

  test('includes the Object.hasOwn that Pinia calls', () => {
    const code = scriptsOf(files)
      .map((script) => script.code)
      .join('\n')
    expect(code).toMatch(/Object\.hasOwn\(/)
    expect(code).toMatch(/\.hasOwn ?=[^=]/)
  })

  test('uses no style that Chrome 70 or iOS 12 drops', () => {
    const css = files
      .filter((file) => file.fileName.endsWith('.css'))
      .map((file) => String(file.source))
    const inlined = files
      .filter((file) => file.fileName.endsWith('.html'))
      .flatMap((file) =>
        [...String(file.source).matchAll(/<style>([^]*?)<\/style>/g)].map(([, text = '']) => text),
      )
    expect(inlined.join('')).toContain('--accent')
    expect(namesIn([...css, ...inlined].join('\n'))).toEqual([])
    // :focus-visible is newer: focused elements are marked before it, in a separate rule that a
    // later one reverts
    expect([...css, ...inlined].join('\n')).toMatch(
      /button:focus,[^{}]*\{outline:3px solid[^}]*\}[^]*button:focus:not\(:focus-visible\)[^{}]*\{outline:(none|0)/,
    )
  })

  test('the style check detects each', () => {
    const newer = `a{gap:1px}a{inset:0}a{aspect-ratio:1}a{width:min(1px,2px)}:is(a){}:not(a,b){}a{height:1dvh}a{margin-inline:0}a{color:color-mix(in srgb,red,blue)}@layer a{}
      a{rotate:1deg}a{color:rgb(0 0 0)}a{position:sticky}a{overflow:clip}a{& b{}}`
    expect(namesIn(newer)).toEqual(newer_styles.map(([name]) => name))
    expect(
      namesIn(
        'a{grid-gap:1px;grid-template-columns:minmax(0,1fr);transform:rotate(1deg);color:rgba(0,0,0,.5);position:-webkit-sticky;position:sticky}',
      ),
    ).toEqual([])
  })

  test('has no text input, so that no keyboard can cover a field', () => {
    const code = scriptsOf(files)
      .map((script) => script.code)
      .join('\n')
    expect(
      [...code.matchAll(/type:\s*[`"'](text|tel|number|search|email|password)[`"']/g)].map(
        ([found]) => found,
      ),
    ).toEqual([])
  })

  test('is a first page with its style inline, one file of inner pages and their style, and English separately; no font', () => {
    const names = files.map((file) => file.fileName.replace(/-[\w-]{8}\./, '.'))
    expect(names.toSorted()).toEqual([
      'assets/en.js',
      'assets/index.js',
      'assets/inner-pages.css',
      'assets/inner-pages.js',
      'index.html',
    ])
  })
})
