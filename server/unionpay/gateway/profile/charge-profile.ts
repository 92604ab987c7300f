import { createHash } from 'node:crypto'

/** What a template may name besides the contract number (ACP §3.3). */
export const value_names = ['tr_id', 'plan_id', 'open_id', 'app_id'] as const
export type ValueName = (typeof value_names)[number]
/** What the order brings: what the payer pays for, and the address of the page. */
export const order_names = ['description', 'front_url'] as const
export type OrderName = (typeof order_names)[number]
export const placeholders: readonly string[] = ['contract_id', ...order_names, ...value_names]

export type Codes = { txnType: string; txnSubType: string; bizType: string; channelType: string }

/**
 * How a contract is charged, as text that code only fills in (ACP §3.3): one public client states
 * the message, unconfirmed, so the merchant's own document decides. Spelt as in the JSON file.
 */
export type ChargeProfile = Codes & {
  name: string
  description?: string
  path: string
  contractId: { encoding: 'raw' | 'base64'; pattern: string }
  fields: Readonly<Record<string, string>>
  values: Readonly<Partial<Record<ValueName, { from: 'setting' | 'contract'; pattern: string }>>>
  query: { bizType: string }
  refund: Codes
  cancel: ({ enabled: true } & Codes) | { enabled: false }
  attended?: boolean
  confirmedByUnionPay?: boolean
}

/**
 * Identifies what a profile says: kept with each charge, so that its query and refund use the codes
 * it was made with.
 */
export function profileDigest(profile: ChargeProfile): string {
  const { description: _text, confirmedByUnionPay: _mark, ...said } = profile
  return createHash('sha256').update(canonicalJson(said)).digest('hex')
}

/** JSON with sorted keys and no blanks. */
function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return JSON.stringify(value)
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`
}
