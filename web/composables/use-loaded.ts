import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import type { ApiResult, Fault } from '../api/result.ts'
import { isInitialStateFresh } from '../shell/initial-state.ts'
import { usePageResume } from './use-page-resume.ts'

export type Loaded<T> = {
  value: ShallowRef<T | null>
  fault: Ref<Fault | null>
  loading: Ref<boolean>
  reload: () => Promise<void>
}

export type LoadObserver = {
  onSuccess(): void
  /** true: the fault is handled, and is not shown */
  onFault(fault: Fault): boolean
}

/**
 * Reads from the server now and on every page resume. The shown value stays on the screen during a
 * reload. `first` is shown at once, and is not requested again if it came with the page a moment
 * ago.
 */
export function useLoaded<T>(
  read: () => Promise<ApiResult<T>>,
  first: T | null = null,
  observer: LoadObserver | null = null,
): Loaded<T> {
  const value = shallowRef<T | null>(first)
  const fault = ref<Fault | null>(null)
  const loading = ref(false)
  let latest = 0

  async function reload(): Promise<void> {
    const current = ++latest
    loading.value = true
    const result = await read()
    if (current !== latest) return
    loading.value = false
    if (result.ok) {
      value.value = result.value
      fault.value = null
      observer?.onSuccess()
    } else if (!observer?.onFault(result.fault)) {
      fault.value = result.fault
    }
  }

  usePageResume(() => void reload())
  if (first === null || observer !== null || !isInitialStateFresh()) void reload()
  return { value, fault, loading, reload }
}
