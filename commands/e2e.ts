import { buildPages } from './build.ts'
import { suites } from './parts/stage.ts'

/** `npm run e2e`: the stories in a browser alone, on freshly built pages. */
await buildPages()
const { passed, failed } = await suites('stories in a browser', ['e2e'])
console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
