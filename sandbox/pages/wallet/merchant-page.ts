import { hintSeen } from './screens.ts'
import { wallet } from './wallet-state.ts'
import { openWindow, windows } from './web-windows.ts'

/** Opens a page of the merchant's H5 in the phone, in place of the web window on top. */
export function showInPhone(path: string): void {
  if (wallet.view === null) return
  hintSeen.value = true
  openWindow(`${wallet.view.h5_url}#${path}`, '青禾便民', windows.value.length > 0)
  if (window.innerWidth < 900) window.scrollTo({ top: 0, behavior: 'smooth' })
}
