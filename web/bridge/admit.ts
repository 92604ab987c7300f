import { failure } from './normalise-error.ts'
import type { BridgeResult } from './result.ts'
import type { Upsdk } from './upsdk.ts'

const ADMISSION_DEADLINE_MS = 8_000

export type ConfigSignature = {
  app_id: string
  timestamp: string
  nonce_str: string
  signature: string
}
export type AskSignature = (url: string) => Promise<ConfigSignature | null>

/** The address that UnionPay compares: with the query, without the hash. */
const addressNow = () => window.location.href.split('#')[0] ?? window.location.href

async function configure(
  upsdk: Upsdk,
  askSignature: AskSignature,
  refuse: (why: unknown) => void,
): Promise<void> {
  const url = addressNow()
  const signed = await askSignature(url)
  if (signed === null) return refuse({ msg: 'no signature' })
  if (addressNow() !== url) return configure(upsdk, askSignature, refuse)
  upsdk.config?.({
    appId: signed.app_id,
    timestamp: signed.timestamp,
    nonceStr: signed.nonce_str,
    signature: signed.signature,
    debug: false,
  })
}

function withDeadline(
  ask: (settle: (result: BridgeResult<null>) => void) => void,
): Promise<BridgeResult<null>> {
  return new Promise((resolve) => {
    const silence = () =>
      resolve({ outcome: 'unknown', error: { code: null, message: 'no answer in time' } })
    const deadline = setTimeout(silence, ADMISSION_DEADLINE_MS)
    ask((result) => {
      clearTimeout(deadline)
      resolve(result)
    })
  })
}

/** Admission by a signed `config`. `ready` and `error` are registered first: a failure before that would be lost. */
export function admitByConfig(
  upsdk: Upsdk,
  askSignature: AskSignature,
): Promise<BridgeResult<null>> {
  return withDeadline((settle) => {
    upsdk.ready?.(() => settle({ outcome: 'success', value: null }))
    upsdk.error?.((error) => settle(failure(error)))
    configure(upsdk, askSignature, (why) => settle(failure(why))).catch((error: unknown) =>
      settle(failure(String(error))),
    )
  })
}

/** Admission of a 小程序: no signature, the wallet knows the app. */
export function admitByPluginReady(upsdk: Upsdk): Promise<BridgeResult<null>> {
  return withDeadline((settle) =>
    upsdk.pluginReady?.(() => settle({ outcome: 'success', value: null })),
  )
}
