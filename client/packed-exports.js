import { readFileSync, writeFileSync } from 'node:fs'

/**
 * The package exports its sources in this repository and dist/ in what is packed, since Node strips
 * no types below node_modules. npm takes no `exports` from `publishConfig`, so prepack writes them
 * and postpack takes them back.
 */
const file = new URL('package.json', import.meta.url)
const manifest = JSON.parse(readFileSync(file, 'utf8'))
manifest.exports =
  process.argv[2] === 'dist' ? manifest.publishConfig.exports : { '.': './client.ts' }
writeFileSync(file, `${JSON.stringify(manifest, null, 2)}\n`)
