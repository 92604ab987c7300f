import { readArrival, type Arrival } from './arrival.ts'

// Runs on import, before anything else can read, sign or store the address.
const read = readArrival(window.location)
if (read.clean !== null) window.history.replaceState(null, '', read.clean)

/** Whether UnionPay sent the person back here. */
export const cameBack =
  read.arrival.kind === 'sign_in_return' || read.arrival.kind === 'signing_return'

let waiting: Arrival = read.arrival

/** What this page was opened with. Handed out once; it lives in memory only. */
export function takeArrival(): Arrival {
  const arrival = waiting
  waiting = { kind: 'plain' }
  return arrival
}
