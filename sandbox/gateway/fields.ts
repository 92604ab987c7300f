/** One row of a transaction's field table: the form of the field, and whether it is required. */
export type Field = {
  name: string
  required: boolean
  maxLength: number
  form: RegExp
  formText: string
}

const field = (name: string, maxLength: number, form: RegExp, formText: string): Field => ({
  name,
  required: true,
  maxLength,
  form,
  formText,
})
const digits = (name: string, length: number): Field =>
  field(name, length, new RegExp(`^\\d{${length}}$`), ` ${length} 位数字`)
export const constant = (name: string, value: string): Field =>
  field(name, value.length, new RegExp(`^${value}$`), ` ${value}`)
const text = (name: string, maxLength: number): Field =>
  field(name, maxLength, /^[^\r\n]+$/, '文本')
const letters = (name: string, maxLength: number, form: RegExp): Field =>
  field(name, maxLength, form, '字母或数字，长度符合规范')

export const optional = (one: Field): Field => ({ ...one, required: false })

/**
 * Every field of the requests the gateway reads: types and lengths from acp-gateway §3.6, §6.1, §7,
 * §9.
 */
export const fields = {
  version: field('version', 5, /^5\.(1\.0|0\.[01])$/, ' 5.1.0'),
  encoding: field('encoding', 20, /^utf-8$/i, ' UTF-8'),
  certId: field('certId', 128, /^\d+$/, '十进制数字'),
  signature: field('signature', 1_024, /^[0-9A-Za-z+/=]+$/, ' Base64 或十六进制文本'),
  signMethod: field('signMethod', 2, /^(01|11|12|21)$/, ' 01、11、12 或 21'),
  txnType: digits('txnType', 2),
  txnSubType: digits('txnSubType', 2),
  bizType: digits('bizType', 6),
  channelType: field('channelType', 2, /^0[78]$/, ' 07 或 08'),
  accessType: field('accessType', 1, /^[012]$/, ' 0、1 或 2'),
  merId: letters('merId', 15, /^[0-9A-Za-z]{15}$/),
  // 40 in the newer tables, 32 in the statement's column (§9): both are accepted
  orderId: letters('orderId', 32, /^[0-9A-Za-z]{8,}$/),
  txnTime: field(
    'txnTime',
    14,
    /^20\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])[0-5]\d[0-5]\d$/,
    ' YYYYMMDDhhmmss',
  ),
  txnAmt: field('txnAmt', 12, /^[1-9]\d*$/, '以分为单位的整数，无前导零'),
  currencyCode: constant('currencyCode', '156'),
  backUrl: field('backUrl', 256, /^https?:\/\/\S+$/, ' http(s) 地址'),
  contractId: letters('contractId', 64, /^[0-9A-Za-z]+$/),
  accType: constant('accType', '01'),
  frontUrl: field('frontUrl', 256, /^https?:\/\/\S+$/, ' http(s) 地址'),
  tokenPayData: field('tokenPayData', 1_024, /^\{.+\}$/, ' {k=v&k=v}'),
  origQryId: letters('origQryId', 21, /^[0-9A-Za-z]{21}$/),
  origOrderId: letters('origOrderId', 32, /^[0-9A-Za-z]{8,}$/),
  origTxnTime: field('origTxnTime', 14, /^\d{14}$/, ' YYYYMMDDhhmmss'),
  queryId: letters('queryId', 21, /^[0-9A-Za-z]{21}$/),
  certType: constant('certType', '01'),
  settleDate: field('settleDate', 4, /^(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/, ' MMDD'),
  reqReserved: text('reqReserved', 1_024),
  reserved: text('reserved', 2_048),
  orderDesc: text('orderDesc', 32),
  subMerId: letters('subMerId', 15, /^[0-9A-Za-z]{5,}$/),
  subMerName: text('subMerName', 40),
  subMerAbbr: text('subMerAbbr', 16),
  acqInsCode: letters('acqInsCode', 11, /^\d{8,}$/),
  merCatCode: digits('merCatCode', 4),
  merName: text('merName', 40),
  merAbbr: text('merAbbr', 16),
  termId: letters('termId', 8, /^[0-9A-Za-z]{8}$/),
  customerIp: text('customerIp', 40),
}

/** The fields that every request carries; they are checked first. */
export const envelopeFields: readonly Field[] = [
  fields.version,
  fields.encoding,
  fields.signMethod,
  fields.signature,
  fields.txnType,
  fields.txnSubType,
  fields.bizType,
  fields.accessType,
  fields.merId,
  fields.txnTime,
]

/** The fields that every money transaction may carry besides its own. */
export const passedOn: readonly Field[] = [
  fields.reqReserved,
  fields.reserved,
  fields.orderDesc,
  fields.subMerId,
  fields.subMerName,
  fields.subMerAbbr,
  fields.acqInsCode,
  fields.merCatCode,
  fields.merName,
  fields.merAbbr,
  fields.termId,
  fields.customerIp,
].map(optional)
