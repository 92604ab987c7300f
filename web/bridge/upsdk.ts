type Callback = (value?: unknown) => void

/**
 * The methods of upsdk.js that we use. Each may be missing: with an unknown user agent the script
 * defines stubs or nothing.
 */
export type Upsdk = {
  isInsideWallet?: boolean
  config?: (settings: object) => void
  ready?: (callback: Callback) => void
  error?: (callback: Callback) => void
  pluginReady?: (callback: Callback) => void
  setNavigationBarTitle?: (title: { title: string }) => void
  createWebView?: (window: { url: string; title: string; isFinish: '0' | '1' }) => void
  closeWebApp?: () => void
  appletAuth?: (callbacks: { success: Callback; fail: Callback }) => void
}

export const upsdkOf = (target: Window): Upsdk | null =>
  (target as unknown as { upsdk?: Upsdk }).upsdk ?? null
