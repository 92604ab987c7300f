import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCookies } from '../../server/cookies.ts'
import { createHttp } from '../../server/http.ts'
import { verbs } from '../../server/key-guard.ts'
import { pageRoutes } from '../../server/page-routes.ts'
import { makePage } from '../../server/page.ts'
import { loadCatalogue } from '../../server/plans/catalogue.ts'
import { publicFacts } from '../../server/public-routes.ts'
import { readSettings, type Settings } from '../../server/settings.ts'
import { createOperator } from '../support/operator.ts'
import { route_table } from '../support/route-table.ts'
import { startWorld, type World } from '../support/world.ts'
import { production_env } from '../support/production-env.ts'

const quiet = pino({ level: 'silent' })
const production = readSettings(production_env)

let world: World
let dist: string
beforeAll(async () => {
  world = await startWorld({ jobs: false })
  dist = await mkdtemp(join(tmpdir(), 'wugan-dist-'))
  await Promise.all(
    ['web/assets', 'shell', 'console'].map((folder) =>
      mkdir(join(dist, folder), { recursive: true }),
    ),
  )
  await writeFile(
    join(dist, 'web/index.html'),
    '<!doctype html><style>p{color:red}</style><!--home--><!--waiting--><!--facts--><script>go()</script>',
  )
  await writeFile(
    join(dist, 'shell/render-shell.js'),
    'export const renderShell = async () => ({ home: "", waiting: "" })',
  )
  await writeFile(
    join(dist, 'console/index.html'),
    '<!doctype html><script type="module" src="/console/assets/a.js"></script>',
  )
})
afterAll(async () => {
  await world.stop()
  await rm(dist, { recursive: true, force: true })
})

/** The pages of a server with these settings. */
async function headersOf(settings: Settings, path: string) {
  const page = await makePage(
    join(dist, 'web'),
    publicFacts(settings, loadCatalogue(settings.plans_file)),
  )
  const http = await createHttp(settings, quiet)
  await pageRoutes(http, { ...settings, web_dir: join(dist, 'web') }, page)
  const { headers, statusCode } = await http.inject({ url: path })
  await http.close()
  return {
    status: statusCode,
    headers,
    policy: directives(String(headers['content-security-policy'])),
  }
}
const directives = (policy: string): Record<string, string> =>
  Object.fromEntries(
    policy
      .split(';')
      .map((one) => one.trim().split(/ (.*)/s))
      .map(([name = '', value = '']) => [name, value]),
  )

const withoutHashes = (sources = ''): string[] =>
  sources.split(' ').filter((source) => !source.startsWith("'sha256-"))

const in_wallet = ['/', '/index.html', '/return/sign-in', '/return/signing']
const pages = [...in_wallet, '/console/', '/nowhere']

describe('in production', () => {
  test.each(pages)(
    '%s cannot be framed, runs only our scripts and sets HSTS for a year',
    async (path) => {
      const { headers, policy } = await headersOf(production, path)
      expect(policy).toMatchObject({
        'frame-ancestors': "'none'",
        'object-src': "'none'",
        'base-uri': "'none'",
        'form-action': "'self'",
        'default-src': "'self'",
      })
      expect(withoutHashes(policy['script-src'])).toEqual(
        in_wallet.includes(path) ? ["'self'", 'https://open.95516.com'] : ["'self'"],
      )
      expect(headers).toMatchObject({
        'x-frame-options': 'DENY',
        'strict-transport-security': 'max-age=31536000; includeSubDomains',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
      })
    },
  )
  test("the page in the wallet accepts the bridge's frames, and sends its data only to us and the bridge", async () => {
    const { policy } = await headersOf(production, '/')
    expect(policy['frame-src']).toBe('gap: wvjbscheme: https: https://open.95516.com')
    expect(policy['connect-src']).toBe("'self' https://open.95516.com gap: wvjbscheme:")
    const named = readSettings({ BRIDGE_SOURCES: 'https://*.95516.com * https: wss://* app:' })
    expect((await headersOf(named, '/')).policy['connect-src']).toBe(
      "'self' http://localhost:4601 https://*.95516.com app:",
    )
  })
  test("the policies of the console and of pages outside the wallet do not mention the wallet's bridge", async () => {
    for (const path of ['/console/', '/nowhere']) {
      const { policy } = await headersOf(production, path)
      expect(policy).toMatchObject({ 'connect-src': "'self'", 'frame-src': "'none'" })
      expect(Object.values(policy).join()).not.toMatch(/95516|gap:|wvjbscheme:|https:/)
    }
  })
  test('cookies are sent over TLS only, and no other host of the domain can set them', async () => {
    const http = await createHttp(production, quiet)
    const cookies = createCookies(production.public_url)
    http.get('/set', async (_request, reply) => {
      cookies.set(reply, 'wugan_session', 'A'.repeat(43))
      return {}
    })
    http.get('/read', async (request) => ({
      session: cookies.read(request, 'wugan_session') ?? null,
    }))
    const { headers } = await http.inject({ url: '/set' })
    expect(headers['set-cookie']).toBe(
      `__Host-wugan_session=${'A'.repeat(43)}; Path=/; HttpOnly; Secure; SameSite=Lax`,
    )
    expect(
      (
        await http.inject({ url: '/read', headers: { cookie: `wugan_session=${'A'.repeat(43)}` } })
      ).json(),
    ).toEqual({ session: null })
    await http.close()
  })
})

