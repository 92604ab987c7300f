export type Kind = 'success' | 'failed' | 'open_at_first' | 'unknown'

const merchant_side = '商户侧暂时无法完成这笔交易，没有扣您的钱。请联系商户。'
const later = '银联系统暂时繁忙，这笔交易没有成功，稍后可再试。'
const ask_bank = '发卡银行没有通过这笔交易，请联系发卡银行。'
const other_card = '这张银行卡不能用于这笔交易，请在云闪付中调整扣款银行卡。'
const original = '原交易状态不允许这样操作，请联系商户。'
const confirm = '银联正在确认这笔交易的结果，请稍后查看，不要重复支付。'
const contract = '免密支付签约已失效，请重新签约或联系商户。'

/**
 * Every respCode of ACP §4.2: how it is treated, a sentence for the payer, one for the operator. For `unknown` the payer reads that
 * it is being confirmed, whatever stands here.
 */
export const respCodes = {
  '00': ['success', '交易成功。', 'Succeeded.'],
  A6: ['success', '交易成功。', 'Succeeded with a defect: compare amount and account by hand.'],
  '01': ['open_at_first', '交易失败，详情请咨询 95516。', 'Failed; UnionPay tells more at 95516.'],
  '02': [
    'open_at_first',
    later,
    "UnionPay's system is not open or already closed; a query confirms that nothing was done.",
  ],
  '03': ['unknown', confirm, 'Communication timed out at UnionPay: query on schedule.'],
  '04': [
    'unknown',
    confirm,
    'State unclear at UnionPay: query on schedule, the reconciliation file decides.',
  ],
  '05': ['unknown', confirm, 'Accepted, still being processed: query on schedule.'],
  '06': ['open_at_first', later, 'System busy at UnionPay; a query tells whether it was done.'],
  '10': [
    'failed',
    merchant_side,
    'Message format error: compare the charge profile with your UnionPay document.',
  ],
  '11': [
    'failed',
    merchant_side,
    'Signature refused: check key, certId, signMethod and the URL-encoding of the body.',
  ],
  '12': [
    'unknown',
    confirm,
    'Duplicate transaction: the first attempt may have paid; query on schedule.',
  ],
  '13': [
    'failed',
    merchant_side,
    'A field is missing: compare the charge profile with your UnionPay document.',
  ],
  '14': ['failed', merchant_side, 'Batch file format error.'],
  '30': ['failed', '交易没有通过，请换一张银行卡。', 'Not passed; the payer may try another card.'],
  '31': [
    'failed',
    merchant_side,
    "The merchant's state at UnionPay is wrong, or the order timeout was not kept.",
  ],
  '32': [
    'failed',
    merchant_side,
    'No right for this transaction: ask UnionPay to open it; check bizType and channelType.',
  ],
  '33': [
    'failed',
    '金额超过限额，没有扣款。',
    'Amount over the limit that UnionPay or the bank set.',
  ],
  '34': [
    'unknown',
    confirm,
    'UnionPay does not know this transaction, which right after a timeout proves nothing: query on schedule.',
  ],
  '35': ['failed', original, 'The original transaction is missing or in another state.'],
  '36': [
    'failed',
    original,
    'Differs from the original transaction: compare amount, orderId and queryId.',
  ],
  '37': ['unknown', confirm, 'Too many or too frequent queries: back off; the order is as it was.'],
  '38': ['failed', '这笔交易被银联风险控制拦截，没有扣款。', "Stopped by UnionPay's risk limits."],
  '39': ['failed', '当前不在受理时间内，请稍后再试。', 'Outside the service hours.'],
  '40': ['failed', contract, 'The binding check failed.'],
  '41': ['unknown', confirm, 'Batch state wrong: not expected for a single transaction.'],
  '42': [
    'unknown',
    confirm,
    'Debited but beyond the allowed payment time: money moved, an automatic refund is expected; wait for the file.',
  ],
  '43': ['failed', merchant_side, 'No right to this business: ask UnionPay.'],
  '44': ['failed', merchant_side, 'Number wrong, or the business is not opened for it.'],
  '45': [
    'failed',
    '原交易已退款或已撤销。',
    'The original has already been refunded or cancelled.',
  ],
  '46': ['failed', '这笔交易已被冲正，没有扣款。', 'Already reversed.'],
  '60': ['open_at_first', ask_bank, 'Failed at the bank; the issuer tells more.'],
  '61': ['failed', other_card, 'The card number is invalid.'],
  '62': ['failed', other_card, "The payer's bank does not support this merchant."],
  '63': ['failed', '银行卡状态异常，请联系发卡银行。', 'The state of the card is wrong.'],
  '64': ['failed', '银行卡余额不足。', 'Balance insufficient on the cards that were tried.'],
  '65': ['failed', other_card, 'Password, expiry or CVN2 wrong.'],
  '66': [
    'failed',
    '银行卡预留的身份信息或手机号不一致，请联系发卡银行。',
    'Identity or phone number does not match.',
  ],
  '67': ['failed', '银行卡密码错误次数超限，请联系发卡银行。', 'Too many wrong passwords.'],
  '68': ['failed', other_card, 'The card does not support this business.'],
  '69': ['failed', '操作超时，没有扣款。', 'Input timed out.'],
  '70': [
    'unknown',
    confirm,
    'Waiting for the cardholder: not expected of a background charge; query on schedule.',
  ],
  '71': ['failed', '验证码错误，没有扣款。', 'SMS or dynamic code wrong.'],
  '72': [
    'failed',
    '银行卡未开通无卡支付，请在云闪付中开通或换卡。',
    'The card is not signed up for card-less payment.',
  ],
  '73': ['failed', '银行卡已过期，请在云闪付中更换银行卡。', 'The card has expired.'],
  '74': [
    'unknown',
    confirm,
    'Debited, write-off unknown: money moved; query on schedule, the file decides.',
  ],
  '75': [
    'unknown',
    confirm,
    'Debited, write-off failed: money moved; query on schedule, the file decides.',
  ],
  '76': [
    'failed',
    '银行卡需要先开通支付密码，请在云闪付中处理。',
    'The card must be opened with a password first.',
  ],
  '77': [
    'failed',
    '银行卡未开通此业务，请在云闪付中开通或换卡。',
    'The card is not opened for this business.',
  ],
  '78': ['failed', ask_bank, "The issuer's right is limited."],
  '79': [
    'unknown',
    confirm,
    'Card usable, issuer has no SMS check: tells nothing of the charge; query on schedule.',
  ],
  '80': [
    'failed',
    contract,
    'The token has expired: the contract is asked about with contract.info.',
  ],
  '81': ['failed', '本月扣款次数或金额已达上限。', 'Monthly count or amount exceeded.'],
  '82': ['failed', '这笔交易需要输入密码，无法免密扣款。', 'A password is needed.'],
  '83': ['unknown', confirm, 'The issuer is still processing: query on schedule.'],
  '85': ['failed', '不符合活动规则，没有扣款。', 'Refused by a marketing rule.'],
  '86': ['failed', merchant_side, 'State of the QR code is wrong.'],
  '87': ['failed', merchant_side, 'Count of the QR code exceeded.'],
  '88': ['failed', merchant_side, 'The QR code does not exist.'],
  '89': [
    'failed',
    contract,
    'No such token, or trId or token state invalid: the contract is asked about with contract.info; check the trId.',
  ],
  '90': ['failed', '账户余额不足。', 'Account balance insufficient.'],
  '91': ['failed', '身份认证没有通过，没有扣款。', 'Authentication failed.'],
  '92': [
    'unknown',
    confirm,
    'State of a business licence: tells nothing of the charge; query on schedule.',
  ],
  '93': [
    'unknown',
    confirm,
    'State of a business licence: tells nothing of the charge; query on schedule.',
  ],
  '94': [
    'unknown',
    confirm,
    'State of a business licence: tells nothing of the charge; query on schedule.',
  ],
  '95': [
    'unknown',
    confirm,
    'State of a business licence: tells nothing of the charge; query on schedule.',
  ],
  '96': [
    'unknown',
    confirm,
    'State of a business licence: tells nothing of the charge; query on schedule.',
  ],
  '98': ['unknown', confirm, 'The file does not exist (yet): belongs to file transfer.'],
  '99': [
    'open_at_first',
    '交易失败，稍后可再试。',
    'General error at UnionPay; a query tells whether it was done.',
  ],
} as const satisfies Record<string, readonly [Kind, string, string]>
