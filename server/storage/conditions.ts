import { lowestId } from '../kernel/ids.ts'

/**
 * A `where` of the conditions whose value is given: each text has one `$` for its value. `values`
 * may be added to.
 */
export function conditionsOf(pairs: readonly (readonly [condition: string, value: unknown])[]): {
  where: string
  values: unknown[]
} {
  const given = pairs.filter(([, value]) => value !== undefined)
  const texts = given.map(([condition], index) => condition.replace('$', `$${index + 1}`))
  return {
    where: texts.length > 0 ? `where ${texts.join(' and ')}` : '',
    values: given.map(([, value]) => value),
  }
}

const hour_ms = 3_600_000

/**
 * `from` and `to` of the acceptance as bounds of an order_id, which sorts by time and is made
 * within the hour: so its index finds the period.
 */
export const idsOf = (
  column: string,
  { from, to }: { from?: string | undefined; to?: string | undefined },
): [condition: string, value: unknown][] => [
  [`${column} >= $`, from && lowestId(new Date(Date.parse(from) - hour_ms))],
  [`${column} < $`, to && lowestId(new Date(Date.parse(to) + hour_ms))],
]
