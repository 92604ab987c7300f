import { Type } from 'typebox'
import { day, fen, id, instant, oneOf, orNull, page, shape, text } from './fields.ts'

const Channel = oneOf(
  ['mini_app', 'sms', 'push', 'mail', 'letter', 'other'],
  'How the payer was notified.',
)

export const DebitNotice = shape(
  'DebitNotice',
  'The notice a payer gets before a renewal is debited.',
  {
    id: id('Our id of the notice.'),
    contract: id('Our id of the contract.'),
    kind: oneOf(
      ['renewal', 'price_change'],
      'price_change: the amount differs from what was debited last.',
    ),
    amount_fen: fen('What will be debited.'),
    previous_amount_fen: orNull(fen('Of a price change: what was debited last.')),
    debit_on: day('The day of the debit.'),
    description: text('What is debited.', '月度会员'),
    way_to_cancel: text(
      'As the notice to the payer said.',
      '云闪付 → 我的 → 设置 → 支付设置 → 无感支付',
    ),
    announced_at: instant('When it was announced.'),
    withdrawn_at: orNull(instant('When it was withdrawn.')),
    deliveries: Type.Array(
      Type.Object({
        channel: Channel,
        proof: orNull(text('Your own number of the message.', 'SMS-881')),
        delivered_at: instant('When you said so.'),
      }),
      { description: 'Each way the payer was notified.' },
    ),
  },
)
export const DebitNoticePage = page('DebitNoticePage', 'debit_notices', DebitNotice)
