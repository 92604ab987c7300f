import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Server } from '../http-types.ts'
import { writeLlms } from './llms.ts'
import { writeOpenApi, type OpenApi } from './openapi.ts'
import { writePage } from './page.ts'

const asset = (name: string): string =>
  readFileSync(join(import.meta.dirname, 'assets', name), 'utf8')

/** `/docs` for people, `/v1/openapi.json` and `/llms.txt` for programs; no key needed, nothing loaded from elsewhere. */
export function docsRoutes(server: Server, public_url: string): void {
  const [script, style] = [asset('docs.js'), asset('docs.css')]
  let written: { document: string; page: string; llms: string } | null = null
  // by the first reader: a server that starts after a crash has charges to see to
  const published = () => (written ??= write(writeOpenApi(server), public_url))
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
  server.get('/docs', hidden, async (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(published().page),
  )
  server.get('/docs/docs.js', hidden, async (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').header('cache-control', 'no-cache').send(script),
  )
  server.get('/docs/docs.css', hidden, async (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'no-cache').send(style),
  )
}

const write = (openapi: OpenApi, public_url: string) => ({
  document: `${JSON.stringify(openapi, null, 2)}\n`,
  page: writePage(openapi, public_url),
  llms: writeLlms(openapi),
})
