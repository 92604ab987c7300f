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
export type FetchSignature = (url: string) => Promise<ConfigSignature | null>

/** The address that UnionPay signs and compares: with the query, without the hash. */
const currentAddress = () => window.location.href.split('#')[0] ?? window.location.href

async function configure(
  upsdk: Upsdk,
  fetchSignature: FetchSignature,
  reject: (reason: unknown) => void,
): Promise<void> {
  const url = currentAddress()
  const signed = await fetchSignature(url)
  if (signed === null) return reject({ msg: 'no signature' })
  if (currentAddress() !== url) return configure(upsdk, fetchSignature, reject)
  upsdk.config?.({
    appId: signed.app_id,
    timestamp: signed.timestamp,
    nonceStr: signed.nonce_str,
    signature: signed.signature,
    debug: false,
  })
}

function withDeadline(
  start: (settle: (result: BridgeResult<null>) => void) => void,
): Promise<BridgeResult<null>> {
  return new Promise((resolve) => {
    const onTimeout = () =>
      resolve({ outcome: 'unknown', error: { code: null, message: 'no answer in time' } })
    const deadline = setTimeout(onTimeout, ADMISSION_DEADLINE_MS)
    start((result) => {
      clearTimeout(deadline)
      resolve(result)
    })
  })
}

/**
 * Admission by a signed `config`. Registers `ready` and `error` first, or an early failure would be
 * lost.
 */
export function admitByConfig(
  upsdk: Upsdk,
  fetchSignature: FetchSignature,
): Promise<BridgeResult<null>> {
  return withDeadline((settle) => {
    upsdk.ready?.(() => settle({ outcome: 'success', value: null }))
    upsdk.error?.((error) => settle(failure(error)))
    configure(upsdk, fetchSignature, (reason) => settle(failure(reason))).catch((error: unknown) =>
      settle(failure(String(error))),
    )
  })
}

/** Admission of a 小程序: without a signature, because the wallet knows the app. */
export function admitByPluginReady(upsdk: Upsdk): Promise<BridgeResult<null>> {
  return withDeadline((settle) =>
    upsdk.pluginReady?.(() => settle({ outcome: 'success', value: null })),
  )
}