describe('the setting FRAME_ANCESTORS', () => {
  test('is the only way to let a page frame us, and only the named one', async () => {
    const { headers, policy } = await headersOf(
      readSettings({ FRAME_ANCESTORS: 'http://localhost:4601' }),
      '/',
    )
    expect([policy['frame-ancestors'], headers['x-frame-options']]).toEqual([
      'http://localhost:4601',
      undefined,
    ])
    const without = await headersOf(readSettings({}), '/')
    expect([
      without.policy['frame-ancestors'],
      without.headers['x-frame-options'],
      without.headers['strict-transport-security'],
    ]).toEqual(["'none'", 'DENY', undefined])
  })
})

test('the policy of a page names every inline script and style by its hash, and allows none by unsafe-inline', async () => {
  for (const path of ['/', '/return/signing', '/console/']) {
    const page = await makePage(
      join(dist, 'web'),
      publicFacts(production, loadCatalogue(production.plans_file)),
    )
    const http = await createHttp(production, quiet)
    await pageRoutes(http, { ...production, web_dir: join(dist, 'web') }, page)
    const answer = await http.inject({ url: path })
    await http.close()
    expect(answer.statusCode).toBe(200)
    const policy = directives(String(answer.headers['content-security-policy']))
    for (const [tag, directive] of [
      ['script', 'script-src'],
      ['style', 'style-src'],
    ] as const) {
      expect(policy[directive]).not.toMatch(/unsafe|\*|data:|blob:/)
      for (const [, inner = ''] of answer.body.matchAll(
        new RegExp(`<${tag}>([^]*?)</${tag}>`, 'g'),
      )) {
        expect(policy[directive]).toContain(
          `'sha256-${createHash('sha256').update(inner).digest('base64')}'`,
        )
      }
    }
  }
})

test('the page of the API for developers keeps the same policy and has nothing inline', async () => {
  const answer = await fetch(`${world.url}/docs`)
  const [policy, html] = [
    directives(answer.headers.get('content-security-policy') ?? ''),
    await answer.text(),
  ]
  expect([answer.status, policy['script-src'], policy['connect-src'], policy['frame-src']]).toEqual(
    [200, "'self'", "'self'", "'none'"],
  )
  expect(html).not.toMatch(/<script(?![^>]* src=)|\son[a-z]+=|javascript:|<style/i)
})

test('no cache stores personal answers, whatever they are; public answers state their lifetime', async () => {
  const payer = await world.signedIn()
  const operator = await createOperator(world.url, world.database, 'cached', 'admin')
  await operator.signIn()
  const headers = {
    ...payer.credentials(),
    authorization: `Bearer ${await world.key([...verbs])}`,
    cookie: `wugan_session=${payer.jar.get('wugan_session')}; ${operator.cookie()}`,
  }
  const erasing = /erasure|session/
  for (const { method, path, access, body } of route_table.filter(
    (line) =>
      /^\/(v1|api|console)\//.test(line.path) && line.access !== 'open' && !erasing.test(line.path),
  )) {
    for (const id of ['01KBN2V7Q4TZ8M3RXJ5W9GYHC6', 'not-of-the-form']) {
      const answer = await fetch(`${world.url}${path.replaceAll(/:\w+/g, id)}`, {
        method,
        headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
      expect([access, method, path, answer.headers.get('cache-control')]).toEqual([
        access,
        method,
        path,
        'no-store',
      ])
    }
  }
})
