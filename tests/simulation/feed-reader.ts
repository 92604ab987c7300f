import type { FeedPageView } from '../../server/api.ts'
import { paidOrders } from './books.ts'
import type { Simulation } from './world.ts'

const rule_order = 'positions of the feed rise'
const rule_change = 'the feed shows each change'

/** A merchant's system that learns from the feed alone. */
export type FeedReader = {
  /** Reads the available events, concurrently with all other activities; one reading at a time. */
  begin(): Promise<void>
  /**
   * Reads to the end and compares the result with UnionPay's ledger and the orders for which the
   * merchant has answers.
   */
  check(): Promise<void>
}

export function createFeedReader(world: Simulation): FeedReader {
  let after: number | null = null
  const last = new Map<string, string>() // order_id → its last outcome
  const page = async (query: string): Promise<FeedPageView | null> => {
    const shop = await world.process(0)
    const answer = await shop.ask({
      method: 'GET',
      url: `/v1/events?${query}`,
      headers: { authorization: `Bearer ${world.environment.secret}` },
    })
    if (!answer) return null
    if (answer.status !== 200) world.breaches.push({ rule: rule_change, what: answer.body })
    return answer.status === 200 ? (JSON.parse(answer.body) as FeedPageView) : null
  }
  const read = async (): Promise<void> => {
    after ??= (await page('after=latest'))?.next_after ?? null
    for (let more = after !== null; more;) {
      const answer = await page(`after=${after}&limit=20`)
      for (const { position, type, data } of answer?.events ?? []) {
        if (position <= (after ?? 0))
          world.breaches.push({ rule: rule_order, what: `${position} after ${after}` })
        after = position
        const order =
          'charge' in data ? data.charge.order_id : 'refund' in data ? data.refund.order_id : null
        const [, outcome = ''] = type.split('.')
        if (order !== null && ['succeeded', 'failed'].includes(outcome)) last.set(order, outcome)
      }
      after = answer?.next_after ?? after
      more = answer?.has_more ?? false
    }
  }
  let is_reading = false
  return {
    async begin() {
      if (is_reading) return
      is_reading = true
      // an activity like any other: a request waits for others inside its process, which move only
      // in their turn
      await world.turns.begin('the feed is read', [], async () => {
        await read()
        is_reading = false
      })
    },
    async check() {
      const { app } = await world.process(0)
      const announce = app.jobs.find(({ name }) => name === 'announce-webhooks')
      while (((await announce?.run(new AbortController().signal)) ?? 0) > 0);
      await read()
      const paid = paidOrders(world)
      for (const order_id of paid)
        if (last.get(order_id) !== 'succeeded')
          world.breaches.push({
            rule: rule_change,
            what: `${order_id} is paid, the feed says ${last.get(order_id) ?? 'nothing'}`,
          })
      for (const { order_id } of world.intents)
        if (order_id !== null && !paid.has(order_id) && last.get(order_id) !== 'failed')
          world.breaches.push({
            rule: rule_change,
            what: `${order_id} is not paid, the feed says ${last.get(order_id) ?? 'nothing'}`,
          })
    },
  }
}
