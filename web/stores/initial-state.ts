import { shallowRef } from 'vue'
import type { PlanView, PublicFacts } from '../../server/api.ts'
import { acceptHMRUpdate, defineStore } from 'pinia'

/**
 * The public data that the server put into the page. Null where it put none, as under `npm run
 * dev`.
 */
export const useInitialState = defineStore('initial-state', () => {
  const state = shallowRef<PublicFacts | null>(null)
  const findPlan = (plan_id: string): PlanView | null =>
    state.value?.plans.find((plan) => plan.plan_id === plan_id) ?? null
  return { state, findPlan }
})

if (import.meta.hot) import.meta.hot.accept(acceptHMRUpdate(useInitialState, import.meta.hot))
