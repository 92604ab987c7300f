import { admitByConfig, admitByPluginReady, type AskSignature } from './admit.ts'
import { askForCode } from './ask-code.ts'
import { findPlace, type Admission, type Found } from './find-place.ts'
import type { BridgeResult } from './result.ts'
import { tell } from './tell.ts'

export type { Place } from './find-place.ts'

export type WalletSettings = { upsdk_url: string; admission: Admission; askSignature: AskSignature }

/** The wallet around this page, as far as it is there. */
export type Wallet = Pick<Found, 'place' | 'agent_says_wallet'> & {
  /** settles when the wallet has let this page in, refused it, or stayed silent past the deadline */
  admitted: Promise<BridgeResult<null>>
  setTitle(title: string): Promise<BridgeResult>
  openWindow(url: string, title: string): Promise<BridgeResult>
  closeWindow(): Promise<BridgeResult>
  /** a code for whoever this wallet is open for; null when it does not give one */
  code(): Promise<string | null>
}

const nobody: BridgeResult<never> = {
  outcome: 'failed',
  error: { code: null, message: 'not inside the wallet' },
}

/** Finds the wallet and asks to be let in. Calls made before that wait; after a refusal they fail at once. */
export async function findWallet(settings: WalletSettings): Promise<Wallet> {
  const { place, upsdk, agent_says_wallet } = await findPlace(
    settings.upsdk_url,
    settings.admission,
  )
  const admitted: Promise<BridgeResult<null>> =
    place !== 'inside' || upsdk === null
      ? Promise.resolve(nobody)
      : settings.admission === 'config'
        ? admitByConfig(upsdk, settings.askSignature)
        : admitByPluginReady(upsdk)

  const whenAdmitted = async (call: () => BridgeResult): Promise<BridgeResult> => {
    const admission = await admitted
    return admission.outcome === 'success' ? call() : admission
  }
  return {
    place,
    agent_says_wallet,
    admitted,
    setTitle: (title) =>
      whenAdmitted(() =>
        tell(upsdk?.setNavigationBarTitle && (() => upsdk.setNavigationBarTitle?.({ title }))),
      ),
    openWindow: (url, title) =>
      whenAdmitted(() =>
        tell(upsdk?.createWebView && (() => upsdk.createWebView?.({ url, title, isFinish: '0' }))),
      ),
    closeWindow: () =>
      whenAdmitted(() => tell(upsdk?.closeWebApp && (() => upsdk.closeWebApp?.()))),
    code: () => askForCode(upsdk, admitted),
  }
}
