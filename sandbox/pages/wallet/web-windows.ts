import { ref } from 'vue'
import type { WalletMessage } from '../bridge/messages.ts'

/** One web window of the wallet: an H5 page, or a second one opened by createWebView. */
export type WebWindow = {
  id: number
  url: string
  title: string
  rightButton: string
  /** config succeeded for the page now shown */
  admitted: boolean
  loading: boolean
}

export const windows = ref<WebWindow[]>([])
const frames = new Map<number, HTMLIFrameElement>()
let lastId = 0

export function keepFrame(id: number, frame: HTMLIFrameElement | null): void {
  if (frame === null) frames.delete(id)
  else frames.set(id, frame)
}

export function windowOf(source: MessageEventSource | null): WebWindow | undefined {
  return windows.value.find((window) => frames.get(window.id)?.contentWindow === source)
}

/** Sends to the page in a window; its origin may be any that serves the merchant's pages. */
export function sendToWindow(id: number, message: WalletMessage): void {
  frames.get(id)?.contentWindow?.postMessage(message, '*')
}

const idsNow = () => windows.value.map((window) => window.id)
const openedAt = new Map<number, number>()
let pressedBack = 0
let lastLength = history.length

/**
 * Every window is an entry of this page's own history, and the navigations inside its frame are
 * above it. So one `history.back()` acts as the phone's back key: back inside the page, and out of
 * it at its first entry.
 */
export function openWindow(url: string, title: string, finish = false): void {
  if (finish) windows.value.pop()
  lastId += 1
  windows.value.push({ id: lastId, url, title, rightButton: '', admitted: false, loading: true })
  history.pushState({ windows: idsNow() }, '')
  openedAt.set(lastId, history.length)
  noteMove()
}

/** A frame has loaded: a longer or shorter history means that it navigated forward. */
export function noteMove(): void {
  if (history.length !== lastLength) pressedBack = 0
  lastLength = history.length
}

/**
 * The capsule's close button and closeWebApp. The page below is notified that it is visible again.
 */
export function closeWindow(id: number): void {
  const first = openedAt.get(id)
  if (first === undefined || !windows.value.some((window) => window.id === id)) return
  windows.value = windows.value.filter((window) => window.id < id)
  noteMove()
  history.go(-Math.max(1, history.length - first + 1 - pressedBack))
  pressedBack = 0
  notifyResumed()
}

export function closeAllWindows(): void {
  const first = windows.value[0]
  if (first !== undefined) closeWindow(first.id)
}

function notifyResumed(): void {
  const top = windows.value[windows.value.length - 1]
  if (top !== undefined) sendToWindow(top.id, { sandbox_bridge: 'event', name: 'resume' })
}

export function back(): void {
  pressedBack += 1
  history.back()
}

window.addEventListener('popstate', (event: PopStateEvent) => {
  const known = (event.state as { windows?: number[] } | null)?.windows ?? []
  const before = windows.value.length
  windows.value = windows.value.filter((window) => known.includes(window.id))
  if (windows.value.length < before) notifyResumed()
  else if (known.some((id) => !windows.value.some((window) => window.id === id))) history.back() // the history entry of a closed window
})
