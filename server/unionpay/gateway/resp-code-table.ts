import type { PayerAdvice } from '../../api.ts'

/**
 * `open_at_first`: open after a synchronous answer with it until a query or a notification, whose
 * word is final (ACP §6.1). `unknown`: tells nothing final; the payer reads that the result is
 * being confirmed.
 */
export type Kind = 'success' | 'failed' | 'open_at_first' | 'unknown'
/** What a query's own respCode means (ACP §6.1). */
export type QueryRuling = 'answered' | 'not_found' | 'backs_off' | 'failed'

export type RespCode = {
  /** a sentence for the operator, English */
  operator: string
  /** as a query's own respCode; what is not marked tells that the query itself failed */
  query?: QueryRuling
  /** a person should look at it although it succeeded */
  review?: true
  /** the contract should be checked with contract.info */
  contract_problem?: true
  /** money may have left the payer's account although the outcome is open */
  money_moved?: true
} & (
  | { kind: 'success'; payer: string }
  | { kind: 'unknown' }
  /**
   * `payer`: a sentence, Chinese; `advice`: the payer's next step after a payment that failed with
   * it
   */
  | { kind: 'failed' | 'open_at_first'; payer: string; advice: PayerAdvice }
)

const merchant_side = '商户侧暂时无法完成这笔交易，没有扣您的钱。请联系商户。'
const later = '银联系统暂时繁忙，这笔交易没有成功，稍后可再试。'
const ask_bank = '发卡银行没有通过这笔交易，请联系发卡银行。'
const other_card = '这张银行卡不能用于这笔交易，请在云闪付中调整扣款银行卡。'
const original = '原交易状态不允许这样操作，请联系商户。'
const contract = '免密支付签约已失效，请重新签约或联系商户。'

