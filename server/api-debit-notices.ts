/** The part of the contract between web, merchants and server that is about telling before a debit; read it through `api.ts`. */

export type NoticeChannel = 'mini_app' | 'sms' | 'push' | 'mail' | 'letter' | 'other'

/** POST /v1/contracts/:id/debit-notices, GET /v1/debit-notices → { debit_notices, next_cursor } */
export type DebitNoticeView = {
  id: string
  contract: string // our id
  kind: 'renewal' | 'price_change'
  amount_fen: number
  /** of a price change: what was debited last */
  previous_amount_fen: number | null
  debit_on: string // Shanghai day, YYYY-MM-DD
  description: string
  /** as the payer was told */
  way_to_cancel: string
  announced_at: string
  withdrawn_at: string | null
  deliveries: { channel: NoticeChannel; proof: string | null; delivered_at: string }[]
}

/** GET /api/coming-debits → { coming_debits }: what the payer should know now, soonest first */
export type ComingDebitView = Pick<DebitNoticeView, 'id' | 'contract' | 'kind' | 'amount_fen' | 'previous_amount_fen' | 'debit_on' | 'description' | 'announced_at'> & { plan_id: string; plan_title: string }
