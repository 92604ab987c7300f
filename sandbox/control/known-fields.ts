import type { FastifyInstance } from 'fastify'

/** The part of JSON schema that the control API uses. */
type Schema = {
  type?: string
  properties?: Readonly<Record<string, Schema>>
  additionalProperties?: unknown
  items?: Schema
  anyOf?: readonly Schema[]
  const?: unknown
  enum?: readonly unknown[]
}
type Json = Readonly<Record<string, unknown>>

/**
 * Refuses a body with a field that the control API does not define, before the schema is checked: a
 * misspelt field of a rule or a plant would otherwise have no effect, and the test that set it
 * would prove nothing.
 */
export function refuseUnknownFields(app: FastifyInstance): void {
  app.addHook('preValidation', async (request, reply) => {
    const schema = request.routeOptions.schema?.body as Schema | undefined
    if (!schema || !request.url.startsWith('/_control/')) return
    const message = unknownField(schema, request.body, '')
    if (message !== null) return reply.code(400).send({ error: 'unknown_field', message })
  })
}

/**
 * A sentence about the first field that is not known, with those that are; null when every one is.
 */
function unknownField(schema: Schema, value: unknown, place: string): string | null {
  if (Array.isArray(value)) {
    const items = variantsOf(schema).find((one) => one.items)?.items
    return firstOf(
      value.map((one, at) => () => (items ? unknownField(items, one, `${place}[${at}]`) : null)),
    )
  }
  if (typeof value !== 'object' || value === null) return null
  const object = value as Json
  const shapes = variantsOf(schema).filter((one) => one.properties)
  if (shapes.length === 0) return null
  const meant = meantBy(object, shapes)
  const known = [...new Set(meant.flatMap((one) => Object.keys(one.properties ?? {})))]
  const open = meant.some((one) => one.additionalProperties !== false)
  return firstOf(
    Object.entries(object).map(([name, member]) => () => {
      if (!known.includes(name))
        return open
          ? null
          : `${place === '' ? 'the body' : place.replace(/^\./, '')} has no field “${name}”${kindOf(object, meant)}; its fields are ${known.join(', ')}`
      const schemas = meant.flatMap((one) => one.properties?.[name] ?? [])
      return unknownField(
        schemas.length === 1 ? (schemas[0] as Schema) : { anyOf: schemas },
        member,
        `${place}.${name}`,
      )
    }),
  )
}

const variantsOf = (schema: Schema): readonly Schema[] =>
  schema.anyOf ? schema.anyOf.flatMap(variantsOf) : [schema]

/** The shapes whose `kind` equals the value's; all shapes when none matches. */
function meantBy(value: Json, shapes: readonly Schema[]): readonly Schema[] {
  const fitting = shapes.filter(({ properties }) => {
    const kind = properties?.kind
    return (
      kind !== undefined && (kind.const === value.kind || kind.enum?.includes(value.kind) === true)
    )
  })
  return fitting.length > 0 ? fitting : shapes
}

const kindOf = (value: Json, meant: readonly Schema[]): string =>
  meant.some(({ properties }) => properties?.kind) && typeof value.kind === 'string'
    ? ` where kind is ${value.kind}`
    : ''

function firstOf(looks: readonly (() => string | null)[]): string | null {
  for (const look of looks) {
    const found = look()
    if (found !== null) return found
  }
  return null
}
