import { ref, shallowRef } from 'vue'
import type { ProofAnswer, SessionAnswer, SessionView } from '../../server/api.ts'
import { registerProver } from '../api/personal.ts'
import type { ApiResult, Fault } from '../api/result.ts'
import { server } from '../api/server.ts'
import { useBillCache } from './bills.ts'
import { acceptHMRUpdate, defineStore } from 'pinia'
import { usePageKey } from './page-key.ts'
import { usePrivacy } from './privacy.ts'
import { readProof, removeProof, saveProof } from './proof.ts'
import { useSigning } from './signing.ts'
import { parseRecord, storage } from './storage.ts'
import { useTicket } from './ticket.ts'
import { useWallet } from './wallet.ts'

const SIGN_IN = 'sign-in'
const NO_CODE = 'wallet-gives-no-code'

/**
 * The silent sign-in of this window: whether it was attempted and retried, and the path that it
 * returns to.
 */
type SignInRecord = { attempted: boolean; retried: boolean; return_to: string }

const readSignIn = (): SignInRecord => ({
  attempted: false,
  retried: false,
  return_to: '/',
  ...(parseRecord(storage.get(SIGN_IN)) as SignInRecord | null),
})

/** True when the next page will find the record. */
const saveSignIn = (changes: Partial<SignInRecord>): boolean =>
  storage.set(SIGN_IN, JSON.stringify({ ...readSignIn(), ...changes }))

/**
 * Leaves for UnionPay's silent login; the wallet comes back to /return/sign-in. Stays when
 * `isWanted` turned false meanwhile. Returns the fault when the server could not start the sign-in.
 */
async function signIn(return_to: string, isWanted: () => boolean): Promise<Fault | null> {
  saveSignIn({ attempted: true, return_to })
  await useTicket().whenSubmitted()
  const result = await server.signIn(return_to, useSigning().agreedPlanFor(return_to))
  if (!result.ok) return result.fault
  if (isWanted()) window.location.replace(result.value.authorize_url)
  return null
}

/** Proofs that may be refused before only the payer tries again. */
const MAX_PROOFS = 2

/**
 * The person whose wallet is open, as this web view has proved to the server. The proof is silent
 * and happens only when a page needs it: by the wallet's script where that answers, at most twice
 * until a personal request succeeded, else once by leaving for UnionPay's page.
 */
