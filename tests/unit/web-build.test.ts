import { fileURLToPath } from 'node:url'
import { build, parseSync } from 'vite'
import { beforeAll, describe, expect, test } from 'vitest'

type Output = { fileName: string; type: 'chunk' | 'asset'; code?: string; source?: string | Uint8Array }

const root = fileURLToPath(new URL('../../', import.meta.url))
let files: Output[] = []

beforeAll(async () => {
  const built = await build({ root, configFile: `${root}vite.config.ts`, logLevel: 'silent', build: { write: false } })
  files = (built as unknown as { output: Output[] }).output
}, 60_000)

/** What Chrome 70, the oldest WebView we promise, cannot read. */
function newSyntax(node: unknown, found: string[] = []): string[] {
  if (Array.isArray(node)) {
    for (const inner of node) newSyntax(inner, found)
    return found
  }
  if (typeof node !== 'object' || node === null) return found
  const { type, operator } = node as { type?: string; operator?: string }
  if (['ChainExpression', 'PropertyDefinition', 'PrivateIdentifier', 'StaticBlock', 'AwaitUsingDeclaration'].includes(type ?? '')) found.push(type ?? '')
  if (operator !== undefined && ['??', '??=', '||=', '&&='].includes(operator)) found.push(operator)
  for (const inner of Object.values(node)) newSyntax(inner, found)
  return found
}

describe('the built mini-app', () => {
  test('holds no syntax newer than Chrome 70', () => {
    const scripts = files.filter((file) => file.type === 'chunk')
    expect(scripts.length).toBeGreaterThan(0)
    for (const script of scripts) {
      const { program, errors } = parseSync(script.fileName, script.code ?? '')
      expect(errors).toEqual([])
      expect(newSyntax(program), script.fileName).toEqual([])
    }
  })

  test('the check sees new syntax where there is some', () => {
    const { program } = parseSync('new.js', 'class A { #b = 1 } a?.b ?? (c ||= 1)')
    expect(new Set(newSyntax(program))).toEqual(new Set(['PropertyDefinition', 'PrivateIdentifier', 'ChainExpression', '??', '||=']))
  })

  test('calls nothing that Chrome 70 lacks', () => {
    const code = files.map((file) => file.code ?? '').join('\n')
    const newer = ['.replaceAll(', '.at(', 'Object.fromEntries(', 'allSettled(', 'structuredClone(', '.matchAll(', 'queueMicrotask(', 'randomUUID(', 'AbortSignal.timeout(']
    expect(newer.filter((call) => code.includes(call))).toEqual([])
  })

  test('styles with nothing that Chrome 70 drops', () => {
    const css = files.filter((file) => /\.(css|html)$/.test(file.fileName)).map((file) => String(file.source)).join('\n')
    expect(css).toContain('--accent')
    const newer = ['inset:', 'gap:', ':is(', 'clamp(', 'aspect-ratio:', 'color-mix(', 'dvh', '@layer', ':has(']
    expect(newer.filter((rule) => css.includes(rule))).toEqual([])
  })

  test('is a first page with its style inside, one file of inner pages and their style, and English beside them; no font', () => {
    const names = files.map((file) => file.fileName.replace(/-[\w-]{8}\./, '.'))
    expect(names.toSorted()).toEqual(['assets/en.js', 'assets/index.js', 'assets/inner-pages.css', 'assets/inner-pages.js', 'index.html'])
  })
})
