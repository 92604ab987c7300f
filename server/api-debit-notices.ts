import type { Static } from 'typebox'
import type { DebitNotice } from './schemas/debit-notices.ts'

/**
 * The part of the contract between web, merchants and server that is about telling before a debit;
 * read it through `api.ts`.
 */

/** POST /v1/contracts/:id/debit-notices, GET /v1/debit-notices → { debit_notices, next_cursor } */
export type DebitNoticeView = Static<typeof DebitNotice>
export type NoticeChannel = DebitNoticeView['deliveries'][number]['channel']

/** GET /api/coming-debits → { coming_debits }: what the payer should know now, soonest first */
export type ComingDebitView = Pick<
  DebitNoticeView,
  | 'id'
  | 'contract'
  | 'kind'
  | 'amount_fen'
  | 'previous_amount_fen'
  | 'debit_on'
  | 'description'
  | 'way_to_cancel'
  | 'announced_at'
> & { plan_id: string; plan_title: string }
