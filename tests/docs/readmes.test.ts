import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** A reader of either README can do, set and be warned of exactly the same things. */
const english = readFileSync('README.md', 'utf8')
const chinese = readFileSync('README.zh-CN.md', 'utf8')

const sectionsOf = (text: string): string[] => text.split(/^## .*$/m)
const without = (text: string, pattern: RegExp): string => text.replaceAll(pattern, '')

/** Blocks as they are typed: comments are in the reader's language. */
const blocksOf = (text: string): string[] =>
  [...text.matchAll(/^```(.*)\n([^]*?)^```$/gm)].map(
    ([, words = '', typed = '']) => `${words}\n${without(typed, /\s+# .*$/gm)}`,
  )
const codeOf = (text: string): string[] =>
  [...without(text, /^```[^]*?^```$/gm).matchAll(/`([^`]+)`/g)]
    .map(([, code = '']) => code)
    .toSorted()
const settingsOf = (text: string): string[] =>
  [...new Set(text.match(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g))].toSorted()
const linksOf = (text: string): string[] =>
  [...new Set([...text.matchAll(/\]\(([^)]+)\)/g)].map(([, to = '']) => to))]
    .filter((to) => !to.startsWith('README'))
    .toSorted()
const rowsOf = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split(' | '))

test('both READMEs have the same sections, and in each the same commands, files and settings', () => {
  const [ours, theirs] = [sectionsOf(english), sectionsOf(chinese)]
  expect(theirs).toHaveLength(ours.length)
  for (const [place, section] of ours.entries()) {
    const other = theirs[place] ?? ''
    expect(codeOf(other)).toEqual(codeOf(section))
    expect(blocksOf(other)).toEqual(blocksOf(section))
    expect(settingsOf(other)).toEqual(settingsOf(section))
  }
})

test('both READMEs link to the same pages', () => {
  expect(linksOf(chinese)).toEqual(linksOf(english))
})

test('the tables of both READMEs have the same rows in the same order, and a row that warns warns in both', () => {
  const [ours, theirs] = [rowsOf(english), rowsOf(chinese)]
  expect(theirs).toHaveLength(ours.length)
  for (const [place, [first = '', ...rest]] of ours.entries()) {
    const [other_first = '', ...other_rest] = theirs[place] ?? []
    expect([other_first.includes('`'), other_first]).toEqual([
      first.includes('`'),
      first.includes('`') ? first : other_first,
    ])
    const warns = /\b((?<!if )not|never|once|refuses?|without|empty|offline|none)\b/.test(
      rest.join(),
    )
    expect([first, /不|没有|只|拒绝|空|离线/.test(other_rest.join())]).toEqual([first, warns])
  }
})

test.each([
  ['Nothing is tried a second time', '任何测试都不会重试'],
  ['not `DATA_KEY`: keep that elsewhere', '不含 `DATA_KEY`，请另存他处'],
  ['development; production refuses', '开发用；生产环境拒绝执行'],
  ['printed once', '只显示一次'],
  ['a sandbox refuses public addresses', '沙盒拒绝公网地址'],
  [
    'production refuses test hosts, test keys, the\n   embedded database',
    '生产拒绝测试地址、测试证书、内置数据库',
  ],
  ['knows only what it approved', '只认它批准过的模板'],
  ['nothing of the sandbox can be reached', '沙盒的任何东西都不可达'],
  ["No text here has been checked against UnionPay's live service", '没有经过银联线上环境核对'],
  ['the **shop**', '**商店**'],
  ['手机 → 打开链接', '手机 → 打开链接'],
])('both READMEs say: %s', (ours, theirs) => {
  expect(english).toContain(ours)
  expect(chinese).toContain(theirs)
})
