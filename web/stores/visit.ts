import { ref } from 'vue'
import { acceptHMRUpdate, defineStore } from 'pinia'

/** Whose turn it is on this page. Another number draws the page anew: nothing of the turn before stays on the screen. */
export const useVisit = defineStore('visit', () => ({ number: ref(0) }))

if (import.meta.hot) import.meta.hot.accept(acceptHMRUpdate(useVisit, import.meta.hot))
