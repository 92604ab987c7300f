import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript'

const heading = '// Written by `npx wugan openapi` from docs/openapi.json; do not edit.\n\n'

type Document = { paths: Record<string, object>; components: object }

/**
 * The types of what a merchant calls: the operations under /v1 and every shape, without the headers
 * that all answers share.
 */
export async function writeTypes({ paths, components, ...document }: Document): Promise<string> {
  const { headers: _headers, ...shapes } = components as { headers?: unknown }
  const called = Object.entries(paths).filter(([path]) => path.startsWith('/v1/'))
  const published = JSON.stringify(
    { ...document, paths: Object.fromEntries(called), components: shapes },
    (key, part: unknown) => (key === 'headers' ? undefined : part),
  )
  const types = await openapiTS(JSON.parse(published) as OpenAPI3, {
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
  })
  return heading + astToString(types)
}
