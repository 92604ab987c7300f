import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import type { ApiResult, Fault } from '../api/result.ts'
import { wasJustDelivered } from '../shell/delivered.ts'
import { usePageResume } from './use-page-resume.ts'

export type Loaded<T> = {
  value: ShallowRef<T | null>
  fault: Ref<Fault | null>
  loading: Ref<boolean>
  reload: () => Promise<void>
}

/** What becomes of an answer besides being shown. */
export type Watching = {
  answered(): void
  /** true: it is taken care of, and nothing is shown */
  failed(fault: Fault): boolean
}

/**
 * Reads something from the server now and whenever the page is seen again. What is on the screen stays there
 * while it is read again. `first` is shown at once; what came with the page a moment ago is not asked for again.
 */
export function useLoaded<T>(
  read: () => Promise<ApiResult<T>>,
  first: T | null = null,
  watching: Watching | null = null,
): Loaded<T> {
  const value = shallowRef<T | null>(first)
  const fault = ref<Fault | null>(null)
  const loading = ref(false)
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
      watching?.answered()
    } else if (!watching?.failed(result.fault)) {
      fault.value = result.fault
    }
  }

  usePageResume(() => void reload())
  if (first === null || watching !== null || !wasJustDelivered()) void reload()
  return { value, fault, loading, reload }
}
