import type { Clock } from '../kernel/clock.ts'
import { unixSeconds } from '../kernel/clock.ts'
import { newAlphanumeric, type RandomBytes } from '../kernel/ids.ts'
import { configSignature } from './signature.ts'
import type { Credentials, Tokens } from './tokens.ts'

export type SignForBridge = (
  url: string,
) => Promise<{ app_id: string; timestamp: string; nonce_str: string; signature: string } | null>

/**
 * Signs a page's address for upsdk.config (open platform §4) with the shared frontToken; null when
 * none can be had. Whether the secret is a member is in dispute: a setting, default no.
 */
export function createSignForBridge(
  tokens: Tokens,
  credentials: Credentials,
  clock: Clock,
  random: RandomBytes,
  with_secret: boolean,
): SignForBridge {
  return async (url) => {
    const frontToken = await tokens.get('frontToken')
    if (!frontToken) return null
    const members = {
      appId: credentials.app_id,
      frontToken,
      nonceStr: newAlphanumeric(16, random),
      timestamp: unixSeconds(clock),
      url,
    }
    const signature = configSignature(
      with_secret ? { ...members, secret: credentials.app_secret } : members,
    )
    return {
      app_id: members.appId,
      timestamp: members.timestamp,
      nonce_str: members.nonceStr,
      signature,
    }
  }
}
