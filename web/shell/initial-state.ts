import type { PublicFacts } from '../../server/api.ts'

const FRESH_MS = 10_000

/** The public data inside the page; null where the server put none. */
export function readInitialState(): PublicFacts | null {
  const text = document.getElementById('facts')?.textContent
  return text ? (JSON.parse(text) as PublicFacts) : null
}

/**
 * Whether before-paint.js left the delivered home page visible: it is the right page in the right
 * language.
 */
export const showsHomePage = (): boolean =>
  !document.documentElement.classList.contains('elsewhere')

/** Removes the placeholder once the app has rendered. */
export function removePlaceholder(): void {
  document.documentElement.classList.remove('elsewhere')
  document.getElementById('waiting')?.remove()
}

/**
 * Whether the delivered data is as good as a response of now: it came over the network, not from
 * the cache, and a moment ago.
 */
export function isInitialStateFresh(): boolean {
  if (import.meta.env.SSR) return true
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  return navigation !== undefined && navigation.transferSize > 0 && performance.now() < FRESH_MS
}
