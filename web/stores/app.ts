import { ref, shallowRef } from 'vue'
import type { AppView } from '../../server/api.ts'
import type { Fault } from '../api/result.ts'
import { firstPageRequests } from '../api/first-page-requests.ts'
import { acceptHMRUpdate, defineStore } from 'pinia'
import { useInitialState } from './initial-state.ts'

/**
 * Public settings of this deployment: the merchant, the environment, how the wallet admits the
 * page.
 */
export const useApp = defineStore('app', () => {
  const view = shallowRef<AppView | null>(useInitialState().state?.app ?? null)
  const fault = ref<Fault | null>(null)
  let pending: Promise<AppView | null> | null = null

  async function fetchView(): Promise<AppView | null> {
    const result = await firstPageRequests.app()
    pending = null
    if (result.ok) view.value = result.value
    fault.value = result.ok ? null : result.fault
    return view.value
  }

  /** Fetches the view once, and again after a failure. */
  function load(): Promise<AppView | null> {
    if (view.value) return Promise.resolve(view.value)
    pending ??= fetchView()
    return pending
  }

  return { view, fault, load }
})

if (import.meta.hot) import.meta.hot.accept(acceptHMRUpdate(useApp, import.meta.hot))
