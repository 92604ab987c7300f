import { ref, shallowRef } from 'vue'
import type { AppView } from '../../server/api.ts'
import type { Fault } from '../api/result.ts'
import { firstQuestions } from '../api/first-questions.ts'
import { acceptHMRUpdate, defineStore } from 'pinia'
import { useFacts } from './facts.ts'

/** Public facts about this deployment: whose it is and how it stands to the wallet. */
export const useApp = defineStore('app', () => {
  const view = shallowRef<AppView | null>(useFacts().facts?.app ?? null)
  const fault = ref<Fault | null>(null)
  let asking: Promise<AppView | null> | null = null

  async function ask(): Promise<AppView | null> {
    const result = await firstQuestions.app()
    asking = null
    if (result.ok) view.value = result.value
    fault.value = result.ok ? null : result.fault
    return view.value
  }

  /** The view, asked for once; again after a failure. */
  function load(): Promise<AppView | null> {
    if (view.value) return Promise.resolve(view.value)
    asking ??= ask()
    return asking
  }

  return { view, fault, load }
})

if (import.meta.hot) import.meta.hot.accept(acceptHMRUpdate(useApp, import.meta.hot))
