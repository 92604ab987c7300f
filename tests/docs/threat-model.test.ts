import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { missingOf, quotedIn, rowsOf } from '../support/quoted-tests.ts'

const rows = rowsOf('docs/threat-model.md', 'wants')

test('each goal of an attacker is stopped by a measure, and a test proves it', () => {
  expect(rows.length).toBeGreaterThan(40)
  for (const row of rows) {
    expect(row, row[0]).toHaveLength(3)
    expect(quotedIn(row[2] ?? '').length, row[0]).toBeGreaterThan(0)
  }
})

test('every test named in the threat model exists, by file and title', () => {
  const named = rows.flatMap((row) => quotedIn(row[2] ?? ''))
  expect(missingOf(named)).toEqual([])
  // a quoted text that was not recognized as a title would be checked by no test
  expect(named.length).toBe(
    (readFileSync('docs/threat-model.md', 'utf8').match(/`tests\/[\w/-]+\.test\.ts`/g) ?? [])
      .length,
  )
})
