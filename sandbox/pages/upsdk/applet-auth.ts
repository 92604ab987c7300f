import { methodOf, type CallPort } from './calls.ts'

type AuthOptions = { success?: (value: unknown) => void; fail?: (reason: unknown) => void }

/**
 * appletAuth: before the bridge is ready only the last call is retained, and `success` / `fail` are
 * deleted from the object that was passed (h5-bridge §3.2).
 */
export function appletAuth(port: () => CallPort) {
  const call = methodOf('appletAuth', { native: 'UPWebSdk.appletAuth' }, port)
  let pending: AuthOptions | null = null
  return {
    call: (options: AuthOptions = {}): void => {
      const own = { ...options }
      delete options.success
      delete options.fail
      if (port().native === null || !port().admitted) pending = own
      else call(own)
    },
    bridgeIsReady(): void {
      const waiting = pending
      pending = null
      if (waiting !== null) call(waiting)
    },
  }
}
