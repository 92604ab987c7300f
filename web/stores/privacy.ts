import { ref } from 'vue'
import { acceptHMRUpdate, defineStore } from 'pinia'
import { storage } from './storage.ts'

const ANSWER = 'privacy'

/**
 * Whether the payer agreed that the wallet identifies them to us. The H5 asks when it first needs
 * the identity. Ticking the agreement or coming back from UnionPay's page also counts as a yes. A
 * no is stored too: the H5 does not ask again by itself.
 */
export const usePrivacy = defineStore('privacy', () => {
  const agreed = ref(storage.get(ANSWER) === 'agreed')

  function answer(yes: boolean): void {
    agreed.value = yes
    storage.setPersistent(ANSWER, yes ? 'agreed' : 'refused')
  }

  return { agreed, answer }
})

if (import.meta.hot) import.meta.hot.accept(acceptHMRUpdate(usePrivacy, import.meta.hot))
