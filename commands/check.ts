import { add, suites } from './parts/stage.ts'
import { staticChecks } from './parts/static-checks.ts'

/** `npm run check`: lint, types and the tidy rules; what to run before every commit. */
const { passed, failed } = add([...(await staticChecks()), await suites('tidy rules', ['tidy'])])
console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
