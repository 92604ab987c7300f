import { Type, type Static } from 'typebox'
import type { KeptValues } from '../store/kept-values.ts'

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

const kept = 'bridge_rules'

export function createBridgeRules(values: KeptValues): BridgeRules {
  return {
    read: () => JSON.parse(values.read(kept) ?? '{}') as BridgeRuleTable,
    replaceAll: (table) => values.write(kept, JSON.stringify(table)),
  }
}
