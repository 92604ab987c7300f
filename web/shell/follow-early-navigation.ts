import type { Router } from 'vue-router'

/**
 * Follows the back key, or a link of the delivered page, while the file of the first route is still
 * loading. The router listens only after that, and would then write the old route over the new
 * address.
 */
export function followEarlyNavigation(pages: Router): void {
  let target: string | null = null
  const onPopState = () => (target = window.location.hash.replace(/^#/, '') || '/')
  const removeGuard = pages.beforeResolve(() => {
    const to = target ?? true
    target = null
    return to
  })
  window.addEventListener('popstate', onPopState)
  void pages.isReady().finally(() => {
    window.removeEventListener('popstate', onPopState)
    removeGuard()
  })
}
