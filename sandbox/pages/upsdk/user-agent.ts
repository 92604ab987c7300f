import type { Platform } from '../bridge/messages.ts'

/**
 * What the script reads from the user agent, each token independent of its position (h5-bridge
 * §1.1).
 */
export type WalletAgent = {
  inside: boolean
  platform: Platform
  updebug: string | null
  /** the bridge file the wallet expects: cordova, WebViewJavascriptBridge, or none at all */
  bridge: 'cordova' | 'jsbridge' | null
  version: string | null
}

function token(agent: string, name: string): string | null {
  const found = new RegExp(`\\(${name} ([^)]*)\\)`).exec(agent)
  return found?.[1] ?? null
}

/** Reads a user agent. `UnionPay/` alone is not the wallet. */
export function readUserAgent(userAgent: string): WalletAgent {
  const agent = userAgent.toLowerCase()
  const cordova = token(agent, 'cordova')
  return {
    inside: agent.includes('com.unionpay.chsp') || agent.includes('com.unionpay.mobilepay'),
    platform: /iphone|ipad|ipod/.test(agent) ? 'ios' : 'android',
    updebug: token(agent, 'updebug'),
    bridge:
      cordova !== null ? 'cordova' : token(agent, 'securitywebcache') !== null ? 'jsbridge' : null,
    version: token(agent, 'version'),
  }
}
