import type { Proof } from '../api/personal.ts'
import { cameBack } from '../arrival/take-arrival.ts'
import { forget, keep, keptByWindow } from './kept.ts'

/**
 * What shows that this web view knows whose wallet is open. It is good for nothing without the cookie. It outlives a reload, the back key
 * and the way over UnionPay's pages; a page that was opened anew begins without one, for its web view may have been used before.
 */
const PROOF = 'proof'

const reloaded = 1
const went_back = 2

/** Whether this page follows another one of ours in the same window. */
function follows(): boolean {
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  if (entry) return entry.type === 'reload' || entry.type === 'back_forward'
  // iOS before 15
  const { type } = (performance as { navigation?: { type: number } }).navigation ?? { type: 0 }
  return type === reloaded || type === went_back
}

if (!cameBack && !follows()) forget(PROOF)

export function heldProof(): Proof | null {
  try {
    return JSON.parse(keptByWindow(PROOF) ?? 'null') as Proof | null
  } catch {
    return null
  }
}

export const holdProof = (proof: Proof): void => void keep(PROOF, JSON.stringify(proof))

export const dropProof = (): void => void forget(PROOF)
