/** How a bridge method answers; the value type of GET /_control/bridge, by method name. */
export type Outcome = 'success' | 'fail' | 'silent' | 'late' | 'twice' | 'ask'
export type ErrorShape = 'errcode' | 'msg' | 'msg_json' | 'code' | 'string'
export type BridgeRule = { outcome: Outcome; shape?: ErrorShape; delay_ms?: number }
export type BridgeRules = Record<string, BridgeRule>

/** The pseudo method that stands for the loading of the bridge itself. */
export const bridgeLoad = 'bridgeLoad'
/** The pseudo method that stands for every call without a rule of its own. */
export const everyCall = 'everyCall'
const usualLoad_ms = 60

/** Milliseconds until the bridge file counts as loaded; null: never. */
export function loadTime(rules: BridgeRules): number | null {
  const rule = rules[bridgeLoad]
  if (rule === undefined || rule.outcome === 'success') return usualLoad_ms
  return rule.outcome === 'late' ? (rule.delay_ms ?? 3000) : null
}

/**
 * How a method answers: by its own rule, by the rule for every call, by the switch for appletAuth,
 * otherwise with success.
 */
export function ruleOf(rules: BridgeRules, method: string, appletAuth: unknown): BridgeRule {
  const silent = method === 'appletAuth' && appletAuth === 'silent'
  return rules[method] ?? rules[everyCall] ?? { outcome: silent ? 'silent' : 'success' }
}

/** Accepts `{rules: {...}}` and the bare map. */
export function rulesFrom(answer: unknown): BridgeRules {
  if (typeof answer !== 'object' || answer === null) return {}
  const inner = (answer as { rules?: unknown }).rules
  return (typeof inner === 'object' && inner !== null ? inner : answer) as BridgeRules
}
