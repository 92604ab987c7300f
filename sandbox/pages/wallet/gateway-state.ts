import { reactive, watch } from 'vue'
import { read } from '../request.ts'
import { journal } from './journal/journal.ts'
import type { NoticeView } from './shop/purchases.ts'

export type GatewayEffect = {
  kind: string
  resp?: string
  ms?: number
  outcome?: string
  notice?: string
  answer?: string
  late_failure?: { after_ms: number; resp: string }
}
export type GatewayRule = {
  id: string
  played: number
  times?: number
  match?: {
    amount_fen?: number
    contract_id?: string
    order_id?: string | string[]
    transaction?: string
  }
  effect?: GatewayEffect
  script?: GatewayEffect[]
}
export type LedgerEntry = {
  kind: string
  order_id: string
  merchant: string
  amount_fen: number
  advanced: boolean
  booked_at: string
  clearing_day: string
  card: { bank: string; last4: string } | null
}

/** The gateway's rules, ledger and pending notifications, read from the control API. */
export const gateway = reactive({
  rules: [] as GatewayRule[],
  ledger: [] as LedgerEntry[],
  notices: [] as NoticeView[],
})

export async function readGateway(): Promise<void> {
  const [rules, ledger, notices] = await Promise.all([
    read<{ rules: GatewayRule[] }>('/_control/gateway/rules'),
    read<{ entries: LedgerEntry[] }>('/_control/ledger'),
    read<{ notices: NoticeView[] }>('/_control/gateway/notifications'),
  ])
  Object.assign(gateway, {
    rules: rules.rules,
    ledger: ledger.entries.reverse(),
    notices: notices.notices,
  })
}

/** Reloads whenever a message has passed. Returns a function that stops it. */
export function followGateway(): () => void {
  const look = () => void readGateway().catch(() => undefined) // the page's problem line already reports that the sandbox does not answer
  look()
  return watch(() => journal.entries[0]?.seq, look)
}
