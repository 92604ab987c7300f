import { check, type Score } from './stage.ts'

const web = (title: string, folder: string): Promise<Score> =>
  check(title, process.execPath, ['commands/parts/check-web.ts', folder])

/** Everything that reads the sources without running them. */
export async function staticChecks(): Promise<Score[]> {
  return [
    await check('format', 'oxfmt', ['--check', '.']),
    await check('lint', 'oxlint', ['--type-aware', '--deny-warnings']),
    await check('types', 'tsc', ['-p', '.']),
    await check('types of the browser tests', 'tsc', ['-p', 'tests/browser']),
    await check('unused files, exports and dependencies', 'knip', ['--no-progress']),
    await web('types of the mini-app', 'web'),
    await web("types of the sandbox's pages", 'sandbox/pages'),
  ]
}
