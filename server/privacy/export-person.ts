import type { PersonExport } from '../api.ts'
import { readOrderHistory } from '../transactions/store.ts'
import { viewBillDetail } from '../bills/view.ts'
import { listBills } from '../bills/store.ts'
import { listEverBegun, readHistory } from '../contracts/store.ts'
import { viewContract } from '../contracts/view.ts'
import { listAnnounced, listDeliveries } from '../debit-notices/store.ts'
import { viewComing, viewDelivery } from '../debit-notices/view.ts'
import { appendAudit } from '../audit/store.ts'
import { mask } from '../kernel/mask.ts'
import { refundsWithHistory } from '../refunds/routes.ts'
import type { PrivacyContext } from './context.ts'
import { listWallets, type Person } from './store.ts'

const page = 100

/**
 * What this deployment holds about a person, in one document (个人信息保护法, article 45);
 * docs/privacy.md names the few rows that tell them nothing. UnionPay's numbers are masked as on
 * every screen: they open nothing for the reader, and much for a finder.
 */
export async function exportPerson(
  context: PrivacyContext,
  person: Person,
  author: string,
): Promise<PersonExport> {
  const {
    database: { pool },
    cipher,
    catalogue,
    clock,
  } = context
  const wallets = await listWallets(pool, person.user_ref)
  const contracts = await allContracts(context, person.user_ref)
  const announced = await listAnnounced(pool, person.user_ref)
  const deliveries = await listDeliveries(
    pool,
    announced.map(({ id }) => id),
  )
  const bills = await allBills(context, person.user_ref)
  await appendAudit(pool, { author, action: 'person.exported', subject: person.user_ref })
  return {
    exported_at: clock.now().toISOString(),
    user: {
      user_id: person.user_id,
      display_name: person.display_name,
      origin: person.origin,
      known_since: person.created_at.toISOString(),
    },
    wallets: wallets.map(({ open_id_sealed, created_at }) => ({
      open_id_masked: open_id_sealed ? mask(cipher.open(open_id_sealed)) : '',
      known_since: created_at.toISOString(),
    })),
    contracts,
    bills,
    debit_notices: announced.map((one) => ({
      ...viewComing(one, catalogue.find(one.plan_id)),
      withdrawn_at: one.withdrawn_at?.toISOString() ?? null,
      deliveries: (deliveries.get(one.id) ?? []).map(viewDelivery),
    })),
  }
}

async function allContracts(
  context: PrivacyContext,
  user_ref: string,
): Promise<PersonExport['contracts']> {
  const { pool } = context.database
  const contracts: PersonExport['contracts'] = []
  for (const one of await listEverBegun(pool, user_ref)) {
    contracts.push({
      ...viewContract(context, one),
      started_at: one.started_at.toISOString(),
      reason: one.reason,
      unionpay_code: one.unionpay_code,
      history: await readHistory(pool, one.id),
    })
  }
  return contracts
}

async function allBills(
  { database: { pool }, catalogue }: PrivacyContext,
  user_ref: string,
): Promise<PersonExport['bills']> {
  const bills: PersonExport['bills'] = []
  for (let before: string | null = null; ;) {
    const rows = await listBills(pool, { user_ref }, before, page)
    for (const row of rows)
      bills.push(
        viewBillDetail(
          catalogue,
          row,
          await readOrderHistory(pool, row.order_id),
          await refundsWithHistory(pool, row.order_id),
        ),
      )
    before = rows.at(-1)?.order_id ?? null
    if (rows.length < page) return bills
  }
}
