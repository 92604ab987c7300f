import { fileURLToPath } from 'node:url'
import type { Page, Route } from '@playwright/test'
import { build, type Rolldown } from 'vite'
import type { OpenContext } from '../browser/contexts.ts'

/** Both origins exist only inside the browser: every request is answered here. */
export const bridgeOrigin = 'http://open.example'
export const h5Origin = 'http://h5.example'
export const agents = {
  ios: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 (com.unionpay.chsp) (cordova 4.5.4) (updebug 0) (version 1024) (UnionPay/1.0 CloudPay)',
  android:
    'Mozilla/5.0 (Linux; Android 14; wv) Version/4.0 Chrome/129.0 Mobile Safari/537.36(com.unionpay.mobilepay) (cordova 7.0.0) (updebug 0) (version 1015)(UnionPay/1.0 CloudPay)',
  browser:
    'Mozilla/5.0 (Linux; Android 14) Chrome/129.0 Mobile Safari/537.36 (UnionPay/1.0 OtherBank)',
}

export type World = {
  user_agent?: string
  rules?: Record<string, { outcome: string; shape?: string; delay_ms?: number }>
  admission?: 'config' | 'plugin_ready' | 'either'
  config?: unknown
  /** the page that frames the H5, if any */
  parent?: { origin: string; html: string }
  /** runs in the H5 right after the script, before the bridge can be ready */
  code?: string
}

/** Builds upsdk.js as the product does, without writing it. */
export async function builtScript(): Promise<string> {
  const configFile = fileURLToPath(
    new URL('../../sandbox/pages/upsdk.vite.config.ts', import.meta.url),
  )
  const [built] = (await build({
    configFile,
    logLevel: 'warn',
    build: { write: false },
  })) as Rolldown.RolldownOutput[]
  const [script] = built?.output ?? []
  if (script?.type !== 'chunk') throw new Error('upsdk.js was not built')
  return script.code
}

const h5 = (code: string) => `<!doctype html><title>h5</title><script>
window.seen = []
window.note = (name) => (value) => window.seen.push([name, value === undefined ? null : value])
window.addEventListener('error', (event) => window.note('thrown')(event.message))
document.addEventListener('deviceready', () => window.note('deviceready')())
</script><script src="${bridgeOrigin}/s/open/js/upsdk.js"></script><script>${code}</script>`

async function answer(route: Route, world: World, script: string): Promise<void> {
  const { origin, pathname } = new URL(route.request().url())
  const headers = {
    'access-control-allow-origin': h5Origin,
    'access-control-allow-credentials': 'true',
    'access-control-allow-headers': 'content-type',
  }
  const json = (value: unknown) =>
    route.fulfill({
      status: 200,
      headers,
      contentType: 'application/json',
      body: JSON.stringify(value),
    })
  if (origin === h5Origin)
    return route.fulfill({ contentType: 'text/html', body: h5(world.code ?? '') })
  if (pathname === '/parent')
    return route.fulfill({ contentType: 'text/html', body: world.parent?.html ?? '' })
  if (pathname === '/s/open/js/upsdk.js')
    return route.fulfill({ contentType: 'text/javascript; charset=utf-8', body: script })
  if (pathname === '/_control/bridge')
    return json({
      personality: 'android',
      admission: world.admission ?? 'either',
      rules: world.rules ?? {},
    })
  if (pathname === '/_pages/bridge/config')
    return json(world.config ?? { ok: true, jsApiList: [{ plugin: 'UPWebPay', actions: ['pay'] }] })
  if (pathname === '/_pages/bridge/applet-auth') return json({ code: 'a+b/c=' })
  return json({})
}

/** What a callback recorded, by its name. */
export type Noted = [name: string, value: unknown]

declare global {
  interface Window {
    seen: Noted[]
    note(name: string): (value?: unknown) => void
    upsdk: Record<string, (...args: unknown[]) => void> & { isInsideWallet: boolean }
  }
}

export type Opened = {
  page: Page
  /** the records in order, once `until` was recorded */
  seen(until: string): Promise<Noted[]>
}

/** Opens the H5, alone or inside `world.parent`. */
export async function openPage(
  openContext: OpenContext,
  script: string,
  world: World,
): Promise<Opened> {
  const context = await openContext({ userAgent: world.user_agent ?? agents.ios })
  await context.route('**/*', (route) => answer(route, world, script))
  const page = await context.newPage()
  await page.goto(world.parent ? `${world.parent.origin}/parent` : `${h5Origin}/`)
  const frame = () => page.frames()[world.parent ? 1 : 0] ?? page.mainFrame()
  return {
    page,
    async seen(until) {
      await frame().waitForFunction(
        (wanted) => window.seen.some(([name]) => name === wanted),
        until,
      )
      const all = await frame().evaluate(() => window.seen)
      return all.filter(([name]) => name !== 'deviceready')
    },
  }
}
