import { ref } from 'vue'
import { defineStore } from './define-store.ts'

/** Whose turn it is on this page. Another number draws the page anew: nothing of the turn before stays on the screen. */
export const useVisit = defineStore('visit', () => ({ number: ref(0) }))
