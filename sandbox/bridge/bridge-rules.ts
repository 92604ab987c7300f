import { Type, type Static } from 'typebox'
import type { StoredValues } from '../store/stored-values.ts'

/** What a bridge method does in the sandbox's upsdk.js; methods that are not listed succeed. */
export const BridgeRulesSchema = Type.Record(
  Type.String({ pattern: '^[A-Za-z_]{1,64}$' }),
  Type.Object(
    {
      outcome: Type.Enum(['success', 'fail', 'silent', 'late', 'twice', 'ask']),
      shape: Type.Optional(Type.Enum(['errcode', 'msg', 'msg_json', 'code', 'string'])),
      delay_ms: Type.Optional(Type.Integer({ minimum: 0, maximum: 600_000 })),
    },
    { additionalProperties: false },
  ),
  { additionalProperties: false },
)
export type BridgeRuleTable = Static<typeof BridgeRulesSchema>

export type BridgeRules = { read(): BridgeRuleTable; replaceAll(table: BridgeRuleTable): void }

const stored_as = 'bridge_rules'

export function createBridgeRules(values: StoredValues): BridgeRules {
  return {
    read: () => JSON.parse(values.read(stored_as) ?? '{}') as BridgeRuleTable,
    replaceAll: (table) => values.write(stored_as, JSON.stringify(table)),
  }
}
