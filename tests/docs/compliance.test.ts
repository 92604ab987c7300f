import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const rows = readFileSync('docs/compliance.md', 'utf8').split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| rule') && !line.startsWith('|--'))
  .map((line) => line.slice(2, -2).split(' | '))
/** A title as it stands in the source, whichever quotes it is in. */
const titlesOf = (file: string): string[] => [...readFileSync(file, 'utf8').matchAll(/\b(?:test|describe)(?:\.\w+)*(?:\([^\n]*\))?(?: as const\))?\(\s*(['"`])((?:\\.|(?!\1).)+)\1/g)].map((found) => (found[2] ?? '').replaceAll('\\', ''))

test('each rule has a source, a screen and a test', () => {
  expect(rows.length).toBeGreaterThan(20)
  for (const row of rows) {
    expect(row, row[0]).toHaveLength(4)
    expect(row.every((cell) => cell.trim().length > 2), row[0]).toBe(true)
    expect(row[3], row[0]).toMatch(/`tests\/[\w/-]+\.test\.ts` "/)
  }
})

test('every test named there exists, by file and title', () => {
  const named = rows.flatMap((row) => [...(row[3] ?? '').matchAll(/`(tests\/[\w/-]+\.test\.ts)` "(.+?)"(?=;|\s*$)/g)].map((found) => ({ file: found[1] ?? '', title: found[2] ?? '' })))
  expect(named.length).toBeGreaterThanOrEqual(rows.length)
  expect(named.filter(({ file, title }) => !existsSync(file) || !titlesOf(file).includes(title))).toEqual([])
})
