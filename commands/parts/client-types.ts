import type { Json } from '../../server/published/hoist-shapes.ts'
import type { OpenApi, Operation } from '../../server/published/openapi.ts'

const heading = `// Written by \`npx wugan openapi\` from docs/openapi.json; do not edit.
`

/** The typed client's view of the document: a type for every shape, a line for every operation under /v1. */
export function writeClientTypes({ components, paths }: OpenApi): string {
  const shapes = Object.entries(components.schemas).map(
    ([name, schema]) =>
      `${comment(schema['description'])}export type ${name === 'Error' ? 'ErrorAnswer' : name} = ${typeOf(schema)}\n`,
  )
  const operations = Object.entries(paths)
    .filter(([path]) => path.startsWith('/v1/'))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, one]) => ({ path, method: method.toUpperCase(), one })),
    )
  const lines = operations.map(
    ({ path, method, one }) => `  ${one.operationId}: { method: '${method}', path: '${path}' },`,
  )
  const types = operations.map(
    ({ one }) =>
      `${comment(one.summary, '  ')}  ${one.operationId}: { input: ${inputOf(one)}; answer: ${answerOf(one)} }`,
  )
  return `${heading}
${shapes.join('\n')}
/** What each operation takes and gives. */
export type Operations = {
${types.join('\n')}
}

export const operations = {
${lines.join('\n')}
} as const satisfies Record<keyof Operations, { method: string; path: string }>
`
}

function inputOf({ parameters = [], requestBody }: Operation): string {
  const part = (place: string): string => {
    const some = parameters.filter((one) => one.in === place)
    if (some.length === 0) return ''
    const fields = some.map((one) => `${one.name}${one.required ? '' : '?'}: ${typeOf(one.schema)}`)
    return `${place}${some.some((one) => one.required) ? '' : '?'}: { ${fields.join('; ')} }`
  }
  const body = requestBody?.content['application/json']?.schema
  const key = parameters.some(({ name }) => name === 'idempotency-key')
    ? 'idempotency_key: string'
    : ''
  const parts = [part('path'), part('query'), key, body ? `body: ${typeOf(body)}` : ''].filter(
    (text) => text !== '',
  )
  return parts.length === 0 ? '{}' : `{ ${parts.join('; ')} }`
}

function answerOf({ responses }: Operation): string {
  const types = Object.entries(responses)
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([, { content }]) => Object.values(content ?? {}).map(({ schema }) => typeOf(schema)))
  return [...new Set(types)].join(' | ')
}

function typeOf(schema: Json): string {
  if (typeof schema['$ref'] === 'string')
    return (schema['$ref'].split('/').at(-1) ?? '').replace(/^Error$/, 'ErrorAnswer')
  const words = schema['enum'] as (string | null)[] | undefined
  if (words) return words.map((word) => (word === null ? 'null' : `'${word}'`)).join(' | ')
  if (Array.isArray(schema['anyOf'])) return (schema['anyOf'] as Json[]).map(typeOf).join(' | ')
  return [schema['type']]
    .flat()
    .map((type) => oneType(String(type), schema))
    .join(' | ')
}

function oneType(type: string, schema: Json): string {
  if (type === 'array')
    return `(${typeOf(schema['items'] as Json)})[]`.replace(/^\((\w+)\)\[\]$/, '$1[]')
  if (type === 'integer' || type === 'number') return 'number'
  if (type !== 'object') return type
  const required = (schema['required'] ?? []) as string[]
  const fields = Object.entries((schema['properties'] ?? {}) as Record<string, Json>).map(
    ([name, part]) =>
      `${comment(part['description'], '  ')}  ${/^\w+$/.test(name) ? name : `'${name}'`}${required.includes(name) ? '' : '?'}: ${typeOf(part).replaceAll('\n', '\n  ')}\n`,
  )
  return fields.length === 0 ? 'Record<string, never>' : `{\n${fields.join('')}}`
}

const comment = (words: unknown, indent = ''): string =>
  typeof words === 'string'
    ? `${indent}/** ${words.replaceAll('*/', '* /').replaceAll('\n', ' ')} */\n`
    : ''
