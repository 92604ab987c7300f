import { beijingDay, clearingDay } from '../../sandbox/gateway/clearing-day.ts'
import type { Order } from '../../sandbox/gateway/order.ts'
import type { Plant } from '../../sandbox/statements/plants.ts'
import { runFetch, claimFetch } from '../../server/reconciliation/fetch-statement.ts'
import type { Action } from './plan.ts'
import type { Simulation } from './world.ts'
import { runJob } from './background-jobs.ts'

const day_ms = 86_400_000
/**
 * The Beijing time at which UnionPay's files become available, with a margin for the processes to
 * fetch.
 */
const morning_ms = (9 * 60 + 5) * 60_000 - 8 * 3_600_000
const nextMorning = (now_ms: number): number =>
  now_ms - ((((now_ms - morning_ms) % day_ms) + day_ms) % day_ms) + day_ms

/**
 * Errors in UnionPay's file, in words. The first four concern a whole file, and disappear when it
 * is re-issued.
 */
export const misprints = [
  'late',
  'empty',
  'malformed',
  'garbage',
  'drop',
  'drop',
  'duplicate',
  'amount',
  'fee',
  'settled',
  'state',
  'state',
  'invent',
  'adjustment',
  'reissue',
  'reissue',
] as const

function plantOf(
  kind: (typeof misprints)[number],
  day: string,
  order: Order | undefined,
  made_on: string,
  c: number,
): Plant | null {
  if (kind === 'late' || kind === 'empty' || kind === 'malformed' || kind === 'garbage')
    return { kind, day }
  if (kind === 'invent') return { kind, amount_fen: 7_000 + c, day }
  if (kind === 'reissue' || !order) return null
  const { order_id, amount_fen } = order
  if (kind === 'amount') return { kind, order_id, amount_fen: amount_fen + 1 + c }
  if (kind === 'fee')
    return order.kind === 'charge'
      ? { kind, order_id, fee_fen: Math.round(amount_fen * 0.0038) + 5 + c }
      : null
  if (kind === 'settled') return { kind, order_id, settled_fen: amount_fen + 1 + c }
  // no statement of a day names an order that was made after it
  return kind !== 'state' ? { kind, order_id } : made_on <= day ? { kind, order_id, day } : null
}

/** The actions of UnionPay's statements. */
export const statements = {
  /** The file of the previous day is available, and both processes fetch it at once. */
  morning(world: Simulation, { faults }: Action) {
    return {
      words: 'the next morning: both processes look for statements',
      async work() {
        await world.advance(
          nextMorning(world.environment.clock.nowMs()) - world.environment.clock.nowMs(),
        )
        for (const number of [0, 1]) {
          const shop = world.there(number)
          const job = shop?.app.jobs.find(({ name }) => name === 'fetch-statements')
          if (shop && job)
            await world.turns.begin('a statement', number === 0 ? faults : [], () =>
              runJob(job, shop),
            )
        }
      },
    }
  },
  /** UnionPay's file of today or yesterday becomes wrong, or all of them become right again. */
  misprint(world: Simulation, { a, b, c }: Action) {
    const { parts, clock } = world.environment
    const dayOf = (at_ms: number): string =>
      clearingDay(at_ms, parts.switches.read().clearing_day_ends)
    const today = dayOf(clock.nowMs())
    const day = c % 2 === 0 ? today : beijingDay(Date.parse(today) - day_ms)
    const kind = misprints[b % misprints.length] ?? 'late'
    const orders = parts.orders.latest(50)
    const order = orders[a % Math.max(1, orders.length)]
    const plant = plantOf(kind, day, order, order ? dayOf(order.received_at) : today, c)
    if (kind !== 'reissue' && !plant) return null
    return {
      words: plant
        ? `UnionPay’s statement of ${plant.day ?? 'any day'} will be wrong: ${kind}`
        : 'UnionPay re-issues its statements, without mistakes',
      async work() {
        world.misprinted = true
        parts.plants.replaceAll(plant ? [...parts.plants.all(), plant] : [])
      },
    }
  },
}

/**
 * UnionPay re-issues what hides a payment: whole files, and omitted lines of orders that it
 * reported as failed. All other errors stay: reconciliation must name them. Then an operator
 * fetches every day again.
 */
export async function reissue(world: Simulation, failed_here: ReadonlySet<string>): Promise<void> {
  const { plants } = world.environment.parts
  plants.replaceAll(
    plants
      .all()
      .filter(
        (plant) =>
          !['late', 'empty', 'malformed', 'garbage'].includes(plant.kind) &&
          !(plant.kind === 'drop' && failed_here.has(plant.order_id)),
      ),
  )
  if (world.misprinted) await fetchAgain(world)
}

/**
 * An operator fetches and compares statements again, as `npx wugan reconcile` does: all of them, or
 * those of some days.
 */
export async function fetchAgain(
  world: Simulation,
  days: readonly string[] | null = null,
): Promise<void> {
  const { reconciliation } = (await world.process(0)).app
  const { rows } = await world.environment.lines.look.query<{ id: string; day: string }>(
    'select id, day from statements where $1::date[] is null or day = any($1) order by day',
    [days],
  )
  for (const { id, day } of rows) {
    const fetch_job = await claimFetch(reconciliation, id, 'Dee')
    const done =
      fetch_job && (await runFetch(reconciliation, fetch_job, new AbortController().signal))
    if (done?.compared == null)
      world.breaches.push({
        rule: 'every statement is compared',
        what: `${day}: ${done?.problem ?? 'somebody has it'}`,
      })
  }
}
