export type WalletAgent = { wallet: boolean; version: number | null }

/**
 * Reads a user agent by its tokens, never by their position (h5-bridge §1.1). `UnionPay/` alone
 * does not mean the wallet: bank apps send it too.
 */
export function readUserAgent(userAgent: string): WalletAgent {
  const agent = userAgent.toLowerCase()
  const version = /\(version (\d+)\)/.exec(agent)?.[1]
  return {
    wallet: agent.includes('com.unionpay.chsp') || agent.includes('com.unionpay.mobilepay'),
    version: version === undefined ? null : Number(version),
  }
}
