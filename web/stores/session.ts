import { ref, shallowRef } from 'vue'
import type { SessionAnswer, SessionView } from '../../server/api.ts'
import type { ApiResult, Fault } from '../api/result.ts'
import { server } from '../api/server.ts'
import { defineStore } from './define-store.ts'
import { forget, keep, kept } from './kept.ts'

const TRIED = 'sign-in-tried'
const ANEW = 'sign-in-anew'
const TO = 'sign-in-to'

/** The cookie works: the next loss of the session may be healed silently again. */
function proven(): void {
  forget(TRIED)
  forget(ANEW)
}

/** A return whose answer was lost cannot be used again: then one more silent sign-in, and only one. */
function mayTryAnew(): boolean {
  if (kept(ANEW) !== null) return false
  keep(ANEW, '1')
  forget(TRIED)
  return true
}

/** Who the server takes us for. Signing in is silent and happens only when a page needs it. */
export const useSession = defineStore('session', () => {
  const session = shallowRef<SessionView | null>(null)
  const ticketFault = ref<Fault | null>(null)
  let ticketHandedOver: Promise<unknown> = Promise.resolve()

  /** A ticket must reach the server before the sign-in that uses it. */
  async function handOverTicket(ticket: string): Promise<void> {
    const handing = server.ticket(ticket)
    ticketHandedOver = handing
    const result = await handing
    ticketFault.value = result.ok ? null : result.fault
  }

  async function read(): Promise<ApiResult<SessionAnswer>> {
    await ticketHandedOver
    const result = await server.session()
    if (!result.ok) return result
    if (result.value.session) accept(result.value.session)
    else session.value = null
    return result
  }

  function accept(view: SessionView): void {
    session.value = view
    proven()
  }

  const mayTrySilently = () => kept(TRIED) === null

  /** where the last silent sign-in was to come back to, as far as this window knows */
  const cameFrom = () => kept(TO) ?? '/'

  /** Leaves for UnionPay's silent login; the wallet comes back to /return/sign-in. A fault when it could not. */
  async function signIn(returnTo: string): Promise<Fault | null> {
    keep(TRIED, '1')
    keep(TO, returnTo)
    await ticketHandedOver
    const result = await server.signIn(returnTo)
    if (!result.ok) return result.fault
    window.location.replace(result.value.authorize_url)
    return null
  }

  async function answerAccount(yes: boolean): Promise<ApiResult<SessionView>> {
    const result = await server.answerAccount(
      yes,
      session.value?.pending_account?.question_id ?? '',
    )
    if (result.ok) accept(result.value)
    return result
  }

  return {
    session,
    ticketFault,
    handOverTicket,
    read,
    proven,
    mayTrySilently,
    mayTryAnew,
    cameFrom,
    signIn,
    answerAccount,
  }
})
