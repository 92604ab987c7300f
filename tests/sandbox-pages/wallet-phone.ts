import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, type Frame, type Page } from '@playwright/test'
import { build } from 'vite'
import type { OpenContext } from '../browser/contexts.ts'
import { startSandboxProcess } from '../support/sandbox-process.ts'
import { h5Origin } from './upsdk-page.ts'

const appId = '5ab0c0de5ab0c0de5ab0c0de5ab0c0de'
const parkingPlan = 'a1f0c3d2e4b5968778695a4b3c2d1e02'

/** Freshly built pages, served by the real sandbox on a port and folder of its own. */
export async function startPages(): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'wugan-pages-'))
  const pages_dir = join(folder, 'pages')
  const configFile = fileURLToPath(new URL('../../sandbox/pages/vite.config.ts', import.meta.url))
  await build({ configFile, logLevel: 'warn', build: { outDir: pages_dir } })
  const sandbox = await startSandboxProcess({
    SANDBOX_PORT: '0',
    SANDBOX_DATA_DIR: join(folder, 'data'),
    SANDBOX_PAGES_DIR: pages_dir,
    SANDBOX_H5_URL: `${h5Origin}/`,
    SANDBOX_APP_DOMAINS: 'h5.example',
  })
  return {
    url: sandbox.url,
    async stop() {
      await sandbox.kill('SIGTERM')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The address of the signing page, as a merchant's H5 opens it. */
export function signingAddress(url: string, plan_id = parkingPlan): string {
  const query = new URLSearchParams({
    appId,
    redirectUri: `${h5Origin}/return`,
    responseType: 'code',
    scope: 'upapi_contract',
    planId: plan_id,
    state: 'abc',
  })
  return `${url}/s/open/noPwd/html/open.html?${query.toString()}`
}

/**
 * A merchant's H5 that exists only in the browser: one page that links to another, with upsdk.js.
 */
const h5 = (script: string, path: string) => `<!doctype html><title>${path}</title>
<body><h1>${path}</h1><a href="/second">next</a><p id="resumed"></p></body>
<script>document.addEventListener('resume', () => { resumed.textContent += 'resumed ' })</script>
<script src="${script}"></script>`

export type Phone = {
  page: Page
  h5: () => Frame
  openH5: () => Promise<void>
  back: () => Promise<void>
}

export async function openWallet(
  openContext: OpenContext,
  script: string,
  url: string,
): Promise<Phone> {
  const context = await openContext({ viewport: { width: 1280, height: 900 } })
  await context.route(`${url}/s/open/js/upsdk.js`, (route) =>
    route.fulfill({ contentType: 'text/javascript; charset=utf-8', body: script }),
  )
  await context.route(`${h5Origin}/**`, (route) =>
    route.fulfill({
      contentType: 'text/html; charset=utf-8',
      body: h5(`${url}/s/open/js/upsdk.js`, new URL(route.request().url()).pathname),
    }),
  )
  const page = await context.newPage()
  await page.goto(`${url}/`)
  const frame = () => page.frames()[1] ?? page.mainFrame()
  return {
    page,
    h5: frame,
    async openH5() {
      await page.getByRole('button', { name: '青禾便民' }).click()
      const heading = page.frameLocator('iframe').getByRole('heading', { name: '/', exact: true })
      await expect(heading).toBeVisible()
      await frame().waitForFunction(() => window.upsdk.isInsideWallet)
    },
    back: () => page.getByRole('button', { name: '返回', exact: true }).last().click(),
  }
}
