import { createRequire } from 'node:module'

/**
 * Types of the pages in a folder. Single-file components are read by vue-tsc, which speaks
 * TypeScript 6; everything else is checked by the newer compiler of the root.
 */
const web = createRequire(new URL('../../web/package.json', import.meta.url))
process.argv.splice(2, 1, '-p', process.argv[2] ?? 'web')
const vueTsc = web('vue-tsc') as { run(compiler: string): void }
vueTsc.run(web.resolve('typescript/lib/tsc'))
