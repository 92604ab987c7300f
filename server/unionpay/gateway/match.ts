import type { Fields } from './message.ts'

/** What a message about an order of ours must say (ACP §5, §6). Amounts in fen. */
export type Expected = {
  merId: string
  orderId: string
  txnTime: string
  txnType: string
  txnAmt: string
  currencyCode: string
}
export type Mismatch = { field: keyof Expected; expected: string; found: string | null }

const identity = ['merId', 'orderId', 'txnTime', 'txnType'] as const
const money = ['txnAmt', 'currencyCode'] as const

/**
 * Where a verified message differs from the order: signed by UnionPay is not enough, it must be
 * about this order. Who the order is must always be there; with `money: 'required'` also the
 * amount, which a refusal may leave out. `any_type`: a query that finds nothing answers with
 * another txnType (ACP §6.1).
 */
export function findMismatches(
  fields: Fields,
  expected: Expected,
  rule: { money: 'required' | 'if_present'; any_type?: boolean },
): Mismatch[] {
  const required: readonly string[] = rule.money === 'required' ? [...identity, ...money] : identity
  const compared = [...identity, ...money].filter((name) => !(rule.any_type && name === 'txnType'))
  return compared
    .filter((name) => {
      const found = fields[name]
      if (found === undefined || found === '') return required.includes(name)
      return name === 'txnAmt' ? !isSameAmount(found, expected.txnAmt) : found !== expected[name]
    })
    .map((name) => ({ field: name, expected: expected[name], found: fields[name] ?? null }))
}

/** Old gateways pad amounts with zeros (ACP §9). */
function isSameAmount(found: string, expected: string): boolean {
  return /^\d{1,12}$/.test(found) && found.replace(/^0+(?=\d)/, '') === expected
}
