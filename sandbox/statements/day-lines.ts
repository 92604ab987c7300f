import type { Order } from '../gateway/order.ts'
import type { Parts } from '../parts.ts'
import { feeOf, type Line } from './line.ts'
import type { Plant } from './plants.ts'

/** The lines of a merchant's clearing day: the booked orders, changed by the injected breaks. */
export function dayLines(
  parts: Parts,
  merchant: string,
  day: string,
  plants: readonly Plant[],
): { zm: Line[]; zme: Line[] } {
  const basis_points = parts.switches.read().statement_fee_basis_points
  const booked = parts.orders
    .booked()
    .filter((order) => order.merchant === merchant && order.clearing_day === day)
  const reported = plants.flatMap((plant) => {
    const order = 'order_id' in plant ? parts.orders.byOrderId(merchant, plant.order_id) : null
    return order === null ? [] : [{ plant, order }]
  })
  const zm = booked
    .map((order) => lineOf(parts, order))
    .flatMap((line) =>
      reported
        .filter(({ order }) => order.order_id === line.order_id)
        .reduce<Line[]>(
          (lines, { plant }) => lines.flatMap((one) => change(one, plant, basis_points)),
          [line],
        ),
    )
  // an order that was not booked, reported as if it were
  const claimed = reported
    .filter(({ plant, order }) => plant.kind === 'state' && order.state !== 'succeeded')
    .map(({ order }) => lineOf(parts, order))
  const invented = plants.flatMap((plant, place) =>
    plant.kind === 'invent'
      ? [inventLine(parts, merchant, plant.amount_fen, place)]
      : plant.kind === 'other_merchant'
        ? [inventLine(parts, otherThan(parts, merchant), plant.amount_fen, place)]
        : [],
  )
  const zme = reported
    .filter(({ plant }) => plant.kind === 'adjustment')
    .map(({ order }) => lineOf(parts, order))
  return { zm: [...zm, ...claimed, ...invented], zme }
}

function lineOf(parts: Parts, order: Order): Line {
  const original = order.original === null ? null : parts.orders.byPosition(order.original)
  return {
    merchant: order.merchant,
    order_id: order.order_id,
    kind: order.kind,
    amount_fen: order.amount_fen,
    fee_fen: feeOf(order.amount_fen, parts.switches.read().statement_fee_basis_points),
    query_id: order.query_id ?? '',
    trace_no: order.trace_no,
    at: new Date(order.booked_at ?? order.received_at),
    card: order.card,
    biz_type: order.request.bizType ?? '',
    original,
    settled_fen: null,
  }
}

function change(line: Line, plant: Plant, basis_points: number): Line[] {
  switch (plant.kind) {
    case 'drop':
      return []
    case 'duplicate':
      return [line, line]
    case 'amount':
      return [
        { ...line, amount_fen: plant.amount_fen, fee_fen: feeOf(plant.amount_fen, basis_points) },
      ]
    case 'fee':
      return [{ ...line, fee_fen: plant.fee_fen }]
    case 'settled':
      return [{ ...line, settled_fen: plant.settled_fen }]
    default:
      return [line]
  }
}

const inventLine = (parts: Parts, merchant: string, amount_fen: number, place: number): Line => ({
  merchant,
  order_id: `INVENTED${String(place).padStart(4, '0')}`,
  kind: 'charge',
  amount_fen,
  fee_fen: feeOf(amount_fen, parts.switches.read().statement_fee_basis_points),
  query_id: `${'9'.repeat(17)}${String(place).padStart(4, '0')}`,
  trace_no: String(900_000 + place),
  at: parts.clock.now(),
  card: null,
  biz_type: '000902',
  original: null,
  settled_fen: null,
})

/** Another registered merchant number, or one that does not exist. */
const otherThan = (parts: Parts, merchant: string): string =>
  parts.settings.merchants.find((one) => one !== merchant) ?? '777290058110097'
