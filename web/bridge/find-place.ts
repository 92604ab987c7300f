import { loadUpsdk } from './load-upsdk.ts'
import { upsdkOf, type Upsdk } from './upsdk.ts'
import { readUserAgent } from './user-agent.ts'

/**
 * inside: in the wallet with a working script · outside: anywhere else · script_blocked: the script did not
 * come · old_app: it came without the entry this app was given.
 */
export type Place = 'inside' | 'outside' | 'script_blocked' | 'old_app'
export type Admission = 'config' | 'plugin_ready'
export type Found = { place: Place; upsdk: Upsdk | null; agent_says_wallet: boolean }

// as long as upsdk.js may take to know: UnionPay's knows at once, the sandbox's asks the page around it
const ASK_DEADLINE_MS = 6_000
const ASK_EVERY_MS = 50

/** Asks the script whether it runs inside the wallet; it may answer late, and silence means no. */
async function scriptSaysInside(): Promise<boolean> {
  for (let waited = 0; waited < ASK_DEADLINE_MS; waited += ASK_EVERY_MS) {
    const answer = upsdkOf(window)?.isInsideWallet
    if (typeof answer === 'boolean') return answer
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS))
  }
  return false
}

const hasEntry = (upsdk: Upsdk, admission: Admission) =>
  typeof (admission === 'config' ? upsdk.config : upsdk.pluginReady) === 'function'

/** Loads the script and decides where this page runs. */
export async function findPlace(upsdkUrl: string, admission: Admission): Promise<Found> {
  const agentSaysWallet = readUserAgent(navigator.userAgent).wallet
  const upsdk = await loadUpsdk(upsdkUrl)
  const at = (place: Place): Found => ({ place, upsdk, agent_says_wallet: agentSaysWallet })
  if (upsdk === null) return at('script_blocked')
  if (!agentSaysWallet && !(await scriptSaysInside())) return at('outside')
  return at(hasEntry(upsdk, admission) ? 'inside' : 'old_app')
}
