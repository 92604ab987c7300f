export type Json = { [key: string]: unknown }

/**
 * Moves every schema that has a title to `components.schemas` and leaves a reference: a shape is
 * published once, under its name. Throws when two shapes of one name differ, for a reader could not
 * tell them apart.
 */
export function hoistShapes(document: Json): Json {
  const shapes: Record<string, Json> = {}
  const [paths, webhooks] = [visit(document['paths'], shapes), visit(document['webhooks'], shapes)]
  const components = document['components'] as Json
  return {
    ...document,
    paths,
    webhooks,
    components: {
      ...components,
      schemas: Object.fromEntries(Object.entries(shapes).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    },
  }
}

function visit(value: unknown, shapes: Record<string, Json>): unknown {
  if (Array.isArray(value)) return value.map((part) => visit(part, shapes))
  if (typeof value !== 'object' || value === null) return value
  const { title, 'x-response-description': _said, ...rest } = value as Json
  const visited = Object.fromEntries(
    Object.entries(rest).map(([key, part]) => [key, visit(part, shapes)]),
  )
  if (typeof title !== 'string')
    return { ...(title === undefined ? {} : { title: visit(title, shapes) }), ...visited }
  if (shapes[title] !== undefined && JSON.stringify(shapes[title]) !== JSON.stringify(visited))
    throw new Error(`two shapes are called ${title}`)
  shapes[title] = visited
  return { $ref: `#/components/schemas/${title}` }
}
