import { expect, test } from 'vitest'
import { missingOf, quotedIn, rowsOf } from '../support/quoted-tests.ts'

const rows = rowsOf('docs/compliance.md', 'rule')

test('each rule has a source, a screen and a test', () => {
  expect(rows.length).toBeGreaterThan(20)
  for (const row of rows) {
    expect(row, row[0]).toHaveLength(4)
    expect(
      row.every((cell) => cell.trim().length > 2),
      row[0],
    ).toBe(true)
    expect(row[3], row[0]).toMatch(/`tests\/[\w/-]+\.test\.ts` "/)
  }
})

test('every test named in the compliance page exists, by file and title', () => {
  const named = rows.flatMap((row) => quotedIn(row[3] ?? ''))
  expect(named.length).toBeGreaterThanOrEqual(rows.length)
  expect(missingOf(named)).toEqual([])
})
