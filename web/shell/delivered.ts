import type { PublicFacts } from '../../server/api.ts'

const JUST_NOW_MS = 10_000

/** The public facts inside the page; null where no server put any. */
export function readFacts(): PublicFacts | null {
  const text = document.getElementById('facts')?.textContent
  return text ? (JSON.parse(text) as PublicFacts) : null
}

/** Whether first-look.js has left the delivered first page standing: right page, right language. */
export const showsHome = (): boolean => !document.documentElement.classList.contains('elsewhere')

/** From here on the page is the app's. */
export function endWaiting(): void {
  document.documentElement.classList.remove('elsewhere')
  document.getElementById('waiting')?.remove()
}

/** Whether what was delivered is as good as an answer of now: over the network, not from the cache, and not long ago. */
export function wasJustDelivered(): boolean {
  if (import.meta.env.SSR) return true
  const [arrived] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  return arrived !== undefined && arrived.transferSize > 0 && performance.now() < JUST_NOW_MS
}
