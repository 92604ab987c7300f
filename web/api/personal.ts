import { request } from './request.ts'
import type { ApiResult, FaultCode } from './result.ts'

/**
 * Personal data is requested with a proof that this web view knows whose wallet is open. Where the
 * proof is missing or expired, the session store obtains a new one without leaving the page, and
 * the request is repeated: for the same person, never for a different one.
 */
export type Proof = { secret: string; person: string }

/** Obtains a proof without leaving the page; false when the wallet does not answer. */
export type Prove = () => Promise<boolean>
export type Prover = {
  current(): Proof | null
  prove: Prove
  /** clears the page: the wallet belongs to a different person now */
  reset(): void
}

let prover: Prover | null = null
export const registerProver = (by: Prover): void => void (prover = by)

type Method = 'GET' | 'POST' | 'DELETE'

export const needsProof = (code: FaultCode): boolean =>
  code === 'session_unproved' || code === 'not_signed_in'

const header = (proof: Proof | null): Record<string, string> =>
  proof === null ? {} : { 'x-session-proof': proof.secret }

/** Posts with the current proof, if there is one. The server answers a visitor too. */
export const postAsVisitor = <T>(path: string, body: object): Promise<ApiResult<T>> =>
  request<T>('POST', path, body, header(prover?.current() ?? null))

/**
 * Reads with the current proof, if there is one. A response that was requested before a proof came
 * says nothing about its person: it is requested again.
 */
export async function readAsVisitor<T>(path: string): Promise<ApiResult<T>> {
  const sent = prover?.current() ?? null
  const result = await request<T>('GET', path, undefined, header(sent))
  return prover?.current()?.secret === sent?.secret ? result : readAsVisitor<T>(path)
}

/**
 * Requests as the person whose wallet is open. `not_signed_in` or `session_unproved` when only
 * leaving the page can prove that.
 */
export async function asPerson<T>(
  method: Method,
  path: string,
  body?: object,
): Promise<ApiResult<T>> {
  const before = prover?.current() ?? null
  if (before === null && !(await prover?.prove()))
    return { ok: false, fault: { code: 'not_signed_in', request_id: null, effect: 'read' } }
  const sent = prover?.current() ?? null
  const result = await request<T>(method, path, body, header(sent))
  if (result.ok || !needsProof(result.fault.code)) return result
  // another request of this page may have obtained a proof meanwhile
  const proved = prover?.current()?.secret !== sent?.secret || (await prover?.prove())
  const now = prover?.current() ?? null
  if (!proved || now === null) return result
  if (sent === null || now.person === sent.person)
    return request<T>(method, path, body, header(now))
  prover?.reset()
  return new Promise(() => {}) // the caller is removed from the screen
}
