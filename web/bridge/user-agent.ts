export type WalletAgent = { wallet: boolean; version: number | null }

/**
 * Reads a user agent, each token alone and never by position (h5-bridge §1.1). `UnionPay/` alone is not the
 * wallet: bank apps carry it too.
 */
export function readUserAgent(userAgent: string): WalletAgent {
  const agent = userAgent.toLowerCase()
  const version = /\(version (\d+)\)/.exec(agent)?.[1]
  return {
    wallet: agent.includes('com.unionpay.chsp') || agent.includes('com.unionpay.mobilepay'),
    version: version === undefined ? null : Number(version),
  }
}
