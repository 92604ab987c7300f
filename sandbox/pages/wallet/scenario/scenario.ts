import type { Appearance } from '../../bridge/messages.ts'
import type { BridgeRules } from '../../bridge/rules.ts'
import type { GatewayRule } from '../gateway-state.ts'
import type { Card, FaultRule, Settings } from '../wallet-state.ts'

export type ScenarioStep =
  | { open: string }
  | { buy: string; amount_fen?: number }
  | { advance_ms: number }

/** A situation that can be shared as a link: the user, the phone, the rules, and the steps. */
export type Scenario = {
  name: string
  user_id?: string
  device?: string
  text_scale?: number
  appearance?: Appearance
  settings?: Settings
  cards?: Card[]
  gateway_rules?: Omit<GatewayRule, 'id' | 'played'>[]
  rules?: Omit<FaultRule, 'id'>[]
  bridge?: BridgeRules
  steps?: ScenarioStep[]
}

const mark = '#scenario='

/** The link carries the whole scenario in its fragment, which no server receives. */
export function linkTo(scenario: Scenario): string {
  const bytes = new TextEncoder().encode(JSON.stringify(scenario))
  const text = btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
  return `${location.origin}${location.pathname}${mark}${text}`
}

/** Null when the fragment is no scenario or cannot be read. */
export function readScenario(fragment: string): Scenario | null {
  if (!fragment.startsWith(mark)) return null
  try {
    const bytes = Uint8Array.from(
      atob(fragment.slice(mark.length).replaceAll('-', '+').replaceAll('_', '/')),
      (letter) => letter.charCodeAt(0),
    )
    const read = JSON.parse(new TextDecoder().decode(bytes)) as Partial<Scenario> | null
    return typeof read?.name === 'string' ? (read as Scenario) : null
  } catch {
    return null
  }
}
