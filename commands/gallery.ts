import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ensureChineseFont } from './parts/chinese-font.ts'

/** `npm run gallery`: pictures of every page × size × theme × type, and one page to look at them: gallery/index.html. */
const root = fileURLToPath(new URL('..', import.meta.url))
ensureChineseFont()
const { status } = spawnSync(
  process.execPath,
  [`${root}node_modules/vitest/vitest.mjs`, 'run', '--project', 'gallery'],
  { cwd: root, stdio: 'inherit' },
)
process.exit(status ?? 1)
