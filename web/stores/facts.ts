import { shallowRef } from 'vue'
import type { PlanView, PublicFacts } from '../../server/api.ts'
import { acceptHMRUpdate, defineStore } from 'pinia'

/** What the page was delivered with: public only. Null where nobody put anything in, as under `npm run dev`. */
export const useFacts = defineStore('facts', () => {
  const facts = shallowRef<PublicFacts | null>(null)
  const find = (plan_id: string): PlanView | null =>
    facts.value?.plans.find((plan) => plan.plan_id === plan_id) ?? null
  return { facts, find }
})

if (import.meta.hot) import.meta.hot.accept(acceptHMRUpdate(useFacts, import.meta.hot))
