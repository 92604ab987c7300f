import { onBeforeUnmount, onMounted } from 'vue'

/**
 * Calls `reset` when the browser restores this page from the back-forward cache: the response to an
 * earlier request never comes then.
 */
export function usePageRestore(reset: () => void): void {
  const restore = (event: PageTransitionEvent) => {
    if (event.persisted) reset()
  }
  onMounted(() => window.addEventListener('pageshow', restore))
  onBeforeUnmount(() => window.removeEventListener('pageshow', restore))
}
