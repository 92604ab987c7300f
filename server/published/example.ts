import type { Operation } from './openapi.ts'
import type { Json } from './hoist-shapes.ts'

/** The schema a reference stands for. */
export function resolve(schema: Json, shapes: Record<string, Json>): Json {
  const name = typeof schema['$ref'] === 'string' ? schema['$ref'].split('/').at(-1) : undefined
  return name === undefined ? schema : (shapes[name] ?? {})
}

/** An example of a schema, made of the examples of its fields; optional fields of a request are left out. */
export function exampleOf(schema: Json, shapes: Record<string, Json>): unknown {
  const found = resolve(schema, shapes)
  if (Array.isArray(found['examples'])) return found['examples'][0]
  if (found['example'] !== undefined) return found['example']
  if (Array.isArray(found['anyOf'])) return exampleOf(found['anyOf'][0] as Json, shapes)
  if (found['type'] === 'array') return [exampleOf(found['items'] as Json, shapes)]
  if (found['properties']) {
    const required = (found['required'] ?? []) as string[]
    return Object.fromEntries(
      Object.entries(found['properties'] as Record<string, Json>)
        .filter(([name]) => required.includes(name))
        .map(([name, part]) => [name, exampleOf(part, shapes)]),
    )
  }
  const types = [found['type']].flat()
  return types.includes('null')
    ? null
    : types.includes('boolean')
      ? false
      : types.includes('integer')
        ? 0
        : ''
}

type Parameter = NonNullable<Operation['parameters']>[number]
const exampleIn = ({ example, schema }: Parameter, shapes: Record<string, Json>): string =>
  String(example ?? exampleOf(schema, shapes))

/** The call as a person types it; `$KEY` holds the API key. */
export function curlOf(
  method: string,
  path: string,
  operation: Operation,
  shapes: Record<string, Json>,
  url: string,
): string {
  const parameters = operation.parameters ?? []
  const filled = parameters
    .filter((one) => one.in === 'path')
    .reduce((text, one) => text.replace(`{${one.name}}`, exampleIn(one, shapes)), path)
  const query = parameters
    .filter((one) => one.in === 'query' && one.required)
    .map((one) => `${one.name}=${exampleIn(one, shapes)}`)
    .join('&')
  const parts = [
    `curl ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}'${url}${filled}${query === '' ? '' : `?${query}`}'`,
  ]
  if (operation.security) parts.push(`-H "Authorization: Bearer $KEY"`)
  for (const one of parameters.filter(({ in: place, required }) => place === 'header' && required))
    parts.push(`-H '${one.name}: ${exampleIn(one, shapes)}'`)
  const body = operation.requestBody?.content['application/json']?.schema
  if (body)
    parts.push(
      `-H 'content-type: application/json'`,
      `-d '${JSON.stringify(exampleOf(withOneParty(operation, body), shapes))}'`,
    )
  return parts.join(' \\\n  ')
}

/** A charge names its contract in one of three optional ways: the example shows one of them. */
const withOneParty = ({ operationId }: Operation, body: Json): Json =>
  operationId === 'createCharge'
    ? { ...body, required: [...((body['required'] ?? []) as string[]), 'contract'] }
    : body
