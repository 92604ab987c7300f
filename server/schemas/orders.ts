import { Type } from 'typebox'
import {
  order_consequences,
  order_reasons,
  order_sources,
  order_states,
  review_reasons,
  paid_once,
  unexplained,
  waits_for,
} from '../transactions/states.ts'
import { refund_kinds } from '../refunds/states.ts'
import { day, fen, flag, id, instant, oneOf, orNull, page, shape, text } from './fields.ts'

/** Charges and refunds as the merchant's systems read them. */

const State = oneOf(
  order_states,
  'A pending one may still become either: wait, do not charge again.',
)
const ReviewReason = oneOf(
  review_reasons,
  'Why it needs manual review: the sources contradict each other, a verified message names another amount, time or currency, UnionPay said A6, it is paid here and not in the statement of its day, or two charges of one merchant_order_no are paid.',
)
const Reason = oneOf(
  order_reasons,
  'Why it failed. declined: UnionPay or the bank said no, `unionpay_code` tells; not_sent: it never left us, nothing was taken.',
)
const UnionPayCode = text('UnionPay’s own code (respCode).', '00')
const Explanation = Type.Unsafe<{ operator: string; payer: string } | null>({
  type: ['object', 'null'],
  description: 'What the code means; null without a code.',
  required: ['operator', 'payer'],
  properties: {
    operator: text('In English, for the operator.', 'Insufficient funds.'),
    payer: text('In Chinese, for the payer.', '余额不足，请更换银行卡后再试。'),
  },
})

const common = {
  amount_fen: fen('The amount.'),
  description: text('What the payer reads.', '乌龙茶 500 毫升'),
  state: State,
  needs_review: flag(
    'It needs manual review; meanwhile it can be neither refunded nor charged again.',
  ),
  review_reason: orNull(ReviewReason),
  reason: orNull(Reason),
  unionpay_code: orNull(UnionPayCode),
  unionpay_text: orNull(text('UnionPay’s own words (respMsg).', '成功[0000000]')),
  explanation: Explanation,
  query_id: orNull(
    text('UnionPay’s number of the transaction (银联流水号).', '812026112212000000018'),
  ),
  accepted_at: instant('When we accepted it.'),
  settled_at: orNull(instant('When its outcome became known.')),
  settle_on: orNull(day('The clearing day, once UnionPay named it.')),
  waits_for: orNull(
    oneOf(
      waits_for,
      'What a pending one waits for: UnionPay’s notification and our queries, the statement file, an operator.',
    ),
  ),
  next_query_at: orNull(instant('When UnionPay is asked next, unless it tells before.')),
}

const charge = {
  order_id: id('Our number, and UnionPay’s 商户订单号.'),
  merchant_order_no: text('Your number.', 'SHOP-20261122-0001'),
  merchant_no: text('商户号 it was charged by.', '898310148160568'),
  contract: id('Our id of the contract.'),
  user_id: text('Your id of the payer.', 'U1001'),
  plan_id: text('The plan it was signed for.', 'a1f0c3d2e4b5968778695a4b3c2d1e04'),
  ...common,
  refunded_fen: fen('What succeeded refunds and cancels returned.'),
}
export const Charge = shape('Charge', 'One charge of a contract.', charge)

export const Refund = shape('Refund', 'A refund or a cancel of a charge.', {
  order_id: id('Our number of the refund, and UnionPay’s 商户订单号.'),
  charge: id('order_id of the charge.'),
  kind: oneOf(
    refund_kinds,
    'refund: part or all of it, several times; cancel: all of it, on its clearing day.',
  ),
  ...common,
})

/** What a person's decision about an order changes besides its state. */
export const OrderConsequence = oneOf(
  order_consequences,
  'What follows besides the state: the amount counts in the limit of its day or no longer does, the merchant_order_no may be charged again, is paid twice or is paid twice no longer, the charge may be refunded, its debit notice (or the exemption of a first debit) covers another debit, the amount of a refund is free again or gone.',
)

export const OrderHistory = shape(
  'OrderHistory',
  'One thing that happened to a charge or refund.',
  {
    at: instant('When.'),
    from: orNull(State),
    to: State,
    source: oneOf(order_sources, 'The source of this change.'),
    reason: orNull(
      oneOf(
        [...order_reasons, ...review_reasons, paid_once, unexplained],
        'Why. unexplained: neither notification nor query nor statement named an outcome; from here on it needs manual review.',
      ),
    ),
    unionpay_code: orNull(UnionPayCode),
    author: orNull(
      text(
        'The operator who decided; through the API also the key.',
        '王五 (API key erp, 01KBN2V7Q4TZ8M3RXJ5W9GYHC6)',
      ),
    ),
  },
)

export const ChargeDetail = shape(
  'ChargeDetail',
  'A charge with its history, oldest first, and all its refunds.',
  {
    ...charge,
    history: Type.Array(OrderHistory, { description: 'Oldest first.' }),
    refunds: Type.Array(Refund, { description: 'Oldest first.' }),
  },
)

export const ChargePage = page('ChargePage', 'charges', Charge)
export const RefundPage = page('RefundPage', 'refunds', Refund)
