import { rmSync } from 'node:fs'
import { folder } from '../tests/gallery/looks.ts'
import { ensureChineseFont } from './parts/chinese-font.ts'
import { run } from './parts/stage.ts'

/**
 * `wugan gallery`: pictures of every page × size × theme × type, and one page to look at them:
 * gallery/index.html.
 */
ensureChineseFont()
rmSync(folder, { recursive: true, force: true })
const status = await run('playwright', ['test', '--project=gallery-*'])
if (status === 0) console.log('gallery/index.html')
process.exit(status)
