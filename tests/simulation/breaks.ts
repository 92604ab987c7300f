import { feeOf, type Line } from '../../sandbox/statements/line.ts'
import { dayLines } from '../../sandbox/statements/day-lines.ts'
import { merchantOf, readBreaks } from './books.ts'
import type { Simulation } from './world.ts'

type Ours = {
  order_id: string
  kind: string
  amount_fen: number
  state: string
  settle_on: string | null
}

const readOurs = async (world: Simulation): Promise<Map<string, Ours>> =>
  new Map(
    (
      await world.environment.lines.look.query<Ours>(
        `select order_id, 'charge' as kind, amount_fen, state, settle_on from charges union all select order_id, kind, amount_fen, state, settle_on from refunds`,
      )
    ).rows.map((one) => [one.order_id, one]),
  )

/**
 * The break expected for a compared line; `again`: not the first line of its order. Implemented
 * independently of the server.
 */
function wrongOf(
  line: Line,
  ours: Ours | undefined,
  again: boolean,
  basis_points: number,
): string | null {
  if (again) return 'duplicate'
  if (!ours) return 'theirs_only'
  if (line.amount_fen !== ours.amount_fen) return 'amount'
  if (ours.state === 'failed') return 'state'
  const fee_differs =
    line.kind === 'charge' && Math.abs(line.fee_fen - feeOf(line.amount_fen, basis_points)) > 1
  return line.settled_fen !== null || fee_differs ? 'fee' : null
}

/** Checks that the breaks in our database are exactly the errors in the present statements. */
export async function checkBreaks(world: Simulation): Promise<void> {
  const { parts, lines } = world.environment
  const [named, ours, merchant] = [
    (await readBreaks(world)).filter(({ state }) => state !== 'gone'),
    await readOurs(world),
    merchantOf(world),
  ]
  const { rows: compared } = await lines.look.query<{ day: string }>(
    `select day from statements where state = 'reconciled' order by day`,
  )
  const explained = new Set<string>()
  const everywhere = new Set<string>()
  for (const { day } of compared) {
    const { zm, zme } = dayLines(parts, merchant, day, parts.plants.of(merchant, day))
    const seen = new Set<string>()
    const has = (kinds: readonly (string | null)[], order_id: string | null): boolean =>
      named.some(
        (one) =>
          one.day === day &&
          kinds.includes(one.kind) &&
          one.order_id === order_id &&
          explained.add(one.id),
      )
    const mustHave = (kind: string, order_id: string | null): void => {
      // an order that another day's statement contained already is listed twice
      if (!has([kind, 'duplicate'], order_id))
        world.breaches.push({
          rule: 'what differs is named in reconciliation',
          what: `${kind} ${order_id} on ${day}`,
        })
    }
    for (const line of zm) {
      const wrong = wrongOf(
        line,
        ours.get(line.order_id),
        seen.has(line.order_id),
        parts.switches.read().statement_fee_basis_points,
      )
      if (wrong) mustHave(wrong, line.order_id)
      else if (ours.get(line.order_id)?.state !== 'succeeded')
        world.breaches.push({
          rule: 'what the statement names is paid',
          what: `${line.order_id} on ${day}`,
        })
      if (wrong) has(['fee', 'state'], line.order_id)
      if (everywhere.has(line.order_id)) has(['duplicate'], line.order_id)
      seen.add(line.order_id)
    }
    for (const order_id of seen) everywhere.add(order_id)
    if (zme.length > 0) mustHave('adjustment', null)
    for (const order of ours.values()) {
      if (order.settle_on === day && order.state === 'succeeded' && !seen.has(order.order_id))
        mustHave('ours_only', order.order_id)
      if (order.state === 'pending') has(['ours_only'], order.order_id)
    }
  }
  for (const one of named)
    if (!explained.has(one.id) && one.state === 'open')
      world.breaches.push({
        rule: 'nothing is named that is right',
        what: `${one.kind} ${one.order_id} on ${one.day}`,
      })
}
