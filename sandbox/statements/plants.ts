import { Type, type Static } from 'typebox'
import type { StoredValues } from '../store/stored-values.ts'

const OrderId = Type.String({ pattern: '^[0-9A-Za-z]{8,40}$' })
const Fen = Type.Integer({ minimum: 1, maximum: 999_999_999_999 })
const strict = { additionalProperties: false }
const where = {
  merchant: Type.Optional(Type.String({ pattern: '^[0-9A-Za-z]{15}$' })),
  day: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
}

/**
 * A break to inject into the statements written from now on; `merchant` and `day` limit it. A break
 * set after a file was fetched makes the next file a re-issue.
 */
export const PlantSchema = Type.Union([
  Type.Object(
    { kind: Type.Enum(['drop', 'state', 'duplicate', 'adjustment']), order_id: OrderId, ...where },
    strict,
  ),
  Type.Object(
    { kind: Type.Literal('amount'), order_id: OrderId, amount_fen: Fen, ...where },
    strict,
  ),
  Type.Object(
    {
      kind: Type.Literal('fee'),
      order_id: OrderId,
      fee_fen: Type.Integer({ minimum: 0 }),
      ...where,
    },
    strict,
  ),
  Type.Object(
    { kind: Type.Literal('settled'), order_id: OrderId, settled_fen: Type.Integer(), ...where },
    strict,
  ),
  Type.Object({ kind: Type.Literal('invent'), amount_fen: Fen, ...where }, strict),
  // a line of another merchant number
  Type.Object({ kind: Type.Literal('other_merchant'), amount_fen: Fen, ...where }, strict),
  Type.Object(
    {
      kind: Type.Enum([
        'late',
        'empty',
        'malformed',
        'garbage',
        // changes to a file in transit: all of them can still be read except the last
        'bom',
        'trimmed',
        'end_mark',
        'lower_case',
        'zme_garbage',
      ]),
      ...where,
    },
    strict,
  ),
])
export type Plant = Static<typeof PlantSchema>

export type Plants = {
  all(): Plant[]
  replaceAll(plants: readonly Plant[]): void
  /** those for a merchant's day */
  of(merchant: string, day: string): Plant[]
}

const name = 'statement_plants'

export function createPlants(values: StoredValues): Plants {
  const all = (): Plant[] => JSON.parse(values.read(name) ?? '[]') as Plant[]
  return {
    all,
    replaceAll: (plants) => values.write(name, JSON.stringify(plants)),
    of: (merchant, day) =>
      all().filter(
        (plant) => (plant.merchant ?? merchant) === merchant && (plant.day ?? day) === day,
      ),
  }
}
