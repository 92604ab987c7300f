/**
 * Fields of UnionPay's messages that say nothing about a person or a key; every other is masked
 * (DESIGN: masked on screens).
 */
const plain = new Set([
  'version',
  'encoding',
  'signMethod',
  'txnType',
  'txnSubType',
  'bizType',
  'accessType',
  'channelType',
  'merId',
  'orderId',
  'txnTime',
  'txnAmt',
  'currencyCode',
  'queryId',
  'origQryId',
  'origOrderId',
  'origTxnTime',
  'origRespCode',
  'origRespMsg',
  'respCode',
  'respMsg',
  'respTime',
  'settleAmt',
  'settleCurrencyCode',
  'settleDate',
  'traceNo',
  'traceTime',
  'exchangeDate',
  'exchangeRate',
  'payType',
  'payCardType',
  'certId',
  'appId',
  'planId',
  'operateTime',
  'operationTime',
  'notifyType',
  'status',
  'timestamp',
])
const mostly_hidden = (text: string): string =>
  text.length <= 4 ? '…' : `${text.slice(0, 4)}… (${text.length})`

/**
 * A stored message, field by field in its own order, fit for a screen. `text` is form-encoded or
 * JSON, as it came.
 */
export function showMessage(text: string): { name: string; value: string; masked: boolean }[] {
  return fieldsOf(text).map(([name, value]) =>
    plain.has(name)
      ? { name, value, masked: false }
      : { name, value: mostly_hidden(value), masked: true },
  )
}

/** The fields of a stored message as they came; nothing is masked. */
export function fieldsOf(text: string): [string, string][] {
  if (!text.trimStart().startsWith('{')) return [...new URLSearchParams(text)]
  try {
    return Object.entries(JSON.parse(text) as Record<string, unknown>).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ])
  } catch {
    return [['(unreadable)', text]]
  }
}
