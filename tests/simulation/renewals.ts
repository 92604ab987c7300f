import { beijingDay } from '../../sandbox/gateway/clearing-day.ts'
import { ask, newIntent, pick, send } from './merchant.ts'
import { names, renewal_plan, signInApp, walletOf } from './payers.ts'
import type { Action } from './plan.ts'
import type { Simulation } from './world.ts'

const day_ms = 86_400_000
/** As the plan and the regulation require (docs/debit-notices.md). */
const days_before = 5
const days_held = 15
const dayAfter = (day: string, days: number): string => beijingDay(Date.parse(day) + days * day_ms)

/**
 * A membership that renews itself: the payer is notified some days before each debit, except the
 * first.
 */
export const renewals = {
  subscribe(world: Simulation, { process, a }: Action) {
    const name = pick(names, a) as string
    walletOf(world, name)
    return {
      words: `${name} signs the plan that renews itself`,
      work: () => signInApp(world, process, name, renewal_plan),
    }
  },
  announce(world: Simulation, { process, a, b, c }: Action) {
    const contract = pick(world.subscriptions, a)
    if (!contract) return null
    const notice = {
      contract,
      debit_on: beijingDay(world.environment.clock.nowMs() + (days_before + (b % 2)) * day_ms),
      amount_fen: c % 4 === 0 ? 150 : 400,
    }
    world.debit_notices.push(notice)
    const { debit_on, amount_fen } = notice
    return {
      words: `the payer of subscription ${world.subscriptions.indexOf(contract) + 1} is notified of ${amount_fen} fen on ${debit_on}`,
      work: async () =>
        void (await ask(world, process, 'POST', `/v1/contracts/${contract}/debit-notices`, {
          debit_on,
          amount_fen,
          description: 'membership',
          way_to_cancel: 'in the wallet',
        })),
    }
  },
  days(world: Simulation) {
    return {
      words: `${days_before} days pass`,
      work: () => world.advance(days_before * day_ms),
    }
  },
  /** Several debits of one subscription at once, through both processes. */
  renew(world: Simulation, { process, a, b, c, faults }: Action) {
    const id = pick(world.subscriptions, a)
    if (!id) return null
    const wanted = Array.from({ length: 2 + (b % 2) }, () =>
      newIntent(world, { id, plan_id: renewal_plan }, (number) => 200 + number),
    )
    const [first] = wanted
    if (c % 4 === 0 && first)
      world.environment.parts.gateway_rules.add({
        match: { transaction: 'charge', amount_fen: first.amount_fen },
        effect: { kind: 'outcome', resp: '64' },
      })
    return {
      words: `subscription ${world.subscriptions.indexOf(id) + 1} is debited ${wanted.map(({ amount_fen }) => amount_fen).join(' and ')} fen at once${c % 4 === 0 ? ', the first declined' : ''}`,
      async work() {
        for (const [place, intent] of wanted.entries())
          await world.turns.begin(`renewal ${intent.number}`, place === 0 ? faults : [], () =>
            send(world, (process + place) % 2, intent, intent.key),
          )
      },
    }
  },
}

/**
 * Every renewal that UnionPay booked was announced by a notice of its own, except the first debit
 * of its contract.
 */
export async function checkNotices(world: Simulation): Promise<void> {
  const { parts, lines } = world.environment
  const { rows } = await lines.look.query<{ id: string; contract_code: string }>(
    'select id, contract_code from contracts where plan_id = $1',
    [renewal_plan],
  )
  const codes = new Map(rows.map(({ id, contract_code }) => [id, contract_code]))
  const debits = parts.orders
    .booked()
    .filter(({ kind }) => kind === 'charge')
    .toSorted((one, other) => one.order_id.localeCompare(other.order_id))
  for (const contract of world.subscriptions) {
    const [, ...later] = debits
      .filter(
        ({ contract_id }) =>
          parts.contracts.byId(contract_id ?? '')?.contract_code === codes.get(contract),
      )
      .map(({ order_id, amount_fen, txn_time }) => ({
        order_id,
        amount_fen,
        day: txn_time.replace(/^(\d{4})(\d\d)(\d\d).*/, '$1-$2-$3'),
      }))
    const notices = world.debit_notices.filter((one) => one.contract === contract)
    const users: (number | null)[] = notices.map(() => null)
    /**
     * Finds a notice for this debit; a debit that has another notice moves to another where
     * possible.
     */
    const finds = (debit: number, tried: Set<number>): boolean =>
      notices.some(({ debit_on, amount_fen }, place) => {
        const requested = later[debit]
        const covers =
          requested !== undefined &&
          requested.amount_fen <= amount_fen &&
          debit_on <= requested.day &&
          requested.day <= dayAfter(debit_on, days_held)
        if (!covers || tried.has(place)) return false
        tried.add(place)
        const user = users[place] ?? null
        if (user !== null && !finds(user, tried)) return false
        users[place] = debit
        return true
      })
    for (const [place, { order_id }] of later.entries())
      if (!finds(place, new Set()))
        world.breaches.push({
          rule: 'a renewal has a notice of its own, or is the first debit',
          what: `${order_id} of ${contract}, ${notices.length} notices`,
        })
  }
}
