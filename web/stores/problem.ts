import { ref, shallowRef } from 'vue'
import type { Fault } from '../api/result.ts'
import { acceptHMRUpdate, defineStore } from 'pinia'

/** A fault on arrival that has no page of its own, and how to retry it where that is possible. */
export const useProblem = defineStore('problem', () => {
  const fault = ref<Fault | null>(null)
  const retry = shallowRef<(() => void) | null>(null)

  function set(next: Fault, next_retry: (() => void) | null = null): void {
    fault.value = next
    retry.value = next_retry
  }

  return { fault, retry, set }
})

if (import.meta.hot) import.meta.hot.accept(acceptHMRUpdate(useProblem, import.meta.hot))
