import { onBeforeUnmount, onMounted } from 'vue'

/** Calls `reset` when the browser brings this page back from memory (bfcache): an answer that was on its way to its former life never comes. */
export function useRestored(reset: () => void): void {
  const restored = (event: PageTransitionEvent) => {
    if (event.persisted) reset()
  }
  onMounted(() => window.addEventListener('pageshow', restored))
  onBeforeUnmount(() => window.removeEventListener('pageshow', restored))
}
