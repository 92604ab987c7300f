import type { Router } from 'vue-router'
import { useProblem } from '../stores/problem.ts'

/** A page whose file could not be fetched says so, and leads there when asked again. */
export function useMissingPage(router: Router): void {
  const problem = useProblem()
  router.onError((_error, to) => {
    problem.set({ code: 'offline', request_id: null }, () => {
      // some browsers remember that a file failed: only a fresh start asks the network again
      if (!navigator.onLine) return
      window.history.replaceState(null, '', router.resolve(to.fullPath).href)
      window.location.reload()
    })
    void router.replace('/problem')
  })
}
