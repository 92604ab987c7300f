/**
 * The English texts of the shop's products. The Chinese ones are part of the products themselves.
 */
export const productMessages: Readonly<Record<string, [use: string, title: string]>> = {
  metro_ride: ['Metro', 'Ride the metro'],
  bus_ride: ['Bus', 'Ride a bus'],
  taxi_ride: ['Taxi', 'Take a taxi'],
  parking: ['Parking', 'Leave the car park'],
  highway: ['Highway toll', 'Pass a toll gate'],
  fuel: ['Fuel', 'Fill up 30 litres'],
  drink: ['Vending machine', 'Take a drink'],
  snack_bag: ['Vending machine', 'Take a snack'],
  supermarket: ['Unstaffed shop', 'Visit an unstaffed shop'],
  checkout: ['Just walk out', 'Pay on leaving'],
  membership: ['Membership', 'Renew for a month'],
  water: ['Utility bill', 'Pay the water bill'],
}

export const groupMessages: Readonly<Record<string, string>> = {
  交通出行: 'Transport',
  车主服务: 'Car',
  智慧零售: 'Retail',
  生活缴费: 'Living',
}

/** A refusal of the merchant server, explained for the user of the shop. */
export const refusalMessages: Readonly<Record<string, [zh: string, en: string]>> = {
  not_signed: [
    '这位用户还没有签约，先在手机里开通。',
    'Not signed yet: sign the plan on the phone first.',
  ],
  contract_in_review: [
    '银联给出的协议号与商户记录不同，核对之前不能扣款。',
    'UnionPay names another contract number: no charge until an operator has compared them.',
  ],
  contract_not_active: [
    '协议已关闭或正在关闭，不能再扣款。',
    'The contract has ended or is ending: no more charges.',
  ],
  contract_unknown: [
    '商户服务器不认识这份协议，多半是重置过沙盒。请重新签约。',
    'The merchant server does not know this contract, probably since a reset. Sign again.',
  ],
  over_single_limit: [
    '超过单笔限额，商户服务器没有接单。',
    'Above the limit per charge: the merchant server refused.',
  ],
  over_daily_limit: [
    '超过今日限额，商户服务器没有接单。',
    'Above today’s limit: the merchant server refused.',
  ],
  merchant_no_refused: [
    '这个模板固定了商户号，不能用别的商户号扣款。',
    'The plan is tied to other merchant numbers.',
  ],
  debit_not_announced: [
    '续期扣款须提前五天告知，还没有告知。',
    'A renewal must be announced five days before, and was not.',
  ],
  merchant_unreachable: [
    '商户服务器没有应答，它还在运行吗？',
    'The merchant server does not answer. Is it running?',
  ],
  shop_key_missing: [
    '商店还没有 API 密钥：用 npm start 启动，或设 SANDBOX_SHOP_KEY_FILE。',
    'The shop has no API key: use npm start, or set SANDBOX_SHOP_KEY_FILE.',
  ],
  refund_exceeds_charge: ['超过可退的金额。', 'More than is left to refund.'],
  charge_not_refundable: [
    '这笔扣款还没有成功，不能退款。',
    'This charge has not succeeded: nothing to refund.',
  ],
}
