/**
 * - `idle`: nothing is on its way
 * - `signing_in`: the payer agreed to the terms of `plan_id`, and the silent sign-in took them away
 *   from its page
 * - `agreed`: they are back from the sign-in, and the consent box of `plan_id` is still ticked
 * - `opening`: UnionPay's page for `signing_id` is about to open
 * - `in_other_window`: it is open in a second window
 * - `open_failed`: it could not be opened
 */
export type SigningState =
  | 'idle'
  | 'signing_in'
  | 'agreed'
  | 'opening'
  | 'in_other_window'
  | 'open_failed'

export type SigningEvent =
  | 'page_loaded'
  | 'left_for_sign_in'
  | 'signed_in'
  | 'consent_used'
  | 'cancelled'
  | 'started'
  | 'stayed'
  | 'window_opened'
  | 'open_failed'

/** How this window got to its signing. The server alone knows what became of it. */
export type SigningRecord = {
  state: SigningState
  /** the plan whose terms the payer agreed to */
  plan_id: string | null
  /** the signing that this window started last; it outlives every state */
  signing_id: string | null
  /** the history position of the page that left for UnionPay, until the way back is known */
  history_position: number | null
}

export const initial_signing: SigningRecord = {
  state: 'idle',
  plan_id: null,
  signing_id: null,
  history_position: null,
}

// what the payer may do at any time
const begin = { left_for_sign_in: 'signing_in', signed_in: 'agreed', started: 'opening' } as const
const opened = { window_opened: 'in_other_window', open_failed: 'open_failed' } as const

/**
 * An event that a state does not list changes nothing. A page load keeps only what is on its way
 * over UnionPay's login.
 */
const transitions: Record<SigningState, Partial<Record<SigningEvent, SigningState>>> = {
  // the wallet may answer after the payer has come back to the page
  idle: { ...begin, ...opened },
  signing_in: { ...begin, cancelled: 'idle' },
  agreed: { ...begin, page_loaded: 'idle', consent_used: 'idle', cancelled: 'idle' },
  opening: { ...begin, ...opened, page_loaded: 'idle', stayed: 'idle' },
  in_other_window: { ...begin, page_loaded: 'idle' },
  open_failed: { ...begin, page_loaded: 'idle' },
}

/**
 * A stored record; the initial one where there is none, or where another version of the app wrote
 * its state.
 */
export function readSigning(stored: unknown): SigningRecord {
  const record = { ...initial_signing, ...(stored as Partial<SigningRecord> | null) }
  return record.state in transitions ? record : initial_signing
}

/**
 * The record after an event, with the fields that the event brings. The same record where the event
 * does not apply.
 */
export function nextSigning(
  record: SigningRecord,
  event: SigningEvent,
  brought: Partial<Omit<SigningRecord, 'state'>> = {},
): SigningRecord {
  const state = transitions[record.state][event]
  if (state === undefined) return record
  const holds_plan = state === 'signing_in' || state === 'agreed'
  const next = { ...record, ...brought, state }
  return holds_plan ? next : { ...next, plan_id: null }
}
