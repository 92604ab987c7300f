import type { CDPSession, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Phone } from '../support/phone.ts'
import { setStage } from '../support/stage.ts'
import { plan } from '../support/world.ts'

/** The budget of the first load in facts that do not depend on the machine. How long it takes: docs/first-load.md. */
const stage = setStage()

const most_bytes = 50_000
const most_requests = 6

type Loaded = { url: string; bytes: number }

/** Everything this page loads from now on, with what its compressed body weighed on the wire. */
async function weigh(page: Page): Promise<{ seen: Map<string, Loaded>; cdp: CDPSession }> {
  const cdp = await page.context().newCDPSession(page)
  const seen = new Map<string, Loaded>()
  await cdp.send('Network.enable')
  cdp.on('Network.requestWillBeSent', ({ requestId, request }) => void seen.set(requestId, { url: request.url, bytes: 0 }))
  const heads = new Map<string, number>()
  cdp.on('Network.responseReceived', ({ requestId, response }) => void heads.set(requestId, response.encodedDataLength))
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const one = seen.get(requestId)
    if (one) one.bytes = Math.max(0, encodedDataLength - (heads.get(requestId) ?? 0))
  })
  return { seen, cdp }
}

const isReady = async (phone: Phone) => {
  await expect.poll(() => phone.page.evaluate("performance.getEntriesByName('ready').length")).toBe(1)
}

/** Notes every shift of what was already painted; `shiftsOf` hands them out. */
const noteShifts = (page: Page) => page.addInitScript(`
  window.shifts = []
  new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map(({ value, sources }) => [value, ...sources.map(({ node }) => node?.outerHTML?.slice(0, 60))])))
    .observe({ type: 'layout-shift', buffered: true })`)
const shiftsOf = (page: Page) => page.evaluate<unknown[]>(`new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(window.shifts), 100)))`)

test('the first load fits into the budget and asks for nothing in a chain', async () => {
  const phone = await stage.phone()
  const { seen } = await weigh(phone.page)
  await phone.page.goto(`${stage.world.url}/`)
  await isReady(phone)
  const own = [...seen.values()].filter(({ url }) => url.startsWith(stage.world.url))
  expect(own.slice(0, 2).map(({ url }) => new URL(url).pathname)).toEqual(['/', expect.stringMatching(/^\/assets\/index-.*\.js$/)])
  expect(own.length).toBeLessThanOrEqual(most_requests)
  const bytes = own.reduce((sum, one) => sum + one.bytes, 0)
  expect(bytes).toBeGreaterThan(30_000) // Vue alone weighs as much: less would mean that nothing was weighed
  expect(bytes).toBeLessThanOrEqual(most_bytes)
})

test('the plans stand in the page itself, and nothing about a person', async () => {
  const payer = await stage.world.signedIn()
  const [stranger, known] = await Promise.all([{}, { cookie: `wugan_session=${payer.jar.get('wugan_session')}` }].map((headers) => fetch(`${stage.world.url}/`, { headers })))
  const html = await stranger!.text()
  expect(html).toContain('无人货柜开门即购</strong>')
  expect(await known!.text()).toBe(html)
})

test("UnionPay's script, however slow, holds back neither the first paint nor the first tap", async () => {
  const phone = await stage.phone()
  await phone.page.route(/upsdk\.js/, () => undefined) // never answered
  await phone.page.goto(`${stage.world.url}/`, { waitUntil: 'commit' })
  await isReady(phone)
  await phone.link(/无人货柜开门即购/).tap()
  await phone.page.getByText('扣款顺序').waitFor()
})

test.each([
  ['the first page', '/', '无人货柜开门即购'], ['a plan', `/plans/${plan.vending}`, '扣款顺序'], ['my contracts', '/contracts', '无人货柜开门即购'],
])('nothing jumps while %s loads', async (_name, path, seen) => {
  const payer = await stage.world.signedIn()
  await payer.sign(plan.vending)
  const phone = await stage.phone(payer)
  await phone.context.addCookies([{ name: 'wugan_session', value: payer.jar.get('wugan_session') ?? '', domain: 'localhost', path: '/' }])
  await noteShifts(phone.page)
  const { cdp } = await weigh(phone.page)
  await cdp.send('Network.emulateNetworkConditions', { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 90_000 })
  await phone.open(path)
  await phone.page.getByText(seen).first().waitFor()
  await isReady(phone)
  expect(await shiftsOf(phone.page)).toEqual([])
  expect(phone.complaints).toEqual([])
})

test('the check of jumps sees one', async () => {
  const phone = await stage.phone()
  await noteShifts(phone.page)
  await phone.page.goto(`${stage.world.url}/`)
  await isReady(phone)
  await phone.page.evaluate("void document.querySelector('main').prepend(Object.assign(document.createElement('p'), { textContent: 'late', style: 'height: 90px' }))")
  expect(await shiftsOf(phone.page)).not.toEqual([])
})

/** Keeps files from arriving until they are let go. */
async function hold(phone: Phone, files: RegExp): Promise<() => void> {
  let letGo = () => {}
  const held = new Promise<void>((resolve) => (letGo = resolve))
  await phone.page.route(files, async (route) => {
    await held
    await route.continue()
  })
  return letGo
}

test('a link tapped before the scripts are there is followed when they come', async () => {
  const phone = await stage.phone()
  const letGo = await hold(phone, /\/assets\/index-/)
  await phone.page.goto(`${stage.world.url}/`, { waitUntil: 'commit' })
  await phone.link(/无人货柜开门即购/).tap({ noWaitAfter: true })
  await phone.page.getByText('正在加载').waitFor({ state: 'attached' })
  letGo()
  await phone.page.getByText('扣款顺序').waitFor()
  expect(phone.complaints).toEqual([])
})

test('who has moved on while the first route was still loading stays where he went', async () => {
  const phone = await stage.phone()
  const letGo = await hold(phone, /\/assets\/inner-pages-.*\.js/)
  await phone.page.goto(`${stage.world.url}/#/privacy`, { waitUntil: 'commit' })
  await expect.poll(() => phone.page.evaluate("history.state?.position ?? performance.getEntriesByType('resource').some((one) => one.name.includes('/assets/index-'))")).toBeTruthy()
  await phone.page.evaluate(`void (location.hash = '#/plans/${plan.vending}')`)
  letGo()
  await phone.page.getByText('扣款顺序').waitFor()
  expect(phone.place()).toBe(`/plans/${plan.vending}`)
})

test('opened again soon, the page and its scripts come from the phone', async () => {
  const phone = await stage.phone()
  await phone.page.goto(`${stage.world.url}/`)
  await isReady(phone)
  await phone.page.goto('about:blank')
  const { seen } = await weigh(phone.page)
  const refreshed = phone.page.waitForResponse(/\/api\/plans$/)
  await phone.page.goto(`${stage.world.url}/`)
  await isReady(phone)
  // what the phone kept may be old: the public facts are asked for again, behind what is shown
  await refreshed
  const over_the_net = [...seen.values()].filter(({ url, bytes }) => bytes > 0 && url.startsWith(stage.world.url) && !url.includes('/api/'))
  expect(over_the_net).toEqual([])
})
