import { ref } from 'vue'
import { firstPageRequests } from '../api/first-page-requests.ts'
import type { BridgeResult } from '../bridge/result.ts'
import { findWallet, type Place, type Wallet } from '../bridge/wallet.ts'
import { useApp } from './app.ts'
import { acceptHMRUpdate, defineStore } from 'pinia'

async function fetchSignature(url: string) {
  const result = await firstPageRequests.bridgeSignature(url)
  return result.ok ? result.value : null
}

/**
 * Where this page runs, and the calls that pages may make to the wallet. Pages never touch the
 * bridge itself.
 */
export const useWallet = defineStore('wallet', () => {
  const place = ref<Place | 'unknown'>('unknown')
  let pending: Promise<Wallet | null> | null = null
  let title = ''

  async function find(): Promise<Wallet | null> {
    const app = await useApp().load()
    if (app === null) {
      pending = null
      return null
    }
    const wallet = await findWallet({
      upsdk_url: app.upsdk_url,
      admission: app.admission,
      fetchSignature,
    })
    place.value = wallet.place
    showTitle(wallet)
    return wallet
  }

  function showTitle(wallet: Wallet): void {
    // the native bar inside the wallet, the document's title outside: never both (h5-bridge §6)
    if (wallet.place === 'inside') void wallet.setTitle(title)
    else document.title = title
  }

  /** Detects the wallet once. Null when our own server did not answer. */
  function whenFound(): Promise<Wallet | null> {
    pending ??= find()
    return pending
  }

  async function setTitle(next: string): Promise<void> {
    title = next
    const wallet = await whenFound()
    if (wallet && title === next) showTitle(wallet)
  }

  async function openWindow(url: string, window_title: string): Promise<BridgeResult | null> {
    return (await whenFound())?.openWindow(url, window_title) ?? null
  }

  async function closeWindow(): Promise<void> {
    await (await whenFound())?.closeWindow()
  }

  return { place, whenFound, setTitle, openWindow, closeWindow }
})

if (import.meta.hot) import.meta.hot.accept(acceptHMRUpdate(useWallet, import.meta.hot))
