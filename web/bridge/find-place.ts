import { loadUpsdk } from './load-upsdk.ts'
import { upsdkOf, type Upsdk } from './upsdk.ts'
import { readUserAgent } from './user-agent.ts'

/**
 * - `inside`: in the wallet, with a working script
 * - `outside`: anywhere else
 * - `script_blocked`: the script did not load
 * - `old_app`: the script lacks the admission method of this app
 */
export type Place = 'inside' | 'outside' | 'script_blocked' | 'old_app'
export type Admission = 'config' | 'plugin_ready'
export type Found = { place: Place; upsdk: Upsdk | null; is_wallet_agent: boolean }

// UnionPay's upsdk.js knows at once; the sandbox's asks the page around it
const DETECTION_TIMEOUT_MS = 6_000
const POLL_INTERVAL_MS = 50

/** Asks the script whether it runs inside the wallet. It may answer late; no answer means no. */
async function isInsideByScript(): Promise<boolean> {
  for (let waited = 0; waited < DETECTION_TIMEOUT_MS; waited += POLL_INTERVAL_MS) {
    const answer = upsdkOf(window)?.isInsideWallet
    if (typeof answer === 'boolean') return answer
    await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS))
  }
  return false
}

const supportsAdmission = (upsdk: Upsdk, admission: Admission) =>
  typeof (admission === 'config' ? upsdk.config : upsdk.pluginReady) === 'function'

/** Loads the script and detects where this page runs. */
export async function findPlace(upsdkUrl: string, admission: Admission): Promise<Found> {
  const isWalletAgent = readUserAgent(navigator.userAgent).wallet
  const upsdk = await loadUpsdk(upsdkUrl)
  const at = (place: Place): Found => ({ place, upsdk, is_wallet_agent: isWalletAgent })
  if (upsdk === null) return at('script_blocked')
  if (!isWalletAgent && !(await isInsideByScript())) return at('outside')
  return at(supportsAdmission(upsdk, admission) ? 'inside' : 'old_app')
}
