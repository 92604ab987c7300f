/**
 * A respCode with its message. The seven digits in brackets are the inner code (acp-gateway §4.1).
 */
export type Result = { resp_code: string; resp_msg: string }

const sentences: Readonly<Record<string, string>> = {
  '00': '成功',
  A6: '有缺陷的成功',
  '01': '交易失败，详情请咨询95516',
  '02': '系统未开放或暂时关闭',
  '03': '交易通讯超时，请发起查询交易',
  '04': '交易状态未明，请查询对账结果',
  '05': '交易已受理，请稍后查询交易结果',
  '06': '系统繁忙，请稍后再试',
  '10': '报文格式错误',
  '11': '验证签名失败',
  '12': '重复交易',
  '13': '报文交易要素缺失',
  '30': '交易未通过，请尝试使用其他银联卡支付',
  '31': '商户状态不正确',
  '32': '无此交易权限',
  '33': '交易金额超限',
  '34': '查无此交易',
  '35': '原交易不存在或状态不正确',
  '36': '与原交易信息不符',
  '37': '已超过最大查询次数或操作过于频繁',
  '38': '银联风险受限',
  '39': '交易不在受理时间范围内',
  '42': '扣款成功但交易超过规定支付时间',
  '43': '无此业务权限',
  '44': '输入号码错误或暂未开通此项业务',
  '45': '原交易已被成功退货或已被成功撤销',
  '60': '交易失败，详情请咨询您的发卡行',
  '61': '输入的卡号无效',
  '62': '发卡银行不支持该商户',
  '63': '卡状态不正确',
  '64': '卡上的余额不足',
  '68': '您的银行卡暂不支持该业务',
  '72': '持卡人未开通银联无卡支付',
  '73': '支付卡已超过有效期',
  '78': '发卡行交易权限受限',
  '80': 'Token 已过期',
  '81': '月累计交易笔数或金额超限',
  '89': 'Token 号不存在，或 TR、Token 状态不合法',
  '99': '通用错误',
}

/**
 * The origin of a refusal, in the inner code: format, signature, rights, contract, original, money,
 * other.
 */
const origins = {
  success: '0000000',
  format: '6100030',
  signature: '9100004',
  right: '2040004',
  contract: '3030009',
  original: '2050004',
  card: '1000051',
  frequency: '5009137',
  other: '9999999',
}

/** `detail` names the field or the reason; without it the message comes from the table. */
export function result(
  resp_code: string,
  detail = '',
  origin: keyof typeof origins = resp_code === '00' ? 'success' : 'other',
): Result {
  const sentence = sentences[resp_code] ?? '未知应答'
  return {
    resp_code,
    resp_msg: `${sentence}${detail === '' ? '' : `：${detail}`}[${origins[origin]}]`,
  }
}

/** The codes of a settled transaction that mean paid (acp-gateway §4.2). */
export const meansPaid = (resp_code: string): boolean => resp_code === '00' || resp_code === 'A6'
