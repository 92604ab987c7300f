import { reactive } from 'vue'
import { rulesFrom } from '../bridge/rules.ts'
import { read, send } from '../request.ts'

export type Card = {
  bank: string
  kind: 'debit' | 'credit'
  last4: string
  balance_fen?: number
  refuses?: string
}
export type WalletUser = { user_id: string; name: string; mobile: string; cards: Card[] }
export type WalletContract = {
  contract_id: string
  payee: string
  title: string
  signed_at: string
  status: string
  single_limit_fen: number
  daily_limit_fen: number
  user_may_terminate: boolean
}
export type Settings = Record<string, string | number | boolean>
export type FaultRule = {
  id: string
  interface: string
  effect: { kind: string; resp?: string; ms?: number }
  times_left?: number | null
  match?: Record<string, string>
}
export type MerchantRecord = {
  merchant: string
  violations: number
  last_order_id: string | null
  last_reason: string | null
  last_at: string | null
  blacklisted_at: string | null
}
export type WalletView = {
  user: WalletUser
  users: WalletUser[]
  contracts: WalletContract[]
  h5_url: string
  settings: Settings
  clock: { now: string; offset_ms: number }
  gateway: { merchants: MerchantRecord[] }
}

/** The state of the whole page; the sandbox program is its source. */
export const wallet = reactive({
  view: null as WalletView | null,
  rules: [] as FaultRule[],
  bridge: rulesFrom({}),
  /** the sandbox's clock when it was read, and that moment on this page's own time line */
  clock_ms: 0,
  read_at_ms: 0,
  problem: '',
})

export const isActive = (contract: WalletContract): boolean => contract.status === 'signed'

function listOf<T>(answer: unknown, name: string): T[] {
  if (Array.isArray(answer)) return answer as T[]
  const inner = (answer as Record<string, unknown> | null)?.[name]
  return Array.isArray(inner) ? (inner as T[]) : []
}

/** Loads everything again; called at start, after every change and when the journal moves. */
export async function refresh(): Promise<void> {
  try {
    const [view, rules, bridge] = await Promise.all([
      read<WalletView>('/_pages/wallet'),
      read<unknown>('/_control/rules'),
      read<unknown>('/_control/bridge'),
    ])
    wallet.view = view
    wallet.rules = listOf<FaultRule>(rules, 'rules')
    wallet.bridge = rulesFrom(bridge)
    wallet.clock_ms = new Date(view.clock.now).getTime()
    wallet.read_at_ms = performance.now()
    wallet.problem = ''
  } catch (reason) {
    wallet.problem = (reason as Error).message
  }
}

/**
 * Sends a change to the sandbox, then loads everything again. A refusal is shown in the page's
 * problem line.
 */
export async function change<T>(
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<T | null> {
  try {
    const answer = await send<T>(method, path, body)
    await refresh()
    return answer
  } catch (reason) {
    wallet.problem = (reason as Error).message
    return null
  }
}

export const changeSettings = (partial: Settings) => change('PATCH', '/_control/settings', partial)
