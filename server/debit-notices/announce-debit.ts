import type { Contract } from '../contracts/contract.ts'
import { whyNotCharged } from '../contracts/contract.ts'
import { Refusal } from '../errors.ts'
import { newId } from '../kernel/ids.ts'
import type { Plan } from '../plans/plan.ts'
import { earliestDebit, isDay, kindOf, type DebitNotice } from './debit-notice.ts'
import type { DebitNoticesContext } from './context.ts'
import { findStanding, insertNotice, readLastDebit, readToday } from './store.ts'

export type Announcement = {
  debit_on: string
  amount_fen: number
  description: string
  way_to_cancel: string
}

/**
 * Stores the notice of a coming debit; from now on the payer's page shows it. The same announcement
 * again gives the same notice. Refuses contract_not_active, contract_in_review, over_single_limit,
 * debit_notice_too_late, debit_notice_exists, bad_request.
 */
export async function announceDebit(
  context: DebitNoticesContext,
  contract: Contract,
  plan: Plan,
  announcement: Announcement,
  announced_by: string,
): Promise<{ notice: DebitNotice; repeated: boolean }> {
  const { pool } = context.database
  if (!isDay(announcement.debit_on))
    throw new Refusal('bad_request', [{ path: 'debit_on', problem: 'is no day of the calendar' }])
  const standing = await findStanding(pool, contract.id, announcement.debit_on)
  if (standing) return repeated(standing, announcement)
  const closed = whyNotCharged(contract)
  if (closed) throw new Refusal(closed)
  if (announcement.amount_fen > plan.single_limit_fen) throw new Refusal('over_single_limit')
  const earliest = earliestDebit(await readToday(pool), plan.notice_days ?? 1)
  if (announcement.debit_on < earliest)
    throw new Refusal('debit_notice_too_late', [
      { path: 'debit_on', problem: `the first day that may still be announced is ${earliest}` },
    ])
  const last_fen = await readLastDebit(pool, contract.id)
  const kind = kindOf(announcement.amount_fen, last_fen)
  const notice = await insertNotice(pool, {
    ...announcement,
    id: newId(context.clock, context.random),
    contract_ref: contract.id,
    kind,
    announced_by,
    previous_amount_fen: kind === 'price_change' ? last_fen : null,
  })
  if (notice) return { notice, repeated: false }
  const twin = await findStanding(pool, contract.id, announcement.debit_on) // somebody was quicker
  if (!twin) throw new Refusal('debit_notice_exists')
  return repeated(twin, announcement)
}

function repeated(
  notice: DebitNotice,
  announcement: Announcement,
): { notice: DebitNotice; repeated: true } {
  const same =
    notice.amount_fen === announcement.amount_fen &&
    notice.description === announcement.description &&
    notice.way_to_cancel === announcement.way_to_cancel
  if (!same) throw new Refusal('debit_notice_exists')
  return { notice, repeated: true }
}
