import type { ComingDebitView, DebitNoticeView } from '../api.ts'
import type { Plan } from '../plans/plan.ts'
import type { DebitNotice, Delivery } from './debit-notice.ts'
import type { ComingDebit } from './store.ts'

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

export const viewDelivery = ({
  channel,
  proof,
  delivered_at,
}: Delivery): DebitNoticeView['deliveries'][number] => ({
  channel,
  proof,
  delivered_at: delivered_at.toISOString(),
})

export const viewNotice = (
  notice: DebitNotice,
  deliveries: readonly Delivery[],
): DebitNoticeView => ({
  id: notice.id,
  contract: notice.contract_ref,
  kind: notice.kind,
  amount_fen: notice.amount_fen,
  previous_amount_fen: notice.previous_amount_fen,
  debit_on: notice.debit_on,
  description: notice.description,
  way_to_cancel: notice.way_to_cancel,
  announced_at: notice.announced_at.toISOString(),
  withdrawn_at: iso(notice.withdrawn_at),
  deliveries: deliveries.map(viewDelivery),
})

export const viewComing = (coming: ComingDebit, plan: Plan | undefined): ComingDebitView => ({
  id: coming.id,
  contract: coming.contract_ref,
  kind: coming.kind,
  amount_fen: coming.amount_fen,
  previous_amount_fen: coming.previous_amount_fen,
  debit_on: coming.debit_on,
  description: coming.description,
  way_to_cancel: coming.way_to_cancel,
  announced_at: coming.announced_at.toISOString(),
  plan_id: coming.plan_id,
  plan_title: plan?.title ?? coming.plan_id,
})
