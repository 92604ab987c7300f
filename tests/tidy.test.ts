import { describe, expect, test } from 'vitest'
import { findUnasserted } from './tidy/assertions.ts'
import { findCalls } from './tidy/calls.ts'
import {
  findAimless,
  findCommands,
  findUndocumented,
  findUnlistedLogFields,
  findUnmapped,
  findUnmarkedBlocks,
} from './tidy/documents.ts'
import { exceptions } from './tidy/exceptions.ts'
import { findImports, findRunners } from './tidy/imports.ts'
import { findLocks } from './tidy/locks.ts'
import { findIdleTerms, findNames, findPutOff, findSpellings } from './tidy/names.ts'
import { fileSizes, findLong, findWideComments } from './tidy/size.ts'
import { parseSource, type Finding } from './tidy/sources.ts'
import { findBannedWords } from './tidy/words.ts'
import { findWriters } from './tidy/writers.ts'

const rules: Record<string, () => Finding[]> = {
  'imports go one way, and web, server and sandbox import nothing of each other': findImports,
  'a test imports the runner that runs it, and shared test code imports neither': findRunners,
  'every test in a browser asserts something': findUnasserted,
  'no file and no function is longer than the limits of size.ts': findLong,
  'no comment is wider than the code': findWideComments,
  'no name of a file or an export has a word without meaning': findNames,
  "only server/unionpay, the sandbox and tests use UnionPay's spellings": findSpellings,
  'only the listed files use time, randomness and network directly': findCalls,
  'no source has a mark of unfinished work': findPutOff,
  'every setting, operation, job and decision is in its document': findUndocumented,
  "every log field is in the operators' table": findUnlistedLogFields,
  'every command in the documents exists': findCommands,
  'every shell block in the documents is run by a test, or says why not': findUnmarkedBlocks,
  'every page says whether it teaches, guides, explains or lists': findAimless,
  'every page is on the map': findUnmapped,
  'a migration that locks a table says why': findLocks,
  'the state of a charge, a refund and a contract has one writer': findWriters,
  'names, comments and texts are plain engineering English': findBannedWords,
}

const found = new Map(Object.entries(rules).map(([title, find]) => [title, find()]))
const isSame = (a: Finding, b: Finding): boolean =>
  a.rule === b.rule && a.file === b.file && a.what === b.what
const say = ({ file, what }: Finding): string => `${file}: ${what}`

for (const [title, findings] of found) {
  test(title, () =>
    expect(
      findings.filter((finding) => !exceptions.some((one) => isSame(one, finding))).map(say),
    ).toEqual([]),
  )
}

test('every exception is still needed, and has a reason', () => {
  const all = [...found.values()].flat()
  expect(
    exceptions
      .filter((one) => one.because === '' || !all.some((finding) => isSame(one, finding)))
      .map(say),
  ).toEqual([])
  expect(findIdleTerms()).toEqual([])
})

test('files are short: the median is up to 2,500 characters of code, nine of ten up to 6,000', () => {
  const sizes = fileSizes()
  expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(2_500)
  expect(sizes[Math.floor(sizes.length * 0.9)]).toBeLessThanOrEqual(6_000)
})

