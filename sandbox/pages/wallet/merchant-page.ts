import { hintSeen } from './screens.ts'
import { wallet } from './wallet-state.ts'
import { openWindow, windows } from './web-windows.ts'

/** Opens a page of the merchant's H5 in the phone, in place of the web window on top. */
export function showInPhone(path: string): void {
  if (wallet.view !== null) openAddress(`${wallet.view.h5_url}#${path}`)
}

/** Opens a link in the phone as a tap in the wallet does. False when it is no link to a page. */
export function openAddress(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : null
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return false
  hintSeen.value = true
  openWindow(url.href, '青禾便民', windows.value.length > 0)
  if (window.innerWidth < 900) window.scrollTo({ top: 0, behavior: 'smooth' })
  return true
}
