import { batchersOf, type ChargesContext } from '../charges/context.ts'
import { paceOf } from '../transactions/query-slots.ts'
import { sends_at_once, createSendGate } from '../transactions/send-once.ts'
import { readUsedToday, unfinishedCharges } from '../charges/store.ts'
import type { ContractsContext } from '../contracts/context.ts'
import { infoPauseOf } from '../contracts/ask-contract-info.ts'
import type { DebitNoticesContext } from '../debit-notices/context.ts'
import { reconciliationContext } from '../reconciliation/context.ts'
import type { SignInContext } from '../sign-in/context.ts'
import { openWebhooks } from '../webhooks/open.ts'
import type { Parts } from './open-parts.ts'
import type { World } from './world.ts'

export type Contexts = ReturnType<typeof contextsOf>

/** What the use cases of each noun work with. */
export function contextsOf({ settings, database, real_clock, random, log }: World, parts: Parts) {
  const { clock, catalogue, cipher, metrics, platform, payments, statements } = parts
  const kernel = { database, cipher, clock, random, log }
  const pages = {
    open_url: settings.unionpay_open_url,
    app_id: settings.unionpay_app_id,
    encode_redirect_uri: settings.encode_redirect_uri,
  }
  const signing = { ...kernel, call: platform.call, pages, public_url: settings.public_url }
  const sign_in: SignInContext = {
    ...signing,
    real_clock,
    ticket_secret: new TextEncoder().encode(settings.ticket_secret),
  }
  const contracts: ContractsContext = {
    ...signing,
    catalogue,
    info_pause_s: infoPauseOf(settings.unionpay_timeout_ms),
    sweep_interval_s: settings.sweep_hours * 3600,
    unfinishedCharges: (contract_id) => unfinishedCharges(database.pool, contract_id),
    usedToday: (contract_id) => readUsedToday(database.pool, contract_id),
  }
  const pace = paceOf(settings)
  const charges: ChargesContext = {
    ...kernel,
    ...batchersOf(database, pace),
    catalogue,
    payments,
    watch: metrics.orders(clock),
    gate: createSendGate(sends_at_once),
    wait_ms: settings.charge_wait_ms,
    pace,
    clearing_day_ends: settings.clearing_day_ends,
    refund_window_days: settings.refund_window_days,
    debit_notice_rule: settings.debit_notice_rule,
  }
  const debit_notices: DebitNoticesContext = { database, clock, random, catalogue }
  const reconciliation = reconciliationContext(charges, statements, settings)
  const webhooks = openWebhooks({ ...kernel, real_clock, catalogue }, settings)
  return { sign_in, contracts, charges, debit_notices, reconciliation, webhooks }
}
