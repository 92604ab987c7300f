import { onBeforeUnmount } from 'vue'

const FAST_MS = 5_000
const FAST_POLLS = 4
const SLOW_MS = 30_000
// UnionPay caches a contract's state for five minutes; after half an hour the payer should refresh
// by hand
const MAX_POLLS = 64

/** Polls every 5 s at first, then every 30 s, while `isWanted` and the page is visible. */
export function usePolling(isWanted: () => boolean, poll: () => Promise<void>): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let polls = 0

  function schedule(): void {
    timer = setTimeout(() => void run(), polls < FAST_POLLS ? FAST_MS : SLOW_MS)
  }

  async function run(): Promise<void> {
    polls += 1
    if (isWanted() && document.visibilityState === 'visible') await poll()
    if (polls < MAX_POLLS) schedule()
  }

  schedule()
  onBeforeUnmount(() => {
    polls = MAX_POLLS
    clearTimeout(timer)
  })
}
