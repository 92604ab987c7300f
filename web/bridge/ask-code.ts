import { normaliseValue } from './normalise-error.ts'
import type { BridgeResult } from './result.ts'
import type { Upsdk } from './upsdk.ts'

// a page waits no longer for what the wallet may never answer: there is another way, over UnionPay's page
const ADMITTED_WITHIN_MS = 2_500
const ANSWERED_WITHIN_MS = 2_000

function codeIn(value: unknown): string | null {
  const given = normaliseValue(value) as { code?: unknown } | null
  return typeof given?.code === 'string' && given.code !== '' ? given.code : null
}

/** The wallet's code for whoever it is open for, asked for silently (appletAuth). Null when it refuses, has no such method, or is silent. */
export function askForCode(
  upsdk: Upsdk | null,
  admitted: Promise<BridgeResult<null>>,
): Promise<string | null> {
  return new Promise((resolve) => {
    const giveUp = () => resolve(null)
    const late = setTimeout(giveUp, ADMITTED_WITHIN_MS)
    void admitted.then(({ outcome }) => {
      clearTimeout(late)
      if (outcome !== 'success' || upsdk?.appletAuth === undefined) return giveUp()
      setTimeout(giveUp, ANSWERED_WITHIN_MS)
      upsdk.appletAuth({
        success: (value) => resolve(codeIn(value)),
        fail: giveUp,
      })
    })
  })
}
