import { buildPages } from './build.ts'
import { browserSuites, endWith, run } from './parts/stage.ts'

/**
 * `npm run e2e`: the stories in a browser alone, on freshly built pages. What follows `--` goes to
 * Playwright Test: `npm run e2e -- tests/e2e/sign.test.ts`, `npm run e2e -- --ui`.
 */
const args = process.argv.slice(2)
await buildPages()
if (args.length === 0) endWith([await browserSuites('stories in a browser', ['e2e', 'e2e-dark'])])
const project = args.some((arg) => arg.startsWith('--project'))
  ? []
  : ['--project=e2e', '--project=e2e-dark']
process.exit(await run('playwright', ['test', ...project, ...args]))
