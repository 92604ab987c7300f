import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, CDPSession, Page } from '@playwright/test'
import { buildPages } from '../../commands/build.ts'
import { startProgram, untilReady } from '../../commands/parts/program.ts'
import {
  readAddresses,
  sandboxEnvironment,
  serverEnvironment,
} from '../../commands/parts/environments.ts'
import { launchChromium } from '../browser/chromium.ts'
import { agents } from '../browser/phone.ts'
import { serveFloors } from './floor-pages.ts'

const slow_4g = {
  offline: false,
  latency: 562.5,
  downloadThroughput: 180_000,
  uploadThroughput: 84_375,
}
const cpu_slower = 4

type Times = { paint: number; ready: number | null; shift: number }
type Visit = { first: Times; second: Times; tap: number | null }

const observe = `
  window.seen = { paint: 0, shift: 0, tap: 0 }
  new PerformanceObserver((list) => { window.seen.paint = list.getEntries().pop().startTime }).observe({ type: 'largest-contentful-paint', buffered: true })
  new PerformanceObserver((list) => { for (const one of list.getEntries()) window.seen.shift += one.value }).observe({ type: 'layout-shift', buffered: true })
  new PerformanceObserver((list) => { for (const one of list.getEntries()) if (one.interactionId) window.seen.tap = Math.max(window.seen.tap, one.duration) }).observe({ type: 'event', durationThreshold: 16, buffered: true })`

async function slowDown(page: Page): Promise<CDPSession> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Network.enable')
  await cdp.send('Network.emulateNetworkConditions', slow_4g)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: cpu_slower })
  return cdp
}

async function load(page: Page, url: string, has_script: boolean): Promise<Times> {
  await page.goto(url, { waitUntil: 'load' })
  if (has_script) await page.waitForFunction("performance.getEntriesByName('ready').length > 0")
  await page.waitForTimeout(400) // the last paint is reported a little later than it happens
  return page.evaluate(
    `({ paint: window.seen.paint, shift: window.seen.shift, ready: performance.getEntriesByName('ready')[0]?.startTime ?? null })`,
  )
}

/** A first visit with an empty cache, a tap, and a second visit. */
async function visit(
  browser: Browser,
  url: string,
  options: { has_script: boolean; tap: string | null },
): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: 360, height: 640 },
    isMobile: true,
    hasTouch: true,
    locale: 'zh-CN',
    userAgent: agents.android,
  })
  try {
    await context.addInitScript(observe)
    const page = await context.newPage()
    await slowDown(page)
    const first = await load(page, url, options.has_script)
    let tap: number | null = null
    if (options.tap !== null) {
      await page.getByText(options.tap).first().tap()
      await page.waitForTimeout(800)
      tap = await page.evaluate('window.seen.tap')
    }
    await page.close()
    const again = await context.newPage()
    await slowDown(again)
    return { first, second: await load(again, url, options.has_script), tap }
  } finally {
    await context.close()
  }
}

const median = (values: number[]): number =>
  values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0

/**
 * `wugan bench first-load [RUNS]`: how long a cheap phone waits for the first page, beside a static
 * page and a bare Vue hello-world, in one run, turn by turn. Chromium at 360×640, a processor four
 * times slower, slow 4G as Chrome's DevTools have it. Numbers of different machines or moments must
 * not be compared; their ratios may.
 */
export async function measureFirstLoad(runs: number): Promise<void> {
  const data_dir = await mkdtemp(join(tmpdir(), 'wugan-first-load-'))
  await buildPages()
  const at = readAddresses({ PORT: '4790', SANDBOX_PORT: '4791', DATA_DIR: data_dir })
  const sandbox = startProgram('sandbox', 'sandbox/main.ts', {
    env: sandboxEnvironment(at, process.env),
    log_file: join(data_dir, 'sandbox.log'),
  })
  await untilReady(sandbox, at.sandbox_url)
  const server = startProgram('server', 'server/main.ts', {
    env: serverEnvironment(at, process.env),
    log_file: join(data_dir, 'server.log'),
  })
  await untilReady(server, at.public_url)
  const floors = await serveFloors()
  const browser = await launchChromium()
  const places = {
    'static page': { url: floors.static_url, has_script: false, tap: null },
    'Vue hello-world': { url: floors.vue_url, has_script: true, tap: null },
    'the mini-app': { url: `${at.public_url}/`, has_script: true, tap: '无人货柜开门即购' },
  } as const
  const seen = new Map<string, Visit[]>(Object.keys(places).map((name) => [name, []]))
  try {
    for (let run = 0; run < runs; run++) {
      for (const [name, { url, ...options }] of Object.entries(places))
        seen.get(name)?.push(await visit(browser, url, options))
    }
  } finally {
    await browser.close()
    await floors.close()
    for (const program of [server, sandbox]) await program.stop()
    await rm(data_dir, { recursive: true, force: true })
  }
  printTimes(runs, seen)
}

function printTimes(runs: number, seen: ReadonlyMap<string, Visit[]>): void {
  const of = (name: string, pick: (one: Visit) => number | null): number =>
    median((seen.get(name) ?? []).map((one) => pick(one) ?? 0))
  const ms = (value: number): string => (value === 0 ? '–' : `${Math.round(value)} ms`)
  console.log(
    `\n${runs} runs, medians; CPU ${cpu_slower}× slower, slow 4G\n\n| page | largest paint | ready | shift | second visit: paint | ready |\n|---|---|---|---|---|---|`,
  )
  for (const name of seen.keys()) {
    console.log(
      `| ${name} | ${ms(of(name, (one) => one.first.paint))} | ${ms(of(name, (one) => one.first.ready))} | ${of(name, (one) => one.first.shift).toFixed(3)} | ${ms(of(name, (one) => one.second.paint))} | ${ms(of(name, (one) => one.second.ready))} |`,
    )
  }
  const [own, still, vue] = ['the mini-app', 'static page', 'Vue hello-world']
  console.log(
    `\nlargest paint ${(of(own, (one) => one.first.paint) / of(still, (one) => one.first.paint)).toFixed(2)}× the static page's (aim 1.2) · ready ${(
      of(own, (one) => one.first.ready) / of(vue, (one) => one.first.ready)
    ).toFixed(
      2,
    )}× the hello-world's (aim 1.2) · second visit ${ms(of(own, (one) => one.second.ready))} (aim 300 ms) · a tap ${ms(of(own, (one) => one.tap))} (aim 100 ms)`,
  )
}
