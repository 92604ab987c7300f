import { ref, shallowRef } from 'vue'
import type { ProofAnswer, SessionAnswer, SessionView } from '../../server/api.ts'
import { proveBy } from '../api/personal.ts'
import type { ApiResult, Fault } from '../api/result.ts'
import { server } from '../api/server.ts'
import { useKeptBills } from './bills.ts'
import { acceptHMRUpdate, defineStore } from 'pinia'
import { forget, keep, kept } from './kept.ts'
import { usePrivacy } from './privacy.ts'
import { dropProof, heldProof, holdProof } from './proof.ts'
import { useSigning } from './signing.ts'
import { useVisit } from './visit.ts'
import { useWallet } from './wallet.ts'

const TRIED = 'sign-in-tried'
const ANEW = 'sign-in-anew'
const TO = 'sign-in-to'
const NO_CODE = 'wallet-gives-no-code'

/**
 * Who the server takes us for: the person whose wallet is open, as this web view has proved. Proving is silent, happens only when a page
 * needs it, and at most once until a personal answer came: by the wallet's script where that answers, else by leaving for UnionPay's page.
 */
export const useSession = defineStore('session', () => {
  const session = shallowRef<SessionView | null>(null)
  const ticketFault = ref<Fault | null>(null)
  const proofFault = ref<Fault | null>(null)
  /** how often this page has proved it */
  const proofs = ref(0)
  let ticketHandedOver: Promise<unknown> = Promise.resolve()
  let proving: Promise<boolean> | null = null
  let spent = false
  let asking_who = false
  /** whom this page shows */
  let shown: string | null = heldProof()?.person ?? null

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
    session.value = result.value.session
    if (session.value !== null) proven()
    return result
  }

  /** Beside the other questions of a personal page: whom it shows. Where nobody is proved yet, the proof says it. */
  function know(): void {
    if (session.value === null && heldProof() !== null && !asking_who) {
      asking_who = true
      void read().finally(() => (asking_who = false))
    }
  }

  /** For a page that anybody may see, and that shows more to whom it knows: proved if that can be done without leaving it. */
  async function recognise(): Promise<void> {
    const result = await read()
    if (result.ok && result.value.unproved) await prove()
  }

  /** What a code of the wallet has proved. Of another person than before nothing is kept. */
  function accept(answer: ProofAnswer): void {
    if (shown !== answer.session.person) clear()
    shown = answer.session.person
    holdProof({ secret: answer.proof, person: answer.session.person })
    session.value = answer.session
    proofFault.value = null
    proofs.value += 1
    spent = true
  }

  function clear(): void {
    session.value = null
    useKeptBills().lists.clear()
    useSigning().clear()
  }

  /** The page is drawn anew, for whoever is proved next. */
  function startOver(): void {
    clear()
    shown = heldProof()?.person ?? null
    useVisit().number += 1
  }

  /** Nobody knows any more whose wallet is open: nothing personal is shown until it is proved again. */
  function doubt(): void {
    dropProof()
    if (shown !== null) startOver()
  }

  /** Restored from memory: another page of this window may have proved somebody else meanwhile. */
  function look(): void {
    const now = heldProof()?.person ?? null
    if (shown !== null && now !== shown) startOver()
  }

  /** A personal answer came: the next time that the proof is missing may be healed silently again. */
  function proven(): void {
    spent = false
    forget(TRIED)
    forget(ANEW)
  }

  /** Proves without leaving the page; false when this wallet gives no code, or was asked already. */
  function prove(): Promise<boolean> {
    proving ??= askWallet().finally(() => (proving = null))
    return proving
  }

  async function askWallet(): Promise<boolean> {
    if (spent || !usePrivacy().agreed || kept(NO_CODE) !== null) return false
    const wallet = await useWallet().whenFound()
    if (wallet?.place !== 'inside') return false
    await ticketHandedOver
    const code = await wallet.code()
    const result = code === null ? null : await server.proof(code)
    if (result?.ok) {
      accept(result.value)
      return true
    }
    if (result === null || result.fault.code === 'sign_in_failed') keep(NO_CODE, '1')
    else {
      spent = true
      proofFault.value = result.fault
    }
    return false
  }

  const mayTrySilently = () => !spent && kept(TRIED) === null

  /** A return whose answer was lost cannot be used again: then one more silent sign-in, and only one; none where nothing would remember that. */
  function mayTryAnew(): boolean {
    if (kept(ANEW) !== null || !keep(ANEW, '1')) return false
    forget(TRIED)
    spent = false
    return true
  }

  /** The person asks for it. */
  function tryAgain(): void {
    spent = false
    proofFault.value = null
  }

  /** UnionPay sent this page back from a sign-in: it has had its proof. */
  const spend = () => void (spent = true)

  /** where the last silent sign-in was to come back to, as far as this window knows */
  const cameFrom = () => kept(TO) ?? '/'

  /** Leaves for UnionPay's silent login; the wallet comes back to /return/sign-in. Unless meanwhile it is not `wanted` any more. A fault when it could not. */
  async function signIn(returnTo: string, wanted: () => boolean): Promise<Fault | null> {
    keep(TRIED, '1')
    keep(TO, returnTo)
    await ticketHandedOver
    const result = await server.signIn(returnTo, useSigning().intentFor(returnTo))
    if (!result.ok) return result.fault
    if (wanted()) window.location.replace(result.value.authorize_url)
    return null
  }

  /** Ends the session on the server, then whatever this page knows of it. A fault when the server was not reached: then nothing has ended. */
  async function signOut(): Promise<Fault | null> {
    const result = await server.signOut()
    if (!result.ok) return result.fault
    forgetPerson()
    return null
  }

  /** The session has ended: what this page knows of it goes. */
  function forgetPerson(): void {
    dropProof()
    clear()
    shown = null
    proven()
  }

  async function answerAccount(yes: boolean): Promise<ApiResult<SessionView>> {
    const result = await server.answerAccount(
      yes,
      session.value?.pending_account?.question_id ?? '',
    )
    if (result.ok) session.value = result.value
    return result
  }

  proveBy({ held: heldProof, prove, startOver })
  return {
    session,
    ticketFault,
    proofFault,
    proofs,
    handOverTicket,
    read,
    know,
    recognise,
    accept,
    doubt,
    look,
    proven,
    prove,
    mayTrySilently,
    mayTryAnew,
    tryAgain,
    spend,
    cameFrom,
    signIn,
    signOut,
    forgetPerson,
    answerAccount,
  }
})

if (import.meta.hot) import.meta.hot.accept(acceptHMRUpdate(useSession, import.meta.hot))
