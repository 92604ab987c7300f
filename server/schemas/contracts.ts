import { Type, type Static } from 'typebox'
import {
  contract_sources,
  contract_states,
  enders,
  signing_reasons,
  signing_states,
  signing_ways,
} from '../contracts/states.ts'
import { count, fen, flag, id, instant, oneOf, orNull, page, shape, text } from './fields.ts'

/** Plans, contracts and signings as the payer's pages and the merchant's systems read them. */

export const Plan = shape('Plan', 'A signing template (签约模板) of the catalogue.', {
  plan_id: text('UnionPay’s number of the template.', 'a1f0c3d2e4b5968778695a4b3c2d1e04'),
  scenario: oneOf(
    ['transport', 'car', 'retail', 'living'],
    '交通出行, 车主服务, 智慧零售, 生活缴费.',
  ),
  sub_scenario: text('The use within it.', '无人货柜'),
  payee: text('接入方简称, the name on the bill.', '青禾便利'),
  title: text('签约模板标题.', '青禾便利 无人货柜无感支付'),
  content: text('签约套餐内容.', '关门后自动扣款'),
  single_limit_fen: fen('The most one charge may take.'),
  daily_limit_fen: fen('The most one contract may be charged in a Beijing day.'),
  credit_card_required: flag('Only a credit card may be bound.'),
  verify_mobile: flag('UnionPay compares the mobile number.'),
  verify_identity: flag('UnionPay compares the identity number.'),
  unionpay_advances: flag('银联垫付: UnionPay advances the amount where the card does not pay.'),
  offline: flag('Can be ended only with the merchant, not in the wallet.'),
  accepts_new: flag('New contracts may be signed.'),
  notice_days: orNull(
    count(
      'For a renewal plan: how many whole days before each debit the payer is notified. Null: no notice.',
    ),
  ),
})
export const PlanList = shape('PlanList', 'Every plan this key covers; there is no second page.', {
  plans: Type.Array(Plan, { description: 'In the catalogue’s order.' }),
})

export const ContractState = oneOf(
  contract_states,
  'Only an active contract can be charged. A terminated one is never reopened: signing again makes a new one.',
)

const contract = {
  id: id('Our id of the contract; send it as `contract`.'),
  contract_id_masked: text(
    'UnionPay’s 签约协议号, masked; empty until it is known.',
    '6218****9012',
  ),
  contract_code: text('应用方签约号, ours.', '01KBN2V7Q4TZ8M3RXJ5W9GYHC6'),
  user_id: text(
    'Your id of the payer; one that begins with made- until the wallet is bound to a user of yours.',
    'U1001',
  ),
  plan_id: text('The plan it was signed for.', 'a1f0c3d2e4b5968778695a4b3c2d1e04'),
  plan: Plan,
  state: ContractState,
  signed_at: orNull(instant('When it was signed.')),
  terminated_at: orNull(instant('When it ended.')),
  ended_by: orNull(oneOf(enders, 'Who ended it.')),
  needs_review: flag('It needs manual review.'),
  signed_through: oneOf(signing_ways, 'The H5 in the wallet, or the SDK in your own app.'),
}
export const Contract = shape('Contract', 'A contract of one payer for one plan.', contract)

const Account = shape('Account', 'Whose contract it is, masked.', {
  user_id_masked: text('Your user_id, masked.', 'U1**1'),
  display_name: text('The name you gave; may be empty.', '张三'),
  origin: oneOf(
    ['ticket', 'made', 'sdk'],
    'Where the user_id came from; made: generated here, because the merchant named none.',
  ),
})

export const ContractHistory = shape('ContractHistory', 'One change of state.', {
  at: instant('When.'),
  from: orNull(ContractState),
  to: ContractState,
  source: oneOf(contract_sources, 'The source of this change.'),
  reason: orNull(text('A word of ours.', 'never_returned')),
})

export const ContractDetail = shape('ContractDetail', 'A contract with its history.', {
  ...contract,
  history: Type.Array(ContractHistory, { description: 'Oldest first.' }),
  account: Account,
  used_today_fen: fen(
    'What charges of today (Beijing) use of `plan.daily_limit_fen`; refunds do not lower it.',
  ),
})
export const ContractPage = page('ContractPage', 'contracts', Contract)

export const SigningReason = oneOf(
  signing_reasons,
  'Why it did not succeed, or not yet (outcome_unknown: asked, no answer yet; we ask again). already_signed: it succeeded through another attempt, whose contract this is.',
)

export const Signing = shape('Signing', 'An attempt to sign, and the contract it became.', {
  signing_id: id('Our id of the attempt.'),
  plan: Plan,
  state: oneOf(
    signing_states,
    'waiting: at UnionPay’s page; processing: the outcome is not known yet; cancelled: the payer did not agree; expired: never came back.',
  ),
  reason: orNull(SigningReason),
  unionpay_code: orNull(text('UnionPay’s own code, for a support call.', 'a31')),
  contract: Type.Unsafe<Static<typeof Contract> | null>({
    anyOf: [Contract, { type: 'null' }],
    description: 'Once it is signed.',
  }),
  started_at: instant('When it began.'),
  next_check_at: orNull(instant('When we will know more at the earliest.')),
})

export const SdkSigning = shape('SdkSigning', 'What your app hands to the SDK (SDK signing).', {
  signing_id: id('Our id of the attempt; complete it with the code the SDK returns.'),
  app_id: text('Your appId at the open platform.', '0123456789abcdef'),
  plan_id: text('The plan to sign.', 'a1f0c3d2e4b5968778695a4b3c2d1e04'),
  scope: text('The scope to ask for.', 'upapi_contract'),
  state: text('The state to hand over; single use.', 'f3c9…'),
  expires_at: instant('The attempt ends then.'),
})
