import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import type { RunReport } from '../../commands/parts/run-report.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A folder for test files, in which they find the packages of this project. */
function createFolder(): { folder: string; results: string } {
  const folder = mkdtempSync(join(tmpdir(), 'wugan-report-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const results = join(folder, 'results.json')
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  return { folder, results }
}

/** Writes each test file, below its imports. */
function writeTests(folder: string, files: Record<string, string>, imports: string): void {
  for (const [name, text] of Object.entries(files))
    writeFileSync(join(folder, `${name}.test.mjs`), `${imports}\n${text}`)
}

/** Runs these test files with the reporter of `npm test`, in a folder of their own. */
function reportOf(files: Record<string, string>): RunReport {
  const { folder, results } = createFolder()
  writeFileSync(
    join(folder, 'vitest.config.mjs'),
    `
    import { RunReporter } from ${JSON.stringify(join(root, 'commands/parts/run-report.ts'))}
    export default { test: { reporters: [new RunReporter(${JSON.stringify(results)})] } }`,
  )
  writeTests(folder, files, `import { beforeAll, describe, expect, test } from 'vitest'`)
  spawnSync(
    process.execPath,
    [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', folder],
    { env: { PATH: process.env['PATH'] } },
  )
  return JSON.parse(readFileSync(results, 'utf8')) as RunReport
}

test('a report of a run counts passed tests, and names with its reason every failed test, hook, file and stray error', () => {
  const { passed, failures } = reportOf({
    sums: "test('one and one', () => {})\ntest.skip('later', () => {})\ndescribe('sums', () => test('two and two', () => expect(2 + 2).toBe(5)))",
    hooks:
      "describe('with a hook', () => { beforeAll(() => { throw new Error('no database') })\n test('reads', () => {}) })",
    unread: "import './nowhere.mjs'",
    stray: "test('leaves a promise', () => { void Promise.reject(new Error('nobody waited')) })",
  })

  expect(passed).toBe(2)
  expect(
    failures
      .map((text) => text.split('\n').slice(0, 2))
      .toSorted(([a = ''], [b = '']) => a.localeCompare(b)),
  ).toEqual([
    ['hooks.test.mjs > with a hook', 'Error: no database'],
    ['outside of every test', 'Error: nobody waited'],
    [
      'sums.test.mjs > sums > two and two',
      'AssertionError: expected 4 to be 5 // Object.is equality',
    ],
    ['unread.test.mjs', expect.stringContaining("Cannot find module './nowhere.mjs'")],
  ])
})

/** The same for Playwright Test. */
function browserReportOf(files: Record<string, string>): RunReport {
  const { folder, results } = createFolder()
  writeFileSync(
    join(folder, 'playwright.config.mjs'),
    `
    const reporter = [${JSON.stringify(join(root, 'commands/parts/browser-run-report.ts'))}, { file: ${JSON.stringify(results)} }]
    export default { workers: 1, reporter: [reporter], projects: [{ name: 'sums' }] }`,
  )
  writeTests(
    folder,
    files,
    `import { expect, test as base } from '@playwright/test'\nconst test = base`,
  )
  spawnSync(process.execPath, [join(root, 'node_modules/@playwright/test/cli.js'), 'test'], {
    cwd: folder,
    env: { PATH: process.env['PATH'] },
  })
  return JSON.parse(readFileSync(results, 'utf8')) as RunReport
}

test('a report of a browser run is the same, with the project of every test', () => {
  const { passed, failures } = browserReportOf({
    sums: "test('one and one', () => {})\ntest.skip('later', () => {})\ntest.describe('sums', () => { test('two and two', () => { expect(2 + 2).toBe(5) }) })",
    hooks:
      "test.describe('with a hook', () => { test.beforeAll(() => { throw new Error('no database') })\n test('reads', () => {}) })",
    worker:
      "const own = base.extend({ world: [async ({}, use) => { await use(1); throw new Error('still open') }, { scope: 'worker' }] })\nown('uses it', ({ world }) => {})",
  })
  expect(passed).toBe(2)
  expect(
    failures
      .map((text) => text.split('\n').slice(0, 2))
      .toSorted(([a = ''], [b = '']) => a.localeCompare(b)),
  ).toEqual([
    ['hooks.test.mjs > with a hook > reads (sums)', 'Error: no database'],
    ['outside of every test', 'Error: still open'],
    ['sums.test.mjs > sums > two and two (sums)', expect.stringMatching(/^Error: .*toBe/)],
  ])
})

test('a browser run with an unreadable file is a failure', () => {
  const { passed, failures } = browserReportOf({ unread: "import './nowhere.mjs'" })
  expect(passed).toBe(0)
  expect(failures).toEqual([
    expect.stringContaining('nowhere.mjs'),
    expect.stringContaining('No tests found'),
  ])
})
