import type { Router } from 'vue-router'

/**
 * Resolves when the first page can be shown. A page whose file could not be loaded is replaced by
 * one that says so.
 */
export function whenFirstPageReady(pages: Router): Promise<void> {
  pages.onError(
    (_error, to) => void pages.replace({ path: '/missing', query: { to: to.fullPath } }),
  )
  return pages.isReady().catch(() => pages.isReady())
}
