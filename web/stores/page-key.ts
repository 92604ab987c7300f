import { ref } from 'vue'
import { acceptHMRUpdate, defineStore } from 'pinia'

/**
 * Part of the key of the page component. A new number renders the page from scratch, so that
 * nothing of the previous person stays on the screen.
 */
export const usePageKey = defineStore('page-key', () => ({ number: ref(0) }))

if (import.meta.hot) import.meta.hot.accept(acceptHMRUpdate(usePageKey, import.meta.hot))
