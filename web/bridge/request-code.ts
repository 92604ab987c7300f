import { normaliseValue } from './normalise-error.ts'
import type { BridgeResult } from './result.ts'
import type { Upsdk } from './upsdk.ts'

// short, because the wallet may never answer and UnionPay's login page is the alternative
const ADMISSION_TIMEOUT_MS = 2_500
const ANSWER_TIMEOUT_MS = 2_000

function codeIn(value: unknown): string | null {
  const given = normaliseValue(value) as { code?: unknown } | null
  return typeof given?.code === 'string' && given.code !== '' ? given.code : null
}

/**
 * Requests the code of the wallet's current user silently (appletAuth). Null when the wallet
 * refuses, lacks the method, or does not answer.
 */
export function requestCode(
  upsdk: Upsdk | null,
  admitted: Promise<BridgeResult<null>>,
): Promise<string | null> {
  return new Promise((resolve) => {
    const giveUp = () => resolve(null)
    const timeout = setTimeout(giveUp, ADMISSION_TIMEOUT_MS)
    void admitted.then(({ outcome }) => {
      clearTimeout(timeout)
      if (outcome !== 'success' || upsdk?.appletAuth === undefined) return giveUp()
      setTimeout(giveUp, ANSWER_TIMEOUT_MS)
      upsdk.appletAuth({
        success: (value) => resolve(codeIn(value)),
        fail: giveUp,
      })
    })
  })
}
