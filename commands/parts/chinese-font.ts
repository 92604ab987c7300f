import { spawnSync } from 'node:child_process'

/**
 * Screenshots need a Chinese font. Fetched where that is possible without asking anybody; else the
 * tests carry on without.
 */
export function ensureChineseFont(): void {
  if (hasChineseFont() || process.platform !== 'linux' || process.getuid?.() !== 0) return
  const apt = (...args: string[]): boolean =>
    spawnSync('apt-get', args, {
      stdio: 'ignore',
      timeout: 90_000,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0
  const install = (): boolean =>
    apt('install', '-y', '--no-install-recommends', 'fonts-wqy-microhei')
  const fetched = install() || (apt('update') && install())
  console.log(
    fetched
      ? 'fetched a Chinese font for the screenshots'
      : 'no Chinese font here: screenshots will show boxes, tests go on',
  )
}

function hasChineseFont(): boolean {
  const { status, stdout } = spawnSync('fc-list', [':lang=zh', 'family'], {
    encoding: 'utf8',
    timeout: 10_000,
  })
  return status === 0 && stdout.trim() !== ''
}
