import { onBeforeUnmount, onMounted } from 'vue'

const AT_MOST_EVERY_MS = 800

/**
 * Calls `look` whenever the page is seen again: restored from memory, uncovered by a closed window, brought to
 * the front, back on the network. Wallets deliver at least one of these, no one knows which (h5-bridge §10).
 */
export function usePageResume(look: () => void): void {
  let last = -AT_MOST_EVERY_MS
  const seen = () => {
    if (document.visibilityState === 'hidden' || performance.now() - last < AT_MOST_EVERY_MS) return
    last = performance.now()
    look()
  }
  const restored = (event: PageTransitionEvent) => {
    if (!event.persisted) return
    last = -AT_MOST_EVERY_MS // whatever was looked at before belongs to a former life
    seen()
  }
  onMounted(() => {
    window.addEventListener('pageshow', restored)
    window.addEventListener('focus', seen)
    window.addEventListener('online', seen)
    document.addEventListener('visibilitychange', seen)
    document.addEventListener('resume', seen)
  })
  onBeforeUnmount(() => {
    window.removeEventListener('pageshow', restored)
    window.removeEventListener('focus', seen)
    window.removeEventListener('online', seen)
    document.removeEventListener('visibilitychange', seen)
    document.removeEventListener('resume', seen)
  })
}
