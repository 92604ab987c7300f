import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

/**
 * `npm run check:web [folder]`: types of the pages. Single-file components are read by vue-tsc, which speaks
 * TypeScript 6; everything else is checked by the newer compiler of the root.
 */
const web = createRequire(new URL('../web/package.json', import.meta.url))
const folder = process.argv[2] ?? fileURLToPath(new URL('../web', import.meta.url))
process.argv.splice(2, process.argv.length, '-p', folder)
const vueTsc = web('vue-tsc') as { run(compiler: string): void }
vueTsc.run(web.resolve('typescript/lib/tsc'))
