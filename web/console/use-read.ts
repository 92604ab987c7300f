import { onBeforeUnmount, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { ApiResult, Fault } from '../api/result.ts'
import { operator } from './operator.ts'

export type Read<T> = {
  value: ShallowRef<T | null>
  fault: Ref<Fault | null>
  loading: Ref<boolean>
  reload: () => Promise<void>
}

/**
 * Reads now, whenever `watched` changes and, with `every_s`, periodically while the page is
 * visible. After a sign-out the sign-in form appears.
 */
export function useRead<T>(
  read: () => Promise<ApiResult<T>>,
  options: { watched?: () => unknown; every_s?: number } = {},
): Read<T> {
  const value = shallowRef<T | null>(null)
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
    } else if (result.fault.code === 'not_signed_in') operator.value = null
    else fault.value = result.fault
  }

  if (options.watched)
    watch(options.watched, () => {
      value.value = null
      void reload()
    })
  if (options.every_s) {
    const timer = setInterval(() => {
      if (!document.hidden) void reload()
    }, options.every_s * 1000)
    onBeforeUnmount(() => clearInterval(timer))
  }
  void reload()
  return { value, fault, loading, reload }
}