describe('each rule catches a violation:', () => {
  const caught = (
    find: (among: ReturnType<typeof parseSource>[]) => Finding[],
    file: string,
    text: string,
  ): string[] => find([parseSource(file, text)]).map(({ what }) => what)

  test.for([
    ['server/kernel/x.ts', "import { a } from '../storage/pool.ts'", 'server/storage/pool.ts'],
    ['server/sign-in/x.ts', "export * from '../contracts/store.ts'", 'server/contracts/store.ts'],
    ['server/contracts/x.ts', "await import('../main.ts')", 'server/main.ts'],
    ['server/app.ts', "import '../sandbox/app.ts'", 'sandbox/app.ts'],
    ['sandbox/x.ts', "import type { A } from '../server/api.ts'", 'server/api.ts'],
    ['sandbox/x.ts', "import '../examples/shop/shop.ts'", 'examples/shop/shop.ts'],
    ['examples/shop/x.ts', "import '../../sandbox/clock.ts'", 'sandbox/clock.ts'],
    ['examples/shop/x.ts', "import type { A } from '../../server/api.ts'", 'server/api.ts'],
    ['web/x.ts', "import { a } from '../server/api.ts'", 'server/api.ts'],
    [
      'web/X.vue',
      '<template><p/></template>\n<script setup lang="ts">\nimport type { A } from \'../server/errors.ts\'\n</script>',
      'server/errors.ts',
    ],
    ['server/new-room/x.ts', "import { a } from '../kernel/ids.ts'", 'server/kernel/ids.ts'],
  ] as const)('an import in a forbidden direction: %s', ([file, text, what]) =>
    expect(caught(findImports, file, text)).toEqual([what]),
  )

  test('a type of the API in a page is allowed', () => {
    expect(caught(findImports, 'web/x.ts', "import type { A } from '../server/api.ts'")).toEqual([])
  })

  test("a test runner other than the file's own", () => {
    const vitest = "import { test } from 'vitest'"
    const playwright = "import { test } from '@playwright/test'"
    expect(caught(findRunners, 'tests/e2e/x.test.ts', vitest)).toEqual(['vitest'])
    expect(caught(findRunners, 'tests/server/x.test.ts', playwright)).toEqual(['@playwright/test'])
    expect(caught(findRunners, 'tests/support/x.ts', vitest)).toEqual(['vitest'])
    expect(caught(findRunners, 'tests/browser/x.ts', playwright)).toEqual([])
    expect(caught(findRunners, 'tests/unit/x.test.ts', vitest)).toEqual([])
  })

  test('a browser test without an assertion', () => {
    const unasserted = (body: string): string[] =>
      caught(findUnasserted, 'tests/e2e/x.test.ts', `test('opens', async ({ phone }) => ${body})`)
    expect(unasserted('phone.open()')).toEqual(['opens'])
    expect(unasserted('{ await phone.open(); await expect(phone.consent).toBeVisible() }')).toEqual(
      [],
    )
  })

  test('a banned word in a name, a comment, a text or a file name, and no part of another word', () => {
    const banned = (file: string, text: string): number => findBannedWords([{ file, text }]).length
    expect(banned('server/x.ts', 'const letGo = 1')).toBe(1)
    expect(banned('server/x.ts', 'glance_ms: 5, // he waits')).toBe(2)
    expect(banned('docs/x.md', '性质测试')).toBe(1)
    expect(banned('server/doorbell.ts', '')).toBe(1)
    expect(banned('sandbox/pages/X.vue', '<path stroke="red" />')).toBe(0)
    expect(banned('server/x.ts', 'household, history, desktop, the weighted mean')).toBe(0)
  })

  test('length, names, spellings, calls and put-off work', () => {
    const long = (calls: number): string => `first(${'a1, '.repeat(calls)})\n`
    const many = 'x()\n'.repeat(31)
    expect(caught(findLong, 'server/x.ts', `function f() {\n${long(700)}}`)).toEqual(['f'])
    expect(caught(findLong, 'server/x.ts', `function f() {\n${many}}`)).toEqual(['f'])
    expect(caught(findLong, 'server/x.ts', `function f() {\nfunction g() {\n${many}}}`)).toEqual([
      'g',
    ])
    expect(caught(findLong, 'server/x.ts', long(2_600))).toEqual(['10407 characters'])
    expect(caught(findLong, 'server/x.ts', `// ${'a1, '.repeat(2_600)}\nx()`)).toEqual([])
    expect(caught(findWideComments, 'server/x.ts', `  // ${'a'.repeat(96)}\nx()`)).toHaveLength(1)
    expect(caught(findWideComments, 'server/x.ts', `  // ${'a'.repeat(95)}\nx()`)).toEqual([])
    expect(
      caught(
        (among) => findNames(among, ['server/charge-helper.ts']),
        'server/x.ts',
        'export const baseUtils = 1',
      ),
    ).toEqual(['its name', 'baseUtils'])
    expect(
      caught(findSpellings, 'server/contracts/x.ts', '// planId\nconst a = { openId: 1 }'),
    ).toEqual(['openId'])
    expect(
      caught(
        findCalls,
        'server/x.ts',
        'fetch(a); Date.now(); new Date(); Math.random(); new Date(5)',
      ).toSorted(),
    ).toEqual(['Date.now', 'Math.random', 'fetch', 'new Date()'])
    expect(caught(findPutOff, 'server/x.ts', ['// TO', 'DO later'].join(''))).toHaveLength(1)
    const settles =
      "const a = `update charges c set due_at = null, state = 'failed' where c.order_id = $1`"
    expect(caught(findWriters, 'server/notifications/x.ts', settles)).toHaveLength(1)
    expect(caught(findWriters, 'server/charges/settlement-store.ts', settles)).toEqual([])
    const paces = "const a = `update charges set due_at = null where state = 'pending'`"
    expect(caught(findWriters, 'server/notifications/x.ts', paces)).toEqual([])
  })
})
