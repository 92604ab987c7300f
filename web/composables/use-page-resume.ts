import { onBeforeUnmount, onMounted } from 'vue'

const MIN_INTERVAL_MS = 800

/**
 * Calls `onResume` whenever the payer sees the page again: restored from memory, uncovered by a
 * closed window, brought to the front, back on the network. Every wallet sends at least one of
 * these events, but which one differs (h5-bridge §10).
 */
export function usePageResume(onResume: () => void): void {
  let last = -MIN_INTERVAL_MS
  const resume = () => {
    if (document.visibilityState === 'hidden' || performance.now() - last < MIN_INTERVAL_MS) return
    last = performance.now()
    onResume()
  }
  const restore = (event: PageTransitionEvent) => {
    if (!event.persisted) return
    last = -MIN_INTERVAL_MS // the last call was before the page was restored
    resume()
  }
  onMounted(() => {
    window.addEventListener('pageshow', restore)
    window.addEventListener('focus', resume)
    window.addEventListener('online', resume)
    document.addEventListener('visibilitychange', resume)
    document.addEventListener('resume', resume)
  })
  onBeforeUnmount(() => {
    window.removeEventListener('pageshow', restore)
    window.removeEventListener('focus', resume)
    window.removeEventListener('online', resume)
    document.removeEventListener('visibilitychange', resume)
    document.removeEventListener('resume', resume)
  })
}
