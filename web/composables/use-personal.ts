import { useRoute, useRouter } from 'vue-router'
import { asksForProof } from '../api/personal.ts'
import type { ApiResult } from '../api/result.ts'
import { useSession } from '../stores/session.ts'
import { useLoaded, type Loaded } from './use-loaded.ts'

/** As useLoaded, for what belongs to one person. A lost session is healed by a silent sign-in that comes back to this page. */
export function usePersonal<T>(
  read: () => Promise<ApiResult<T>>,
  first: T | null = null,
): Loaded<T> {
  const route = useRoute()
  const router = useRouter()
  useSession().know()
  return useLoaded(read, first, {
    answered: () => useSession().proven(),
    failed(fault) {
      if (!asksForProof(fault.code)) return false
      void router.replace({ path: '/sign-in', query: { to: route.fullPath } })
      return true
    },
  })
}
