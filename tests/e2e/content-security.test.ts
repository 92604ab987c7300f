import { readFileSync } from 'node:fs'
import pino from 'pino'
import type { BrowserContext, Page } from '@playwright/test'
import { expect, test as base } from '../browser/test.ts'
import { readSettings } from '../../server/settings.ts'
import { createTestDatabase } from '../support/database.ts'
import { createOperator, password } from '../support/operator.ts'
import { agents } from '../browser/phone.ts'
import { freePort, plan, startServer } from '../support/world.ts'
import { production_env } from '../support/production-env.ts'

declare global {
  interface Window {
    /** violations of the policy on this page */
    forbidden?: string[]
  }
}

type Environment = 'sandbox' | 'test' | 'production'

/** The real server with the policy that an environment has by default. */
async function startServerOf(
  environment: Environment,
): Promise<{ url: string; stop(): Promise<void> }> {
  const made = await createTestDatabase()
  const settings = {
    ...readSettings({
      ...production_env,
      UNIONPAY_ENV: environment,
      UNIONPAY_NOTICE_KEY_FILES: 'notice.pem',
    }),
    unionpay_notice_key_files: null,
    port: await freePort(),
  }
  const app = await startServer(settings, made.database, pino({ level: 'silent' }), false)
  const stop = async (): Promise<void> => {
    await app.close()
    await made.drop()
  }
  return { url: `http://localhost:${settings.port}`, stop }
}

const test = base.extend<{
  /** a browser that records errors about policies and violations of them */
  strict_browser: { context: BrowserContext; console_messages: string[] }
  serverOf(environment: Environment): Promise<string>
}>({
  strict_browser: async ({ openContext }, use) =>
    use(await makeStrict(await openContext({ userAgent: agents.ios }))),
  serverOf: async ({ world }, use) => {
    const started: { stop(): Promise<void> }[] = []
    await use(async (environment) => {
      if (environment === 'sandbox') return world.url
      const server = await startServerOf(environment)
      started.push(server)
      return server.url
    })
    for (const server of started) await server.stop()
  },
})

async function makeStrict(
  context: BrowserContext,
): Promise<{ context: BrowserContext; console_messages: string[] }> {
  const console_messages: string[] = []
  context.on('console', (message) => {
    const is_load_failure = message.text().startsWith('Failed to load resource')
    if (['error', 'warning'].includes(message.type()) && !is_load_failure)
      console_messages.push(message.text())
  })
  await context.addInitScript(() => {
    const forbidden: string[] = []
    window.forbidden = forbidden
    document.addEventListener('securitypolicyviolation', (event) =>
      forbidden.push(`${event.effectiveDirective} ${event.blockedURI}`),
    )
  })
  return { context, console_messages }
}

/** The paths of a router, with a value of the right form for every parameter. */
const pathsOf = (router: string): string[] =>
  [...readFileSync(router, 'utf8').matchAll(/path: '(\/[^']*)'/g)].map(([, path = '']) =>
    path
      .replace(':plan_id', plan.vending)
      .replace(/:(id|signing_id|order_id)/, '01ARZ3NDEKTSV4RRFFQ69G5FAV')
      .replace(':rest(.*)*', 'nowhere'),
  )

async function open(page: Page, address: string): Promise<void> {
  await page.goto('about:blank')
  const answer = await page.goto(address)
  expect(Object.keys(answer?.headers() ?? {})).toContain('content-security-policy')
  expect(Object.keys(answer?.headers() ?? {})).not.toContain('content-security-policy-report-only')
  await page.waitForLoadState('networkidle')
}

for (const [environment, paths] of [
  ['sandbox', pathsOf('web/router.ts')],
  // all paths behind the hash are one document with one policy
  ['test', ['/']],
  ['production', ['/', `/plans/${plan.vending}`]],
] as const) {
  test(`in ${environment} the browser accepts the policy of every page, and no page violates it`, async ({
    strict_browser,
    serverOf,
  }) => {
    const url = await serverOf(environment)
    const { context, console_messages } = strict_browser
    await context.route(/95516\.com/, (route) => route.fulfill({ body: '' }))
    const page = await context.newPage()
    const addresses = [
      ...paths.map((path) => `/#${path}`),
      '/return/sign-in?code=x&state=y',
      '/return/signing?code=x&state=y',
      '/console/',
      '/docs',
    ]
    for (const address of addresses) {
      await open(page, url + address)
      expect([
        address,
        console_messages,
        await page.evaluate(() => window.forbidden ?? []),
      ]).toEqual([address, [], []])
    }
  })
}

test('no page of the console violates its policy', async ({ world, strict_browser }) => {
  const { url, database } = world
  await createOperator(url, database, 'carol', 'admin')
  const { context, console_messages } = strict_browser
  const page = await context.newPage()
  await page.goto(`${url}/console/`)
  await page.getByLabel('用户名').fill('carol')
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: '登录' }).click()
  await expect(page.getByRole('listitem').getByText('成功率')).toBeVisible()
  for (const path of pathsOf('web/console/router.ts')) {
    await open(page, `${url}/console/#${path}`)
    expect([path, console_messages, await page.evaluate(() => window.forbidden)]).toEqual([
      path,
      [],
      [],
    ])
  }
})

for (const environment of ['test', 'production'] as const) {
  test(`in ${environment} the policy admits the bridge frames of an iPhone and no frame over http`, async ({
    strict_browser,
    serverOf,
  }) => {
    const url = await serverOf(environment)
    const { context } = strict_browser
    await context.route(/95516\.com|__bridge_loaded__/, (route) => route.fulfill({ body: '' }))
    const page = await context.newPage()
    await open(page, `${url}/`)
    for (const src of [
      'https://__bridge_loaded__',
      'wvjbscheme://__BRIDGE_LOADED__',
      'gap://ready',
      'http://elsewhere.example/', // once this violation is reported, the earlier frames have been checked
    ])
      await page.evaluate(
        (address) =>
          document.body.append(Object.assign(document.createElement('iframe'), { src: address })),
        src,
      )
    await expect.poll(() => page.evaluate(() => window.forbidden?.length)).toBeGreaterThan(0)
    expect(await page.evaluate(() => window.forbidden)).toEqual([
      'frame-src http://elsewhere.example',
    ])
  })
}
