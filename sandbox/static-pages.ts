import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Parts } from './parts.ts'

/** UnionPay's addresses of the pages (open platform §1), and the sandbox's own two. */
const pages: [string, string][] = [
  ['/s/open/html/oauth.html', 'oauth.html'],
  ['/s/open/auth/outApp/html/outLogin.html', 'out-login.html'],
  ['/s/open/noPwd/html/open.html', 'signing.html'],
  ['/s/open/js/upsdk.js', 'upsdk.js'],
  ['/', 'wallet.html'],
  ['/native-app', 'native-app.html'],
]
const noted = /^\/s\/open\/.*\.html$/

/**
 * Serves the built pages. They may be built after the start; until then the answer says how to
 * build them.
 */
export async function staticPages(app: FastifyInstance, parts: Parts): Promise<void> {
  const root = resolve(parts.settings.pages_dir)
  await app.register(fastifyStatic, { root, serve: false, logLevel: 'silent' })
  for (const [address, file] of pages) {
    app.get(address, async (request, reply) => {
      if (noted.test(address)) {
        parts.journal.add({
          direction: 'page',
          kind: 'open',
          summary: `打开 ${address}`,
          request: { method: 'GET', url: request.url },
        })
      }
      return sendPage(reply, root, file)
    })
  }
  app.get<{ Params: { '*': string } }>('/assets/*', async (request, reply) =>
    reply.sendFile(`assets/${request.params['*']}`, root, { maxAge: '365d', immutable: true }),
  )
}

function sendPage(reply: FastifyReply, root: string, file: string): FastifyReply {
  if (!existsSync(join(root, file))) {
    return reply
      .code(503)
      .type('text/plain; charset=utf-8')
      .send(
        `The sandbox's page ${file} is not built yet. Run: npm start\n沙箱页面尚未构建，请运行 npm start\n`,
      )
  }
  reply.header('cache-control', 'no-store')
  return reply.sendFile(file, root, { cacheControl: false })
}
