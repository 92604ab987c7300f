import { Admission } from './admission.ts'
import { appletAuth } from './applet-auth.ts'
import { allMethods, type CallPort } from './calls.ts'
import { nativeOfFrame } from './native-frame.ts'
import { nativeOfWindow } from './native-window.ts'
import { fireOnDocument, type Native } from './native.ts'
import { rightButton } from './right-button.ts'
import { readUserAgent, type WalletAgent } from './user-agent.ts'

/**
 * The sandbox's upsdk.js. It answers for the sandbox's own phone and for browsers with the wallet's
 * user agent; everywhere else it is as silent as the real script of 2021/22.
 */
type Upsdk = Record<string, unknown> & {
  isInsideWallet: boolean | undefined
  checkSdkSupport: boolean
}

function connect(agent: WalletAgent, origin: string): Promise<Native | null> {
  const framed = window.parent !== window
  if (framed) void import('@vant/touch-emulator') // the mouse acts as the phone's finger
  if (framed)
    return nativeOfFrame(origin).then(
      (native) => native ?? (agent.inside ? nativeOfWindow(origin, agent.platform) : null),
    )
  return agent.inside ? nativeOfWindow(origin, agent.platform) : Promise.resolve(null)
}

function build(agent: WalletAgent, origin: string): Upsdk {
  let native: Native | null = null
  const port = (): CallPort => ({ native, admitted: admission.admitted })
  const auth = appletAuth(port)
  const admission = new Admission(() => {
    upsdk['jsApiList'] = admission.jsApiList
    auth.bridgeIsReady()
  })
  const upsdk: Upsdk = {
    isInsideWallet: agent.inside || window.parent !== window ? agent.inside || undefined : false,
    checkSdkSupport: Number(agent.version ?? '1024') >= 422,
    ...allMethods(port),
    setNavigationBarRightButton: rightButton(port),
    config: admission.config,
    ready: admission.ready,
    error: admission.error,
    pluginReady: admission.pluginReady,
    appletAuth: auth.call,
  }

  function bridgeIsReady(found: Native): void {
    native = found
    admission.bridgeIsReady(found)
    fireOnDocument('deviceready')
  }
  void connect(agent, origin).then((found) => {
    upsdk.isInsideWallet = found !== null
    if (found === null) admission.weAreOutside()
    else if (found.load_ms !== null) setTimeout(() => bridgeIsReady(found), found.load_ms)
  })
  return upsdk
}

function load(): void {
  const script = document.currentScript as HTMLScriptElement | null
  const origin = new URL(script?.src ?? location.href).origin
  const agent = readUserAgent(navigator.userAgent)
  const target = window as unknown as { upsdk?: unknown }
  if (agent.inside && agent.updebug === null)
    throw new TypeError('upsdk: no (updebug N) in the user agent') // as the real script does
  if (agent.inside && agent.bridge === null) {
    // config, ready, error, pluginReady and appletAuth stay undefined; all others are empty stubs
    target.upsdk = {
      isInsideWallet: true,
      ...allMethods(() => ({ native: null, admitted: false })),
    }
    return
  }
  target.upsdk = build(agent, origin)
}

load()
