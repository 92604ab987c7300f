import type { Router } from 'vue-router'

/**
 * A page whose file could not be fetched says so. Settles when the first page, that one or another, is there to be shown.
 */
export function firstPageOf(pages: Router): Promise<void> {
  pages.onError(
    (_error, to) => void pages.replace({ path: '/missing', query: { to: to.fullPath } }),
  )
  return pages.isReady().catch(() => pages.isReady())
}
