import { admitByConfig, admitByPluginReady, type FetchSignature } from './admit.ts'
import { requestCode } from './request-code.ts'
import { findPlace, type Admission, type Found } from './find-place.ts'
import type { BridgeResult } from './result.ts'
import { callOneWay } from './one-way-call.ts'

export type { Place } from './find-place.ts'

export type WalletSettings = {
  upsdk_url: string
  admission: Admission
  fetchSignature: FetchSignature
}

/** The wallet around this page. Outside the wallet every call fails. */
export type Wallet = Pick<Found, 'place' | 'is_wallet_agent'> & {
  /** resolves when the wallet has admitted this page, refused it, or missed the deadline */
  admitted: Promise<BridgeResult<null>>
  setTitle(title: string): Promise<BridgeResult>
  openWindow(url: string, title: string): Promise<BridgeResult>
  closeWindow(): Promise<BridgeResult>
  /** a code for the wallet's current user; null when the wallet gives none */
  code(): Promise<string | null>
}

const not_in_wallet: BridgeResult<never> = {
  outcome: 'failed',
  error: { code: null, message: 'not inside the wallet' },
}

/**
 * Detects the wallet and requests admission. Calls wait for the admission; after a refusal they
 * fail at once.
 */
export async function findWallet(settings: WalletSettings): Promise<Wallet> {
  const { place, upsdk, is_wallet_agent } = await findPlace(settings.upsdk_url, settings.admission)
  const admitted: Promise<BridgeResult<null>> =
    place !== 'inside' || upsdk === null
      ? Promise.resolve(not_in_wallet)
      : settings.admission === 'config'
        ? admitByConfig(upsdk, settings.fetchSignature)
        : admitByPluginReady(upsdk)

  const whenAdmitted = async (call: () => BridgeResult): Promise<BridgeResult> => {
    const admission = await admitted
    return admission.outcome === 'success' ? call() : admission
  }
  return {
    place,
    is_wallet_agent,
    admitted,
    setTitle: (title) =>
      whenAdmitted(() =>
        callOneWay(
          upsdk?.setNavigationBarTitle && (() => upsdk.setNavigationBarTitle?.({ title })),
        ),
      ),
    openWindow: (url, title) =>
      whenAdmitted(() =>
        callOneWay(
          upsdk?.createWebView && (() => upsdk.createWebView?.({ url, title, isFinish: '0' })),
        ),
      ),
    closeWindow: () =>
      whenAdmitted(() => callOneWay(upsdk?.closeWebApp && (() => upsdk.closeWebApp?.()))),
    code: () => requestCode(upsdk, admitted),
  }
}