/** Every respCode of ACP §4.2 with everything we know of it. */
export const resp_codes: Readonly<Record<string, RespCode>> = {
  '00': { kind: 'success', payer: '交易成功。', operator: 'Succeeded.', query: 'answered' },
  A6: {
    kind: 'success',
    payer: '交易成功。',
    operator: 'Succeeded with a defect: compare amount and account by hand.',
    review: true,
  },
  '01': {
    kind: 'open_at_first',
    payer: '交易失败，详情请咨询 95516。',
    operator: 'Failed; UnionPay tells more at 95516.',
    advice: 'wait',
  },
  '02': {
    kind: 'open_at_first',
    payer: later,
    operator:
      "UnionPay's system is not open or already closed; a query confirms that nothing was done.",
    advice: 'wait',
  },
  '03': { kind: 'unknown', operator: 'Communication timed out at UnionPay: query on schedule.' },
  '04': {
    kind: 'unknown',
    operator: 'State unclear at UnionPay: query on schedule, the reconciliation file decides.',
  },
  '05': { kind: 'unknown', operator: 'Accepted, still being processed: query on schedule.' },
  '06': {
    kind: 'open_at_first',
    payer: later,
    operator: 'System busy at UnionPay; a query tells whether it was done.',
    advice: 'wait',
  },
  '10': {
    kind: 'failed',
    payer: merchant_side,
    operator: 'Message format error: compare the charge profile with your UnionPay document.',
    advice: 'ask_merchant',
  },
  '11': {
    kind: 'failed',
    payer: merchant_side,
    operator: 'Signature refused: check key, certId, signMethod and the URL-encoding of the body.',
    advice: 'ask_merchant',
  },
  '12': {
    kind: 'unknown',
    operator: 'Duplicate transaction: the first attempt may have paid; query on schedule.',
  },
  '13': {
    kind: 'failed',
    payer: merchant_side,
    operator: 'A field is missing: compare the charge profile with your UnionPay document.',
    advice: 'ask_merchant',
  },
  '14': {
    kind: 'failed',
    payer: merchant_side,
    operator: 'Batch file format error.',
    advice: 'ask_merchant',
  },
  '30': {
    kind: 'failed',
    payer: '交易没有通过，请换一张银行卡。',
    operator: 'Not passed; the payer may try another card.',
    advice: 'change_card',
  },
  '31': {
    kind: 'failed',
    payer: merchant_side,
    operator: "The merchant's state at UnionPay is wrong, or the order timeout was not kept.",
    advice: 'ask_merchant',
  },
  '32': {
    kind: 'failed',
    payer: merchant_side,
    operator:
      'No right for this transaction: ask UnionPay to open it; check bizType and channelType.',
    advice: 'ask_merchant',
  },
  '33': {
    kind: 'failed',
    payer: '金额超过限额，没有扣款。',
    operator: 'Amount over the limit that UnionPay or the bank set.',
    advice: 'over_limit',
  },
  '34': {
    kind: 'unknown',
    operator:
      'UnionPay does not know this transaction, which right after a timeout proves nothing: query on schedule.',
    query: 'not_found',
  },
  '35': {
    kind: 'failed',
    payer: original,
    operator: 'The original transaction is missing or in another state.',
    advice: 'ask_merchant',
  },
  '36': {
    kind: 'failed',
    payer: original,
    operator: 'Differs from the original transaction: compare amount, orderId and queryId.',
    advice: 'ask_merchant',
  },
  '37': {
    kind: 'unknown',
    operator: 'Too many or too frequent queries: back off; the order is as it was.',
    query: 'backs_off',
  },
  '38': {
    kind: 'failed',
    payer: '这笔交易被银联风险控制拦截，没有扣款。',
    operator: "Stopped by UnionPay's risk limits.",
    advice: 'over_limit',
  },
  '39': {
    kind: 'failed',
    payer: '当前不在受理时间内，请稍后再试。',
    operator: 'Outside the service hours.',
    advice: 'wait',
  },
  '40': {
    kind: 'failed',
    payer: contract,
    operator: 'The binding check failed.',
    advice: 'sign_again',
  },
  '41': { kind: 'unknown', operator: 'Batch state wrong: not expected for a single transaction.' },
  '42': {
    kind: 'unknown',
    operator:
      'Debited but beyond the allowed payment time: money moved, an automatic refund is expected; wait for the file.',
    money_moved: true,
  },
  '43': {
    kind: 'failed',
    payer: merchant_side,
    operator: 'No right to this business: ask UnionPay.',
    advice: 'ask_merchant',
  },
  '44': {
    kind: 'failed',
    payer: merchant_side,
    operator: 'Number wrong, or the business is not opened for it.',
    advice: 'ask_merchant',
  },
  '45': {
    kind: 'failed',
    payer: '原交易已退款或已撤销。',
    operator: 'The original has already been refunded or cancelled.',
    advice: 'ask_merchant',
  },
  '46': {
    kind: 'failed',
    payer: '这笔交易已被冲正，没有扣款。',
    operator: 'Already reversed.',
    advice: 'ask_merchant',
  },
  '60': {
    kind: 'open_at_first',
    payer: ask_bank,
    operator: 'Failed at the bank; the issuer tells more.',
    advice: 'ask_bank',
  },
  '61': {
    kind: 'failed',
    payer: other_card,
    operator: 'The card number is invalid.',
    advice: 'change_card',
  },
  '62': {
    kind: 'failed',
    payer: other_card,
    operator: "The payer's bank does not support this merchant.",
    advice: 'change_card',
  },
  '63': {
    kind: 'failed',
    payer: '银行卡状态异常，请联系发卡银行。',
    operator: 'The state of the card is wrong.',
    advice: 'ask_bank',
  },
  '64': {
    kind: 'failed',
    payer: '银行卡余额不足。',
    operator: 'Balance insufficient on the cards that were tried.',
    advice: 'top_up',
  },
  '65': {
    kind: 'failed',
    payer: other_card,
    operator: 'Password, expiry or CVN2 wrong.',
    advice: 'change_card',
  },
  '66': {
    kind: 'failed',
    payer: '银行卡预留的身份信息或手机号不一致，请联系发卡银行。',
    operator: 'Identity or phone number does not match.',
    advice: 'ask_bank',
  },
  '67': {
    kind: 'failed',
    payer: '银行卡密码错误次数超限，请联系发卡银行。',
    operator: 'Too many wrong passwords.',
    advice: 'ask_bank',
  },
  '68': {
    kind: 'failed',
    payer: other_card,
    operator: 'The card does not support this business.',
    advice: 'change_card',
  },
  '69': {
    kind: 'failed',
    payer: '操作超时，没有扣款。',
    operator: 'Input timed out.',
    advice: 'wait',
  },
  '70': {
    kind: 'unknown',
    operator: 'Waiting for the cardholder: not expected of a background charge; query on schedule.',
  },
  '71': {
    kind: 'failed',
    payer: '验证码错误，没有扣款。',
    operator: 'SMS or dynamic code wrong.',
    advice: 'ask_merchant',
  },
  '72': {
    kind: 'failed',
    payer: '银行卡未开通无卡支付，请在云闪付中开通或换卡。',
    operator: 'The card is not signed up for card-less payment.',
    advice: 'change_card',
  },
  '73': {
    kind: 'failed',
    payer: '银行卡已过期，请在云闪付中更换银行卡。',
    operator: 'The card has expired.',
    advice: 'change_card',
  },
  '74': {
    kind: 'unknown',
    operator: 'Debited, write-off unknown: money moved; query on schedule, the file decides.',
    money_moved: true,
  },
  '75': {
    kind: 'unknown',
    operator: 'Debited, write-off failed: money moved; query on schedule, the file decides.',
    money_moved: true,
  },
  '76': {
    kind: 'failed',
    payer: '银行卡需要先开通支付密码，请在云闪付中处理。',
    operator: 'The card must be opened with a password first.',
    advice: 'change_card',
  },
  '77': {
    kind: 'failed',
    payer: '银行卡未开通此业务，请在云闪付中开通或换卡。',
    operator: 'The card is not opened for this business.',
    advice: 'change_card',
  },
  '78': {
    kind: 'failed',
    payer: ask_bank,
    operator: "The issuer's right is limited.",
    advice: 'ask_bank',
  },
  '79': {
    kind: 'unknown',
    operator:
      'Card usable, issuer has no SMS check: tells nothing of the charge; query on schedule.',
  },
  '80': {
    kind: 'failed',
    payer: contract,
    operator: 'The token has expired: the contract is asked about with contract.info.',
    advice: 'sign_again',
    contract_problem: true,
  },
  '81': {
    kind: 'failed',
    payer: '本月扣款次数或金额已达上限。',
    operator: 'Monthly count or amount exceeded.',
    advice: 'over_limit',
  },
  '82': {
    kind: 'failed',
    payer: '这笔交易需要输入密码，无法免密扣款。',
    operator: 'A password is needed.',
    advice: 'change_card',
  },
  '83': { kind: 'unknown', operator: 'The issuer is still processing: query on schedule.' },
  '85': {
    kind: 'failed',
    payer: '不符合活动规则，没有扣款。',
    operator: 'Refused by a marketing rule.',
    advice: 'ask_merchant',
  },
  '86': {
    kind: 'failed',
    payer: merchant_side,
    operator: 'State of the QR code is wrong.',
    advice: 'ask_merchant',
  },
  '87': {
    kind: 'failed',
    payer: merchant_side,
    operator: 'Count of the QR code exceeded.',
    advice: 'ask_merchant',
  },
  '88': {
    kind: 'failed',
    payer: merchant_side,
    operator: 'The QR code does not exist.',
    advice: 'ask_merchant',
  },
  '89': {
    kind: 'failed',
    payer: contract,
    operator:
      'No such token, or trId or token state invalid: the contract is asked about with contract.info; check the trId.',
    advice: 'sign_again',
    contract_problem: true,
  },
  '90': {
    kind: 'failed',
    payer: '账户余额不足。',
    operator: 'Account balance insufficient.',
    advice: 'top_up',
  },
  '91': {
    kind: 'failed',
    payer: '身份认证没有通过，没有扣款。',
    operator: 'Authentication failed.',
    advice: 'ask_bank',
  },
  '92': {
    kind: 'unknown',
    operator: 'State of a business licence: tells nothing of the charge; query on schedule.',
  },
  '93': {
    kind: 'unknown',
    operator: 'State of a business licence: tells nothing of the charge; query on schedule.',
  },
  '94': {
    kind: 'unknown',
    operator: 'State of a business licence: tells nothing of the charge; query on schedule.',
  },
  '95': {
    kind: 'unknown',
    operator: 'State of a business licence: tells nothing of the charge; query on schedule.',
  },
  '96': {
    kind: 'unknown',
    operator: 'State of a business licence: tells nothing of the charge; query on schedule.',
  },
  '98': { kind: 'unknown', operator: 'The file does not exist (yet): belongs to file transfer.' },
  '99': {
    kind: 'open_at_first',
    payer: '交易失败，稍后可再试。',
    operator: 'General error at UnionPay; a query tells whether it was done.',
    advice: 'wait',
  },
}
