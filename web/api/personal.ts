import { request } from './request.ts'
import type { ApiResult, FaultCode } from './result.ts'

/**
 * What belongs to one person is asked with a proof that this web view knows whose wallet is open. Where there is none, or it rested too long,
 * the session store proves it anew, without leaving the page, and the question is asked again: for the same person, never for another.
 */
export type Proof = { secret: string; person: string }

/** Proves without leaving the page; false when the wallet does not answer. */
export type Prove = () => Promise<boolean>
export type Prover = {
  held(): Proof | null
  prove: Prove
  /** the wallet is another's now: whatever was shown is taken away */
  startOver(): void
}

let prover: Prover | null = null
export const proveBy = (by: Prover): void => void (prover = by)

type Method = 'GET' | 'POST' | 'DELETE'

export const asksForProof = (code: FaultCode): boolean =>
  code === 'session_unproved' || code === 'not_signed_in'

const header = (proof: Proof | null): Record<string, string> =>
  proof === null ? {} : { 'x-session-proof': proof.secret }

/** Tells the server something as whoever is known, and proves nothing: a visitor is answered too. */
export const postAsVisitor = <T>(path: string, body: object): Promise<ApiResult<T>> =>
  request<T>('POST', path, body, header(prover?.held() ?? null))

/**
 * Reads as whoever is known, and proves nothing: a visitor is answered too. What was asked before somebody was proved says nothing of them:
 * it is asked again.
 */
export async function readAsVisitor<T>(path: string): Promise<ApiResult<T>> {
  const sent = prover?.held() ?? null
  const result = await request<T>('GET', path, undefined, header(sent))
  return prover?.held()?.secret === sent?.secret ? result : readAsVisitor<T>(path)
}

/** Asks as the person whose wallet is open. `not_signed_in` or `session_unproved` when only leaving the page can prove that. */
export async function asPerson<T>(
  method: Method,
  path: string,
  body?: object,
): Promise<ApiResult<T>> {
  const before = prover?.held() ?? null
  if (before === null && !(await prover?.prove()))
    return { ok: false, fault: { code: 'not_signed_in', request_id: null, effect: 'read' } }
  const sent = prover?.held() ?? null
  const result = await request<T>(method, path, body, header(sent))
  if (result.ok || !asksForProof(result.fault.code)) return result
  // proved meanwhile by another question of this page
  const proved = prover?.held()?.secret !== sent?.secret || (await prover?.prove())
  const now = prover?.held() ?? null
  if (!proved || now === null) return result
  if (sent === null || now.person === sent.person)
    return request<T>(method, path, body, header(now))
  prover?.startOver()
  return new Promise(() => {}) // who asked is taken off the screen
}
