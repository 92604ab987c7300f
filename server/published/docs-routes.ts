import swaggerUi from '@fastify/swagger-ui'
import type { Server } from '../http-types.ts'
import { writeLlms } from './llms.ts'
import { writeOpenApi, type OpenApi } from './openapi.ts'
import { withErrorTable } from './with-error-table.ts'

/**
 * `/docs` for people, `/v1/openapi.json` and `/llms.txt` for programs; no key needed, nothing
 * loaded from elsewhere.
 */
export function docsRoutes(server: Server): void {
  let written: { document: string; page: object; llms: string } | null = null
  // by the first reader: a server that starts after a crash has charges to see to
  const published = () => (written ??= write(writeOpenApi(server)))
  const hidden = { schema: { hide: true } }
  server.get('/v1/openapi.json', { ...hidden, config: { open: true } }, async (_request, reply) =>
    reply
      .type('application/json; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(published().document),
  )
  server.get('/llms.txt', hidden, async (_request, reply) =>
    reply
      .type('text/plain; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(published().llms),
  )
  void server.register(swaggerUi, {
    routePrefix: '/docs',
    transformSpecification: () => published().page,
    transformSpecificationClone: false,
    theme: { title: 'wugan API' },
    // what is typed as a key stays in this page; Swagger UI keeps it nowhere unless it is asked to
    uiConfig: {
      layout: 'BaseLayout',
      docExpansion: 'list',
      filter: true,
      persistAuthorization: false,
    },
  })
}

const write = (openapi: OpenApi) => ({
  document: `${JSON.stringify(openapi, null, 2)}\n`,
  page: withErrorTable(openapi),
  llms: writeLlms(openapi),
})
