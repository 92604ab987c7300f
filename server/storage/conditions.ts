/** A `where` of the conditions whose value is given: each text has one `$` for its value. `values` may be added to. */
export function conditionsOf(pairs: readonly (readonly [condition: string, value: unknown])[]): { where: string; values: unknown[] } {
  const given = pairs.filter(([, value]) => value !== undefined)
  const texts = given.map(([condition], index) => condition.replace('$', `$${index + 1}`))
  return { where: texts.length > 0 ? `where ${texts.join(' and ')}` : '', values: given.map(([, value]) => value) }
}
