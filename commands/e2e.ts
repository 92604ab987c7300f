import { buildPages } from './build.ts'
import { endWith, suites } from './parts/stage.ts'

/** `npm run e2e`: the stories in a browser alone, on freshly built pages. */
await buildPages()
endWith([await suites('stories in a browser', ['e2e'])])
