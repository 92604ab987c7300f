import { onBeforeUnmount } from 'vue'
import { usePageResume } from './use-page-resume.ts'

const FIRST_MS = 3_000
const SLOWER = 1.5
const MOST_MS = 60_000
// about half an hour without news; being seen again begins anew
const MOST_TIMES = 40

/**
 * Looks again while the page is open, so that what UnionPay tells the server appears here by itself: soon after something
 * changed (`shown` differs) or the page was seen again, then ever more rarely. Never while hidden or offline.
 */
export function useBackoffPolling(look: () => Promise<void>, shown: () => unknown): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let gap = FIRST_MS
  let times = 0
  let gone = false

  function plan(): void {
    clearTimeout(timer)
    if (!gone && times < MOST_TIMES) timer = setTimeout(() => void turn(), gap)
  }

  function beginAnew(): void {
    gap = FIRST_MS
    times = 0
    plan()
  }

  async function turn(): Promise<void> {
    if (document.visibilityState === 'hidden' || !navigator.onLine) return
    const before = JSON.stringify(shown())
    await look()
    times += 1
    gap = Math.min(gap * SLOWER, MOST_MS)
    if (JSON.stringify(shown()) === before) plan()
    else beginAnew()
  }

  usePageResume(beginAnew)
  plan()
  onBeforeUnmount(() => {
    gone = true
    clearTimeout(timer)
  })
}
