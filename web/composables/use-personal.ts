import { useRoute, useRouter } from 'vue-router'
import { needsProof } from '../api/personal.ts'
import type { ApiResult } from '../api/result.ts'
import { useSession } from '../stores/session.ts'
import { useLoaded, type Loaded } from './use-loaded.ts'

/**
 * As useLoaded, for personal data. A lost session is repaired by a silent sign-in that returns to
 * this page.
 */
export function usePersonal<T>(
  read: () => Promise<ApiResult<T>>,
  first: T | null = null,
): Loaded<T> {
  const route = useRoute()
  const router = useRouter()
  useSession().ensureLoaded()
  return useLoaded(read, first, {
    onSuccess: () => useSession().allowSilentSignIn(),
    onFault(fault) {
      if (!needsProof(fault.code)) return false
      void router.replace({ path: '/sign-in', query: { to: route.fullPath } })
      return true
    },
  })
}
