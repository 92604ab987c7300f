import { failure } from './normalise-error.ts'
import type { BridgeResult } from './result.ts'

const sent: BridgeResult<never> = {
  outcome: 'unknown',
  error: { code: null, message: 'the wallet does not answer this call' },
}

/**
 * Makes a call that has no callbacks. Silence cannot be distinguished from success, so the best
 * outcome is `unknown`.
 */
export function callOneWay(call: (() => void) | undefined): BridgeResult {
  if (call === undefined) return failure({ code: 'missing', msg: 'no such method in this wallet' })
  try {
    call()
    return sent
  } catch (error) {
    return failure(String(error))
  }
}
