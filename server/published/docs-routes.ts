import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Server } from '../http-types.ts'
import { writeLlms } from './llms.ts'
import { writeOpenApi } from './openapi.ts'
import { writePage } from './page.ts'

const asset = (name: string): string => readFileSync(join(import.meta.dirname, 'assets', name), 'utf8')

/** `/docs` for people, `/v1/openapi.json` and `/llms.txt` for programs; no key needed, nothing loaded from elsewhere. */
export function docsRoutes(server: Server, public_url: string): void {
  const [script, style] = [asset('docs.js'), asset('docs.css')]
  let page = ''
  let document = ''
  let llms = ''
  server.addHook('onReady', async () => {
    const openapi = writeOpenApi(server)
    document = `${JSON.stringify(openapi, null, 2)}\n`
    page = writePage(openapi, public_url)
    llms = writeLlms(openapi)
  })
  const hidden = { schema: { hide: true } }
  server.get('/v1/openapi.json', { ...hidden, config: { open: true } }, async (_request, reply) => reply.type('application/json; charset=utf-8').header('cache-control', 'no-cache').send(document))
  server.get('/llms.txt', hidden, async (_request, reply) => reply.type('text/plain; charset=utf-8').header('cache-control', 'no-cache').send(llms))
  server.get('/docs', hidden, async (_request, reply) => reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page))
  server.get('/docs/docs.js', hidden, async (_request, reply) => reply.type('text/javascript; charset=utf-8').header('cache-control', 'no-cache').send(script))
  server.get('/docs/docs.css', hidden, async (_request, reply) => reply.type('text/css; charset=utf-8').header('cache-control', 'no-cache').send(style))
}
