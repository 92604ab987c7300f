import type { Proof } from '../api/personal.ts'
import { isReturn } from '../arrival/take-arrival.ts'
import { parseRecord, storage } from './storage.ts'

/**
 * The proof shows that this web view knows whose wallet is open. It is worthless without the
 * session cookie. It survives a reload, the back key and the way over UnionPay's pages. A newly
 * opened page starts without a proof, because its web view may have been used by another person.
 */
const PROOF = 'proof'

const TYPE_RELOAD = 1
const TYPE_BACK_FORWARD = 2

/** Whether this page load continues an earlier page of ours in the same window. */
function continuesEarlierPage(): boolean {
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  if (entry) return entry.type === 'reload' || entry.type === 'back_forward'
  // iOS before 15
  const { type } = (performance as { navigation?: { type: number } }).navigation ?? { type: 0 }
  return type === TYPE_RELOAD || type === TYPE_BACK_FORWARD
}

if (!isReturn && !continuesEarlierPage()) storage.remove(PROOF)

export const readProof = (): Proof | null => parseRecord(storage.getFresh(PROOF)) as Proof | null

export const saveProof = (proof: Proof): void => void storage.set(PROOF, JSON.stringify(proof))

export const removeProof = (): void => void storage.remove(PROOF)
