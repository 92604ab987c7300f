import { onBeforeUnmount } from 'vue'

const SOON_MS = 5_000
const SOON_TIMES = 4
const LATER_MS = 30_000
// UnionPay caches a contract's state for five minutes; after half an hour a person should ask by hand
const MOST_TIMES = 64

/** Looks again, first every 5 s, then every 30 s, while `wanted` and the page is visible. */
export function usePolling(wanted: () => boolean, look: () => Promise<void>): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let times = 0

  function plan(): void {
    timer = setTimeout(() => void turn(), times < SOON_TIMES ? SOON_MS : LATER_MS)
  }

  async function turn(): Promise<void> {
    times += 1
    if (wanted() && document.visibilityState === 'visible') await look()
    if (times < MOST_TIMES) plan()
  }

  plan()
  onBeforeUnmount(() => {
    times = MOST_TIMES
    clearTimeout(timer)
  })
}
