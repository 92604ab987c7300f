import { realClock } from '../../../server/kernel/clock.ts'
import type { Settings } from '../../../server/settings.ts'
import { openPool, openPoolThrough } from '../../../server/unionpay/http-pool.ts'
import { fail, ok, sentenceOf, warn, type Check } from '../../../server/offline-checks/check.ts'

const patience_ms = 5_000
/** UnionPay refuses what is more than five minutes off (open platform §9: BC0024, SG0024). */
const refused_s = 300
const noticed_s = 30

/**
 * Our clock against the Date header of UnionPay's addresses; in the sandbox also against the clock
 * that the server follows.
 */
export async function checkClock(settings: Settings): Promise<Check[]> {
  const addresses = [
    ...new Set(
      [settings.unionpay_open_url, settings.unionpay_gateway_url].map((url) => new URL(url).origin),
    ),
  ]
  const checks = await Promise.all(addresses.map((address) => compare(address, settings)))
  return settings.clock_url === null
    ? checks
    : [...checks, await checkSandboxClock(settings.clock_url)]
}

async function compare(address: string, { unionpay_proxy }: Settings): Promise<Check> {
  const before = realClock.now().getTime()
  const pool = (unionpay_proxy === null ? openPool : openPoolThrough(unionpay_proxy))(address, {
    connect: { timeout: patience_ms },
  })
  try {
    const answer = await pool.request({
      path: '/',
      method: 'HEAD',
      signal: AbortSignal.timeout(patience_ms),
    })
    await answer.body.dump()
    const here = (before + realClock.now().getTime()) / 2
    const there = Date.parse(String(answer.headers['date'] ?? ''))
    if (Number.isNaN(there))
      return warn(
        'clock',
        `${address} answers without a Date header`,
        'see that this machine synchronises its clock (timedatectl)',
      )
    return judgeSkew(address, Math.round((here - there) / 1000))
  } catch (error) {
    return fail(
      'clock',
      `${address} is not reached from here (${sentenceOf(error)})`,
      'let this machine out to it (firewall, DNS), or set UNIONPAY_PROXY; the server needs it',
    )
  } finally {
    await pool.destroy()
  }
}

/** `seconds`: how far this machine is ahead. */
export function judgeSkew(address: string, seconds: number): Check {
  const said = `this machine is ${Math.abs(seconds)} s ${seconds < 0 ? 'behind' : 'ahead of'} ${address}`
  if (Math.abs(seconds) > refused_s)
    return fail(
      'clock',
      said,
      'UnionPay refuses what is more than 300 s off: synchronise the clock (chrony, systemd-timesyncd)',
    )
  return Math.abs(seconds) > noticed_s
    ? warn('clock', said, 'synchronise the clock (chrony, systemd-timesyncd)')
    : ok('clock', said)
}

async function checkSandboxClock(clock_url: string): Promise<Check> {
  try {
    const { offset_ms } = (await (
      await fetch(clock_url, { signal: AbortSignal.timeout(patience_ms) })
    ).json()) as { offset_ms: number }
    return ok(
      'clock',
      `the sandbox's clock is ${Math.round(offset_ms / 1000)} s ahead; the server follows it`,
    )
  } catch (error) {
    return fail(
      'clock',
      `the sandbox's clock is not reached (${sentenceOf(error)})`,
      'start the sandbox: npm start',
    )
  }
}
