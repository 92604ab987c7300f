import type { Router } from 'vue-router'

/**
 * The back key, or a link of the delivered page, while the first route's file is still on its way: the router listens only
 * once it is there, and would then write the old route over the new address.
 */
export function followEarlyMoves(pages: Router): void {
  let moved: string | null = null
  const note = () => (moved = window.location.hash.replace(/^#/, '') || '/')
  const end = pages.beforeResolve(() => {
    const to = moved ?? true
    moved = null
    return to
  })
  window.addEventListener('popstate', note)
  void pages.isReady().finally(() => {
    window.removeEventListener('popstate', note)
    end()
  })
}
