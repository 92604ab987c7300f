import { ref, shallowRef } from 'vue'
import type { Fault } from '../api/result.ts'
import { acceptHMRUpdate, defineStore } from 'pinia'

/** A fault on arrival that has no page of its own, and the way to try again where there is one. */
export const useProblem = defineStore('problem', () => {
  const fault = ref<Fault | null>(null)
  const tryAgain = shallowRef<(() => void) | null>(null)

  function set(next: Fault, again: (() => void) | null = null): void {
    fault.value = next
    tryAgain.value = again
  }

  return { fault, tryAgain, set }
})

if (import.meta.hot) import.meta.hot.accept(acceptHMRUpdate(useProblem, import.meta.hot))
