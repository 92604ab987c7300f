import { ref } from 'vue'
import { acceptHMRUpdate, defineStore } from 'pinia'
import { keepLasting, kept } from './kept.ts'

const ANSWER = 'privacy'

/**
 * Whether the person agreed that the wallet tells us who they are. Asked when it is first needed, never before; ticking the agreement and
 * coming back from UnionPay's page say it too. A no is kept as well: nothing is asked again by itself.
 */
export const usePrivacy = defineStore('privacy', () => {
  const agreed = ref(kept(ANSWER) === 'agreed')

  function answer(yes: boolean): void {
    agreed.value = yes
    keepLasting(ANSWER, yes ? 'agreed' : 'refused')
  }

  return { agreed, answer }
})

if (import.meta.hot) import.meta.hot.accept(acceptHMRUpdate(usePrivacy, import.meta.hot))
