import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { ApiResult, Fault } from '../api/result.ts'
import { wasJustDelivered } from '../shell/delivered.ts'
import { useSession } from '../stores/session.ts'
import { useSeenAgain } from './use-seen-again.ts'

export type Loaded<T> = {
  value: ShallowRef<T | null>
  fault: Ref<Fault | null>
  loading: Ref<boolean>
  reload: () => Promise<void>
}

/**
 * Reads something from the server now and whenever the page is seen again. What is on the screen stays there
 * while it is read again. A lost session is healed by a silent sign-in that comes back to this page.
 * `first` is shown at once; what came with the page a moment ago is not asked for again.
 */
export function useLoaded<T>(read: () => Promise<ApiResult<T>>, from: 'public' | 'personal', first: T | null = null): Loaded<T> {
  const value = shallowRef<T | null>(first)
  const fault = ref<Fault | null>(null)
  const loading = ref(false)
  const route = useRoute()
  const router = useRouter()
  let turn = 0

  async function reload(): Promise<void> {
    const mine = ++turn
    loading.value = true
    const result = await read()
    if (mine !== turn) return
    loading.value = false
    if (result.ok) {
      value.value = result.value
      fault.value = null
      if (from === 'personal') useSession().proven()
    } else if (from === 'personal' && result.fault.code === 'not_signed_in') {
      await router.replace({ path: '/sign-in', query: { to: route.fullPath } })
    } else {
      fault.value = result.fault
    }
  }

  useSeenAgain(() => void reload())
  if (first === null || from === 'personal' || !wasJustDelivered()) void reload()
  return { value, fault, loading, reload }
}
