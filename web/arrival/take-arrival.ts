import { readArrival, type Arrival } from './arrival.ts'

// Runs on import, before other code can read, sign or store the address.
const read = readArrival(window.location)
if (read.clean !== null) window.history.replaceState(null, '', read.clean)

/** Whether UnionPay sent the payer back to this page. */
export const isReturn =
  read.arrival.kind === 'sign_in_return' || read.arrival.kind === 'signing_return'

let pending: Arrival = read.arrival

/**
 * What this page was opened with, in memory only. The first call returns it; later calls return
 * `plain`.
 */
export function takeArrival(): Arrival {
  const arrival = pending
  pending = { kind: 'plain' }
  return arrival
}
