/** What code owns and a profile must not set (ACP §3.3, rule 3). */
export const owned: readonly string[] = [
  'version',
  'encoding',
  'signature',
  'signMethod',
  'certId',
  'merId',
  'accessType',
  'orderId',
  'txnTime',
  'txnAmt',
  'currencyCode',
  'backUrl',
  'txnType',
  'txnSubType',
  'bizType',
  'channelType',
]

/**
 * A 无感 charge has nobody to type a code or a card number: only a profile marked `attended` may
 * send these (rule 6).
 */
export const attended_only: readonly string[] = ['customerInfo', 'smsCode', 'accNo']

/** The addresses of the gateway that take transactions (ACP §1). */
export const paths: readonly string[] = [
  'backTransReq',
  'queryTrans',
  'frontTransReq',
  'appTransReq',
  'cardTransReq',
  'batchTrans',
].map((name) => `/gateway/api/${name}.do`)

const lengths: Readonly<Record<string, number>> = {
  tokenPayData: 1024,
  reserved: 2048,
  reqReserved: 1024,
  customerInfo: 1024,
  accNo: 1024,
  orderDesc: 32,
  accType: 2,
  termId: 8,
  ctrlRule: 32,
  acqInsCode: 11,
  merCatCode: 4,
  subMerId: 15,
  subMerName: 40,
  subMerAbbr: 16,
  merName: 40,
  merAbbr: 16,
}

/**
 * The longest value of a field in characters (ACP §3.6); a field the tables do not name gets 1024.
 */
export const longest = (field: string): number => lengths[field] ?? 1024
