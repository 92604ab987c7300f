export type UserAgent = { text: string; observed: boolean }

// the tokens as observed on Android 13 (h5-bridge §1.1)
const androidTokens =
  '(com.unionpay.mobilepay) (cordova 7.0.0) (updebug 0) (clientVersion 322) (version 1022)(UnionPay/1.0 CloudPay)(language zh_CN)(languageFamily zh_CN)(upHtml)(walletMode 00)'

const agents: Record<string, UserAgent> = {
  android: {
    observed: true,
    text: `Mozilla/5.0 (Linux; Android 13; V2254A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/135.0.7049.38 Mobile Safari/537.36${androidTokens}`,
  },
  ios: {
    observed: true,
    text: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 (com.unionpay.chsp) (cordova 4.5.4) (updebug 0) (version 1024) (UnionPay/1.0 CloudPay) (clientVersion 324) (language zh_CN) (languageFamily zh_CN) (upHtml) (walletMode 00)',
  },
  // OpenHarmony, ArkWeb, Chrome/114 and no Android (§1.2); the wallet's tokens are a guess
  harmonyos: {
    observed: false,
    text: `Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile ${androidTokens}`,
  },
}

/** The wallet's user agent on a platform. `observed` is false when it is assembled from parts. */
export const userAgentOf = (platform: unknown): UserAgent =>
  agents[String(platform)] ?? (agents['android'] as UserAgent)
