#!/usr/bin/env node
// The one command: `npx wugan …` in a checkout, `node commands/wugan.js …` in a container or a
// unit. In plain JavaScript: an older Node cannot
// even read the TypeScript that follows.
import './node-24.js'

const { dispatch } = await import('./parts/dispatch.ts')
await dispatch(process.argv.slice(2))
