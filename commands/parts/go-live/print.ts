import type { DoctorOptions } from '../doctor-options.ts'
import type { Check } from '../../../server/offline-checks/check.ts'
import { checkGoLive } from './run.ts'

const marks = { ok: '[ok]  ', warn: '[warn]', fail: '[FAIL]' } as const

/** `doctor go-live`: the list, with what to do. Exit 0 nothing failed, 1 something did. */
export async function printGoLive(
  env: Record<string, string | undefined>,
  options: DoctorOptions,
): Promise<void> {
  const checks = await checkGoLive(env)
  const count = (state: Check['state']): number =>
    checks.filter((one) => one.state === state).length
  const counted = { ok: count('ok'), warn: count('warn'), fail: count('fail') }
  if (options.json)
    console.log(JSON.stringify({ ready: counted.fail === 0, ...counted, checks }, null, 2))
  else {
    for (const { state, area, what, todo } of checks)
      console.log(
        `${marks[state]} ${area.padEnd(9)} ${what}${todo === null ? '' : `\n                 → ${todo}`}`,
      )
    console.log(
      `\n${counted.ok} ok, ${counted.warn} to look at, ${counted.fail} failed. What only a person can check: docs/go-live.md`,
    )
  }
  process.exitCode = counted.fail === 0 ? 0 : 1
}