export const useSession = defineStore('session', () => {
  const session = shallowRef<SessionView | null>(null)
  const proofFault = ref<Fault | null>(null)
  /** how many proofs this page obtained */
  const proofs = ref(0)
  let proving: Promise<boolean> | null = null
  /**
   * Two: another web view of this phone that proves at the same moment replaces the cookie of the
   * first proof.
   */
  let attempts_left = MAX_PROOFS
  let reading = false
  /** the person whose data this page shows */
  let shown_person: string | null = readProof()?.person ?? null

  async function read(): Promise<ApiResult<SessionAnswer>> {
    await useTicket().whenSubmitted()
    const result = await server.session()
    if (!result.ok) return result
    session.value = result.value.session
    if (session.value !== null) allowSilentSignIn()
    return result
  }

  /**
   * Reads the session in parallel with the requests of a personal page. Without a proof there is
   * nothing to read: the proof brings the session.
   */
  function ensureLoaded(): void {
    if (session.value === null && readProof() !== null && !reading) {
      reading = true
      void read().finally(() => (reading = false))
    }
  }

  /**
   * For a public page that shows more to a known payer: proves the session if that is possible
   * without leaving the page.
   */
  async function identify(): Promise<void> {
    const result = await read()
    if (result.ok && result.value.unproved) await prove()
  }

  /** Takes over what a code of the wallet proved. Data of a different person is cleared. */
  function accept(answer: ProofAnswer): void {
    if (shown_person !== answer.session.person) clear()
    shown_person = answer.session.person
    saveProof({ secret: answer.proof, person: answer.session.person })
    session.value = answer.session
    proofFault.value = null
    proofs.value += 1
    attempts_left -= 1
  }

  function clear(): void {
    session.value = null
    useBillCache().lists.clear()
    useSigning().clear()
  }

  /** Clears the page and renders it from scratch, for the person who is proved next. */
  function reset(): void {
    clear()
    shown_person = readProof()?.person ?? null
    usePageKey().number += 1
  }

  /** Discards the proof: nothing personal is shown until the wallet's owner is proved again. */
  function expireProof(): void {
    removeProof()
    if (shown_person !== null) reset()
  }

  /**
   * For a page restored from memory: another page of this window may have proved a different person
   * meanwhile.
   */
  function checkPerson(): void {
    const person = readProof()?.person ?? null
    if (shown_person !== null && person !== shown_person) reset()
  }

  /**
   * A personal request succeeded: the next missing proof may be repaired by a silent sign-in again.
   */
  function allowSilentSignIn(): void {
    attempts_left = MAX_PROOFS
    saveSignIn({ attempted: false, retried: false })
  }

  /**
   * Proves without leaving the page. False when this wallet gives no code, or was already asked.
   */
  function prove(): Promise<boolean> {
    proving ??= proveByWallet().finally(() => (proving = null))
    return proving
  }

  async function proveByWallet(): Promise<boolean> {
    if (attempts_left < 1 || !usePrivacy().agreed || storage.get(NO_CODE) !== null) return false
    const wallet = await useWallet().whenFound()
    if (wallet?.place !== 'inside') return false
    await useTicket().whenSubmitted()
    const code = await wallet.code()
    const result = code === null ? null : await server.proof(code)
    if (result?.ok) {
      accept(result.value)
      return true
    }
    if (result === null || result.fault.code === 'sign_in_failed') storage.set(NO_CODE, '1')
    else {
      attempts_left = 0
      proofFault.value = result.fault
    }
    return false
  }

  const maySignInSilently = () => attempts_left > 0 && !readSignIn().attempted

  /**
   * Allows one more silent sign-in after the response to a return was lost, because a return cannot
   * be used twice. False after the first retry, and where storage cannot remember it.
   */
  function claimRetry(): boolean {
    if (readSignIn().retried || !saveSignIn({ attempted: false, retried: true })) return false
    attempts_left = MAX_PROOFS
    return true
  }

  /** The payer pressed "try again". */
  function allowRetry(): void {
    attempts_left = MAX_PROOFS
    proofFault.value = null
  }

  /** This page is the return from a sign-in, which was its one attempt. */
  const markProofAttempted = () => void (attempts_left = 0)

  /** The path that the last silent sign-in of this window returns to. */
  const lastReturnPath = () => readSignIn().return_to

  /**
   * Ends the session on the server, then clears this page. Returns the fault when the server was
   * not reached: then the session goes on.
   */
  async function signOut(): Promise<Fault | null> {
    const result = await server.signOut()
    if (!result.ok) return result.fault
    clearPerson()
    return null
  }

  /** Clears everything this page knows of the person, after their session ended. */
  function clearPerson(): void {
    removeProof()
    clear()
    shown_person = null
    allowSilentSignIn()
  }

  async function answerAccount(yes: boolean): Promise<ApiResult<SessionView>> {
    const result = await server.answerAccount(
      yes,
      session.value?.pending_account?.question_id ?? '',
    )
    if (result.ok) session.value = result.value
    return result
  }

  registerProver({ current: readProof, prove, reset })
  return {
    session,
    proofFault,
    proofs,
    read,
    ensureLoaded,
    identify,
    accept,
    expireProof,
    checkPerson,
    allowSilentSignIn,
    prove,
    maySignInSilently,
    claimRetry,
    allowRetry,
    markProofAttempted,
    lastReturnPath,
    signIn,
    signOut,
    clearPerson,
    answerAccount,
  }
})

if (import.meta.hot) import.meta.hot.accept(acceptHMRUpdate(useSession, import.meta.hot))
