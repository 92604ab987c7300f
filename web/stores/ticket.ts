import { ref } from 'vue'
import type { Fault } from '../api/result.ts'
import { server } from '../api/server.ts'
import { acceptHMRUpdate, defineStore } from 'pinia'

/**
 * The merchant's login ticket of this page. It must reach the server before the sign-in that uses
 * it.
 */
export const useTicket = defineStore('ticket', () => {
  const fault = ref<Fault | null>(null)
  let pending: Promise<void> = Promise.resolve()

  async function send(ticket: string): Promise<void> {
    const result = await server.ticket(ticket)
    fault.value = result.ok ? null : result.fault
  }

  function submit(ticket: string): Promise<void> {
    pending = send(ticket)
    return pending
  }

  /** Resolves when no ticket is on its way to the server. */
  const whenSubmitted = () => pending

  return { fault, submit, whenSubmitted }
})

if (import.meta.hot) import.meta.hot.accept(acceptHMRUpdate(useTicket, import.meta.hot))
