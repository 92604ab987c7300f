import { merchantOf, paidOrders, readBreaks, readOrders, type Named, type Row } from './books.ts'
import { ask } from './merchant.ts'
import type { Action } from './plan.ts'
import { refundSurpluses } from './paid-twice.ts'
import { fetchAgain } from './statements.ts'
import type { Simulation } from './world.ts'

const needsManualReview = (order: Row): boolean =>
  order.needs_review || order.waits_for === 'manual_review'

/** Finds the outcome of an order. */
async function resolveTransaction(
  world: Simulation,
  process: number,
  order: Row,
  paid: ReadonlySet<string>,
): Promise<number | undefined> {
  const url =
    order.kind === 'charge'
      ? `/v1/charges/${order.order_id}/resolution`
      : `/v1/refunds/${order.order_id}/resolution`
  return (
    await ask(world, process, 'POST', url, {
      decision: paid.has(order.order_id) ? 'paid' : 'not_paid',
      author: 'Dee',
    })
  )?.status
}

/** Repairs a break: the order gets its true state; without one, the break is acknowledged. */
async function repair(
  world: Simulation,
  process: number,
  broken: Named,
  paid: ReadonlySet<string>,
): Promise<number | undefined> {
  const action = !marks(broken)
    ? 'acknowledge'
    : paid.has(broken.order_id ?? '')
      ? 'mark_paid'
      : 'mark_not_paid'
  return (
    await ask(world, process, 'POST', `/v1/breaks/${broken.id}/resolution`, {
      action,
      author: 'Dee',
      note: 'asked UnionPay',
    })
  )?.status
}
const marks = ({ kind }: Named): boolean => ['ours_only', 'state', 'amount'].includes(kind)

export const operatorActions = {
  /**
   * During the run an operator decides about one item in review whose outcome at UnionPay is final.
   */
  decide(world: Simulation, { process, a }: Action) {
    return {
      words: 'an operator decides about an item in review',
      async work() {
        const { orders } = world.environment.parts
        const settled = (order_id: string | null): boolean =>
          order_id === null ||
          ['succeeded', 'failed'].includes(
            orders.byOrderId(merchantOf(world), order_id)?.state ?? '',
          )
        const paid = paidOrders(world)
        const breaks = (await readBreaks(world)).filter(
          ({ state, order_id }) => state === 'open' && settled(order_id),
        )
        const waiting = (await readOrders(world)).filter(
          (order) => needsManualReview(order) && settled(order.order_id),
        )
        const number = a % Math.max(1, breaks.length + waiting.length)
        const [broken, order] = [breaks[number], waiting[number - breaks.length]]
        if (broken) await repair(world, process, broken, paid)
        else if (order) await resolveTransaction(world, process, order, paid)
      },
    }
  },
}

/**
 * An operator repairs every break and decides every other item in review; then nothing is open, and
 * the next comparison of the statements changes nothing.
 */
export async function operatorDecides(world: Simulation): Promise<void> {
  const paid = paidOrders(world)
  const must = (status: number | undefined, what: string): void => {
    if (status !== 200)
      world.breaches.push({ rule: 'an operator can decide', what: `${what}: ${status}` })
  }
  const breaks = (await readBreaks(world)).filter(({ state }) => state === 'open')
  for (const broken of breaks.filter(marks))
    must(await repair(world, 0, broken, paid), `${broken.kind} ${broken.order_id}`)
  for (const order of (await readOrders(world)).filter(needsManualReview))
    must(await resolveTransaction(world, 0, order, paid), order.order_id)
  await refundSurpluses(world) // an item in review cannot be acknowledged
  for (const broken of breaks.filter((one) => !marks(one)))
    must(await repair(world, 0, broken, paid), `${broken.kind} ${broken.order_id}`)
  if (breaks.length > 0)
    await fetchAgain(
      world,
      breaks.map(({ day }) => day),
    )
  const paid_now = paidOrders(world)
  for (const order of await readOrders(world)) {
    if (
      order.state !== (paid_now.has(order.order_id) ? 'succeeded' : 'failed') ||
      needsManualReview(order)
    )
      world.breaches.push({
        rule: 'in the end the books agree',
        what: `${order.order_id} is ${order.state}`,
      })
  }
  for (const { kind, order_id } of (await readBreaks(world)).filter(
    ({ state }) => state === 'open',
  ))
    world.breaches.push({
      rule: "an operator's decision is final",
      what: `${kind} ${order_id}`,
    })
}
