import { createHash } from 'node:crypto'
import type { BreakResolutionView, BreakView, StatementView } from '../../server/api.ts'
import { applyDay } from '../../server/reconciliation/apply-day.ts'
import type { ReconciliationContext } from '../../server/reconciliation/context.ts'
import { runFetch, claimFetch } from '../../server/reconciliation/fetch-statement.ts'
import { reconcileStatement } from '../../server/reconciliation/reconcile-statement.ts'
import { openSpool } from '../../server/unionpay/gateway/spool.ts'
import {
  fileOf,
  type FetchedStatement,
  type StatementFile,
} from '../../server/unionpay/statements.ts'
import { createMerchant, retail, startChargingWorld } from './charging.ts'
import { zmLine } from './statement-file.ts'

const never = new AbortController().signal
const fee_basis_points = 38
const today_id = '01TODAY0000000000000000000'
const tomorrow_id = '01TOMORROW0000000000000000'

/**
 * The whole product, with orders in the states of a day's end and statements that the test writes;
 * no job runs.
 */
export async function startReconcilingWorld() {
  const world = await startChargingWorld({
    jobs: false,
    env: { MERCHANT_FEES: `${retail}:${fee_basis_points}` },
  })
  const { pool } = world.database
  const reader = createMerchant(world.url, await world.key(['read', 'resolve', 'charge', 'refund']))
  const signed = await world.signed()
  let answer: () => Promise<FetchedStatement> = async () => ({
    kind: 'no_file',
    why: '98 文件不存在',
  })
  const context: ReconciliationContext = {
    ...world.app.reconciliation,
    statements: { merchants: [retail], fetch: () => answer() },
  }
  /** the clearing day of charges made now */
  const day = (): string =>
    new Date(context.charges.clock.now().getTime() + 9 * 3_600_000).toISOString().slice(0, 10)
  const tomorrow = (): string => new Date(Date.parse(day()) + 86_400_000).toISOString().slice(0, 10)
  const open = async (zip: Buffer): Promise<StatementFile> => {
    const spool = await openSpool(`${world.settings.data_dir}/statements`, 1e9)
    await spool.append(zip)
    return fileOf(spool, createHash('sha256').update(zip).digest('hex'), retail)
  }
  return {
    ...world,
    pool,
    reader,
    context,
    day,
    tomorrow,
    /** moves the orders of earlier tests to another day, and clears the statements */
    async reset(): Promise<void> {
      await pool.query(`delete from reconciliation_history; delete from reconciliation_breaks; delete from statements;
        update charges set settle_on = '2020-01-01'; update refunds set settle_on = '2020-01-01'`)
    },
    /** a charge in its state at the end of the day: paid, failed, or waiting for the statement */
    async charge(state: 'succeeded' | 'pending' | 'failed', amount_fen = 350) {
      const { order_id } = await world.merchant.charge(signed.want(amount_fen))
      await world.merchant.settled(order_id) // notifications arrive before the day is arranged
      const stands = {
        succeeded: `settle_on = '${day()}'`,
        failed: `settle_on = null, reason = 'declined'`,
        pending: `settled_at = null, settle_on = null, query_id = null, waits_for = 'statement', due_at = business_now() + interval '3 days'`,
      }
      await pool.query(`update charges set state = $2, ${stands[state]} where order_id = $1`, [
        order_id,
        state,
      ])
      return { order_id, amount_fen }
    },
    /** today's statement is due, and UnionPay returns this file; without a zip it returns none */
    async fetchStatement(zip: Buffer | null, author: string | null = null) {
      answer = async () =>
        zip ? { kind: 'file', file: await open(zip) } : { kind: 'no_file', why: '98 文件不存在' }
      await pool.query(
        `insert into statements (id, merchant_no, day, due_at, give_up_at) values ($1, $2, $3, business_now(), business_now() + interval '3 days')
        on conflict (merchant_no, day) do update set due_at = business_now()`,
        [today_id, retail, day()],
      )
      const taken = await claimFetch(context, null, author)
      if (!taken) throw new Error('nothing is due')
      const result = await runFetch(context, taken, never)
      return {
        ...result,
        statement: (await reader.call<StatementView>('GET', `/v1/statements/${today_id}`)).view,
      }
    },
    /** the same by hand: compared, and repaired where the statement leaves no doubt */
    async apply(zip: Buffer) {
      answer = async () => ({ kind: 'file', file: await open(zip) })
      return applyDay(context, retail, day(), 'carl')
    },
    /** the file of the next day, or of a later one; `null` target: a preview */
    async nextDay(zip: Buffer, preview = false, on = tomorrow()) {
      await pool.query(
        `insert into statements (id, merchant_no, day, give_up_at) values ($1, $2, $3, business_now()) on conflict do nothing`,
        [tomorrow_id, retail, on],
      )
      const file = await open(zip)
      try {
        return await reconcileStatement(
          context,
          retail,
          on,
          file,
          preview ? null : { statement_id: tomorrow_id, run: 'tomorrow' },
          never,
        )
      } finally {
        await file.close()
      }
    },
    breaks: async (query = ''): Promise<BreakView[]> =>
      (
        await reader.call<{ breaks: BreakView[] }>(
          'GET',
          `/v1/statements/${today_id}/breaks${query}`,
        )
      ).view.breaks,
    resolve: (
      found: BreakView | undefined,
      body: Record<string, unknown>,
    ): Promise<BreakResolutionView> =>
      reader
        .call<BreakResolutionView>('POST', `/v1/breaks/${found?.id}/resolution`, {
          author: '李会计',
          note: 'checked with UnionPay',
          ...body,
        })
        .then(({ view }) => view),
  }
}

export type ReconcilingWorld = Awaited<ReturnType<typeof startReconcilingWorld>>

/** UnionPay's fee for a charge, as agreed. */
export const feeOf = (amount_fen: number): number =>
  Math.round((amount_fen * fee_basis_points) / 10_000)

/** The correct line of an order. */
export const lineOf = (
  order: { order_id: string; amount_fen: number },
  more: Parameters<typeof zmLine>[0] = {},
): Buffer =>
  zmLine({
    order_id: order.order_id,
    amount_fen: order.amount_fen,
    fee_fen: feeOf(order.amount_fen),
    ...more,
  })
