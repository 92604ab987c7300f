import { ref } from 'vue'
import { firstQuestions } from '../api/first-questions.ts'
import type { BridgeResult } from '../bridge/result.ts'
import { findWallet, type Place, type Wallet } from '../bridge/wallet.ts'
import { useApp } from './app.ts'
import { acceptHMRUpdate, defineStore } from 'pinia'

async function askSignature(url: string) {
  const result = await firstQuestions.bridgeSignature(url)
  return result.ok ? result.value : null
}

/** Where this page runs, for the pages; the bridge itself stays behind it. */
export const useWallet = defineStore('wallet', () => {
  const place = ref<Place | 'unknown'>('unknown')
  let finding: Promise<Wallet | null> | null = null
  let title = ''

  async function find(): Promise<Wallet | null> {
    const app = await useApp().load()
    if (app === null) {
      finding = null
      return null
    }
    const wallet = await findWallet({
      upsdk_url: app.upsdk_url,
      admission: app.admission,
      askSignature,
    })
    place.value = wallet.place
    showTitle(wallet)
    return wallet
  }

  function showTitle(wallet: Wallet): void {
    // the native bar inside, the document's title outside: never both (h5-bridge §6)
    if (wallet.place === 'inside') void wallet.setTitle(title)
    else document.title = title
  }

  /** Looks for the wallet once; null when even our own server did not answer. */
  function whenFound(): Promise<Wallet | null> {
    finding ??= find()
    return finding
  }

  async function setTitle(next: string): Promise<void> {
    title = next
    const wallet = await whenFound()
    if (wallet && title === next) showTitle(wallet)
  }

  async function openWindow(url: string, windowTitle: string): Promise<BridgeResult | null> {
    return (await whenFound())?.openWindow(url, windowTitle) ?? null
  }

  async function closeWindow(): Promise<void> {
    await (await whenFound())?.closeWindow()
  }

  return { place, whenFound, setTitle, openWindow, closeWindow }
})

if (import.meta.hot) import.meta.hot.accept(acceptHMRUpdate(useWallet, import.meta.hot))
