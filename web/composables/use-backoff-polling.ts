import { onBeforeUnmount } from 'vue'
import { usePageResume } from './use-page-resume.ts'

const FIRST_MS = 3_000
const BACKOFF_FACTOR = 1.5
const MAX_INTERVAL_MS = 60_000
// about half an hour without a change; a page resume starts over
const MAX_POLLS = 40

/**
 * Polls while the page is open, so that what UnionPay reports to the server appears here by itself.
 * The interval is short after a change (`shown` differs) or a page resume, then grows. Never polls
 * while the page is hidden or offline.
 */
export function useBackoffPolling(poll: () => Promise<void>, shown: () => unknown): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let interval_ms = FIRST_MS
  let polls = 0
  let unmounted = false

  function schedule(): void {
    clearTimeout(timer)
    if (!unmounted && polls < MAX_POLLS) timer = setTimeout(() => void run(), interval_ms)
  }

  function restart(): void {
    interval_ms = FIRST_MS
    polls = 0
    schedule()
  }

  async function run(): Promise<void> {
    if (document.visibilityState === 'hidden' || !navigator.onLine) return
    const before = JSON.stringify(shown())
    await poll()
    polls += 1
    interval_ms = Math.min(interval_ms * BACKOFF_FACTOR, MAX_INTERVAL_MS)
    if (JSON.stringify(shown()) === before) schedule()
    else restart()
  }

  usePageResume(restart)
  schedule()
  onBeforeUnmount(() => {
    unmounted = true
    clearTimeout(timer)
  })
}
