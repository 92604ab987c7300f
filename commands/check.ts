import { endWith, suites } from './parts/stage.ts'
import { staticChecks } from './parts/static-checks.ts'

/** `npm run check`: lint, types and the tidy rules; what to run before every commit. */
endWith([...(await staticChecks()), await suites('tidy rules', ['tidy'])])
