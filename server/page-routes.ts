import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { pageSecurity } from './content-security.ts'
import type { Server } from './http-types.ts'
import type { Encoding, Page } from './page.ts'
import type { Settings } from './settings.ts'

/**
 * Opened again soon, the page comes from the phone without a word to us; it then asks for the
 * public facts by itself (web/shell/delivered.ts). Private: a cache between us would hold back a
 * new version from everybody.
 */
const kept_for_a_while = 'private, max-age=600'

/**
 * The H5: hashed assets for a year, the page for minutes. The return paths give the page too, and
 * their addresses are never kept.
 */
export async function pageRoutes(
  server: Server,
  settings: Settings,
  page: Page | null,
): Promise<void> {
  const { web_dir } = settings
  if (!page) {
    server.log.warn({ web_dir }, 'the H5 is not built; run `npm run build`')
    return
  }
  await server.register(fastifyStatic, {
    root: web_dir,
    preCompressed: true,
    cacheControl: false,
    index: false,
    globIgnore: ['index.html'],
    setHeaders: (reply, path) =>
      void reply.header(
        'cache-control',
        path.startsWith(join(web_dir, 'assets'))
          ? 'public, max-age=31536000, immutable'
          : 'no-cache',
      ),
  })
  await consolePages(server, join(web_dir, '..', 'console'))
  const helmet = pageSecurity(settings, page.hashes)
  for (const path of ['/', '/index.html'])
    server.get(path, { helmet }, async (request, reply) =>
      send(page, request, reply, kept_for_a_while),
    )
  for (const path of ['/return/sign-in', '/return/signing'])
    server.get(path, { helmet }, async (request, reply) => send(page, request, reply, 'no-store'))
}

/** The console's own pages, beside the H5. */
async function consolePages(server: Server, console_dir: string): Promise<void> {
  if (!existsSync(join(console_dir, 'index.html'))) return
  await server.register(fastifyStatic, {
    root: console_dir,
    prefix: '/console/',
    decorateReply: false,
    cacheControl: false,
    setHeaders: (reply, path) =>
      void reply.header(
        'cache-control',
        path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      ),
  })
  server.get('/console', async (_request, reply) => reply.redirect('/console/', 308))
}

async function send(
  page: Page,
  request: FastifyRequest,
  reply: FastifyReply,
  cache_control: string,
): Promise<FastifyReply> {
  const accepted = request.headers['accept-encoding'] ?? ''
  const encoding: Encoding = /\bbr\b/.test(accepted)
    ? 'br'
    : /\bgzip\b/.test(accepted)
      ? 'gzip'
      : 'identity'
  const etag = `W/"${page.etag}"`
  void reply
    .header('cache-control', cache_control)
    .header('etag', etag)
    .header('vary', 'accept-encoding')
  if (request.headers['if-none-match'] === etag) return reply.code(304).send()
  if (encoding !== 'identity') void reply.header('content-encoding', encoding)
  return reply.type('text/html; charset=utf-8').send(await page.bytes(encoding))
}
