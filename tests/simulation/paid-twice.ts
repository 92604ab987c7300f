import { sendPaymentProbe } from '../../sandbox/gateway/probe.ts'
import type { Order } from '../../sandbox/gateway/order.ts'
import type { RefundView } from '../../server/api.ts'
import { paidOrders, readOrders, type Row } from './books.ts'
import { passMinutes } from './quiesce.ts'
import { ask, newIntent, pick, send } from './merchant.ts'
import type { Action } from './plan.ts'
import type { Intent, Simulation } from './world.ts'

/** When UnionPay books the charge that it reported as declined. */
const booked_after_ms = [400_000, 20_000, 2_000_000, 400_000]

export const paidTwice = {
  /**
   * UnionPay reports a charge as declined, the merchant tries its order again, and then UnionPay
   * books the first one too. It reports that in an answer, or in a notification the next time this
   * action runs.
   */
  twice(world: Simulation, { process, a, b, c }: Action) {
    const before = world.to_be_declined.shift()
    if (before)
      return {
        words: `${before.merchant_order_no} is notified as declined, and tried again`,
        async work() {
          const first = callFailed(world, before)
          if (!first) return
          await sendPaymentProbe(world.environment.parts, {
            order_id: first.order_id,
            resp_code: '64',
          })
          await tryAgain(world, process, before)
        },
      }
    const contract = pick(world.contracts, a)
    if (!contract) return null
    const intent = newIntent(world, contract, (number) => 100 + number)
    const { number, amount_fen, key } = intent
    const is_answered = b % 2 === 0
    world.environment.parts.gateway_rules.add({
      match: { transaction: 'charge', amount_fen },
      effect: {
        kind: 'plain',
        ...(is_answered ? { answer: '64' } : {}),
        book_after_ms: pick(booked_after_ms, c) ?? null,
        notice: pick(['now', 'late', 'twice', 'never'] as const, c) ?? 'now',
      },
      times: 1,
    })
    if (!is_answered) world.to_be_declined.push(intent)
    return {
      words: `order ${number}: charge ${amount_fen} fen, ${is_answered ? 'answered as declined, tried again, and ' : ''}booked after all`,
      async work() {
        await send(world, process, intent, key)
        if (is_answered && callFailed(world, intent)) await tryAgain(world, 1 - process, intent)
      },
    }
  },
}

/**
 * The charge of this intent that UnionPay has accepted and not booked: it reports it as declined.
 */
function callFailed(world: Simulation, { amount_fen }: Intent): Order | undefined {
  const found = world.environment.parts.orders
    .latest(50)
    .find((one) => one.amount_fen === amount_fen && one.state === 'accepted')
  if (found) world.called_failed.add(found.order_id)
  return found
}

const tryAgain = (world: Simulation, process: number, intent: Intent): Promise<void> =>
  send(world, process, intent, `again-${intent.key}`)

/** A charge for which UnionPay holds money. */
type Held = Row & { held_fen: number }

/**
 * UnionPay's surplus of an order beyond one payment, by its own ledger, and the charges it comes
 * from.
 */
type Surplus = { surplus_fen: number; holding: Held[] }

/** For every merchant order of which we know everything that UnionPay knows. */
async function surpluses(world: Simulation): Promise<Map<string, Surplus>> {
  const paid = paidOrders(world)
  const rows = await readOrders(world)
  const charges = rows.filter(({ kind }) => kind === 'charge')
  const returnsOf = (charge: Row): Row[] =>
    rows.filter(({ charge_ref }) => charge_ref === charge.order_id)
  const isKnown = (row: Row): boolean =>
    row.state === (paid.has(row.order_id) ? 'succeeded' : 'failed') ||
    (paid.has(row.order_id) && row.needs_review && row.kind === 'charge')
  const found = new Map<string, Surplus>()
  for (const number of new Set(charges.map((one) => one.merchant_order_no))) {
    const attempts = charges.filter((one) => one.merchant_order_no === number)
    if (![...attempts, ...attempts.flatMap(returnsOf)].every(isKnown)) continue
    const holding = attempts
      .filter(({ order_id }) => paid.has(order_id))
      .map((one) => ({ ...one, held_fen: one.amount_fen - sumOf(returnsOf(one), paid) }))
      .filter(({ held_fen }) => held_fen > 0)
    const held_fen = holding.reduce((sum, one) => sum + one.held_fen, 0)
    const owed_fen = Math.max(0, ...holding.map(({ amount_fen }) => amount_fen))
    found.set(number, { surplus_fen: Math.max(0, held_fen - owed_fen), holding })
  }
  return found
}

const sumOf = (returns: readonly Row[], paid: ReadonlySet<string>): number =>
  returns.reduce((sum, one) => sum + (paid.has(one.order_id) ? one.amount_fen : 0), 0)

/**
 * Both payments of an order that UnionPay holds twice are in review for that reason, and nothing
 * else is.
 */
export async function checkPaidTwice(world: Simulation): Promise<void> {
  const found = await surpluses(world)
  const rows = await readOrders(world)
  for (const [number, { surplus_fen, holding }] of found) {
    const in_review = rows
      .filter((one) => one.merchant_order_no === number)
      .filter(({ needs_review, review_reason }) => needs_review && review_reason === 'paid_twice')
      .map(({ order_id }) => order_id)
    const wanted = surplus_fen > 0 ? holding.map(({ order_id }) => order_id) : []
    if (in_review.toSorted().join() !== wanted.toSorted().join())
      world.breaches.push({
        rule: 'what UnionPay holds twice is in review as paid twice, and nothing else is',
        what: `${number}: in review ${in_review.join(', ') || 'nothing'}, held twice ${wanted.join(', ') || 'nothing'}`,
      })
  }
}

/**
 * After an operator has decided everything: no repair resolved a double payment meanwhile, and
 * refunding its surplus ends the review.
 */
export async function refundSurpluses(world: Simulation): Promise<void> {
  await checkPaidTwice(world)
  const twice = [...(await surpluses(world))].filter(([, { surplus_fen }]) => surplus_fen > 0)
  if (twice.length === 0) return
  for (const [number, { surplus_fen, holding }] of twice) {
    let left_fen = surplus_fen
    for (const { order_id, held_fen } of holding.toReversed()) {
      const amount_fen = Math.min(held_fen, left_fen)
      if (amount_fen === 0 || !isBooked(world, order_id)) continue
      const answer = await ask<RefundView>(
        world,
        0,
        'POST',
        `/v1/charges/${order_id}/refunds`,
        { amount_fen, description: 'paid twice' },
        `surplus-${order_id}`,
      )
      if (answer?.status !== 201)
        world.breaches.push({
          rule: 'the surplus of an order that was paid twice can be given back',
          what: `${number} ${order_id}: ${answer?.status} ${JSON.stringify(answer?.view)}`,
        })
      left_fen -= amount_fen
    }
  }
  await passMinutes(world, [1, 6, 12])
  await checkPaidTwice(world)
}

/** UnionPay does not refund what only a statement claims. */
const isBooked = ({ environment: { parts } }: Simulation, order_id: string): boolean =>
  parts.orders.named(order_id).some(({ state }) => state === 'succeeded')
