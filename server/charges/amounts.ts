/**
 * What of one charge is money, in fen. Decided here alone: the bill and the merchant's API show these amounts, totals of months and
 * plans add them up, and reviews and decisions look at them. What may still be refunded (`leftOf`) is held against them by a test.
 */
export type Amounts = {
  /** paid for certain: it succeeded, and no person has to look */
  paid_fen: number
  /** what of it went back */
  refunded_fen: number
  /** what is on its way back, or of which nobody knows whether it went; it is not given back a second time */
  refunding_fen: number
  /** what the payer paid in the end: `paid_fen` less what went back; 0 unless paid for certain */
  net_fen: number
  /** what may still turn out either way */
  pending_fen: number
}

const is_certain = `c.state = 'succeeded' and not c.needs_review`

/** Joined to charges `c`: their amounts as `m`. */
export const amounts = `cross join lateral (
    select case when ${is_certain} then c.amount_fen else 0 end as paid_fen,
      back.refunded_fen, back.refunding_fen,
      case when ${is_certain} then c.amount_fen - back.refunded_fen else 0 end as net_fen,
      case when c.state = 'pending' or c.needs_review then c.amount_fen else 0 end as pending_fen
      from (
        select coalesce(sum(amount_fen) filter (where state = 'succeeded'), 0)::bigint as refunded_fen,
          coalesce(sum(amount_fen) filter (where state = 'pending' or (state = 'failed' and needs_review)), 0)::bigint as refunding_fen
          from refunds where charge_ref = c.order_id) back) m`

export const amountColumns = `m.paid_fen, m.refunded_fen, m.refunding_fen, m.net_fen, m.pending_fen`
