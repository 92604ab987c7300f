import type { CDPSession, Page } from '@playwright/test'
import { expect, test } from '../browser/test.ts'
import { createMerchant, orderNo, retail } from '../support/charging.ts'
import type { Phone } from '../browser/phone.ts'
import { plan } from '../support/world.ts'

/**
 * The budget of the first load in numbers that do not depend on the machine. Times are in
 * docs/first-load.md.
 */
declare global {
  interface Window {
    /** layout shifts, with the shifted elements */
    shifts?: unknown[]
  }
}
type LayoutShift = PerformanceEntry & { value: number; sources: { node: Node | null }[] }

const max_bytes = 50_000
const max_requests = 6

type Loaded = { url: string; bytes: number }

/** Adds the session of `payer` to the phone, as if they had signed in there. */
const addSessionCookie = (phone: Phone, payer: { jar: Map<string, string> }) =>
  phone.context.addCookies([
    {
      name: 'wugan_session',
      value: payer.jar.get('wugan_session') ?? '',
      domain: 'localhost',
      path: '/',
    },
  ])

/** Records everything that this page loads from now on, with the size of its compressed body. */
async function recordTransfers(
  page: Page,
): Promise<{ transfers: Map<string, Loaded>; cdp: CDPSession }> {
  const cdp = await page.context().newCDPSession(page)
  const transfers = new Map<string, Loaded>()
  await cdp.send('Network.enable')
  cdp.on(
    'Network.requestWillBeSent',
    ({ requestId, request }) => void transfers.set(requestId, { url: request.url, bytes: 0 }),
  )
  const heads = new Map<string, number>()
  cdp.on(
    'Network.responseReceived',
    ({ requestId, response }) => void heads.set(requestId, response.encodedDataLength),
  )
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const one = transfers.get(requestId)
    if (one) one.bytes = Math.max(0, encodedDataLength - (heads.get(requestId) ?? 0))
  })
  return { transfers, cdp }
}

const expectReady = async (phone: Phone) => {
  await expect
    .poll(() => phone.page.evaluate(() => performance.getEntriesByName('ready').length))
    .toBe(1)
}

/** Records every layout shift; `layoutShiftsOf` returns them. */
const recordLayoutShifts = (page: Page) =>
  page.addInitScript(() => {
    const shifts: unknown[] = []
    window.shifts = shifts
    new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries() as LayoutShift[])
        shifts.push([
          value,
          ...sources.map(({ node }) => (node as Element | null)?.outerHTML?.slice(0, 60)),
        ])
    }).observe({ type: 'layout-shift', buffered: true })
  })
const layoutShiftsOf = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<unknown[] | undefined>((resolve) =>
        requestAnimationFrame(() => setTimeout(() => resolve(window.shifts), 100)),
      ),
  )

test('the first load stays within the budget and has no chained requests', async ({
  phone,
  world,
}) => {
  const { transfers } = await recordTransfers(phone.page)
  await phone.page.goto(`${world.url}/`)
  await expectReady(phone)
  const own = [...transfers.values()].filter(({ url }) => url.startsWith(world.url))
  expect(own.slice(0, 2).map(({ url }) => new URL(url).pathname)).toEqual([
    '/',
    expect.stringMatching(/^\/assets\/index-.*\.js$/),
  ])
  expect(own.length).toBeLessThanOrEqual(max_requests)
  const bytes = own.reduce((sum, one) => sum + one.bytes, 0)
  expect(bytes).toBeGreaterThan(30_000) // Vue alone is larger: less would mean that nothing was recorded
  expect(bytes).toBeLessThanOrEqual(max_bytes)
})

test('the document contains the plans and no personal data', async ({ world }) => {
  const payer = await world.signedIn()
  const [visitor, payer_known] = await Promise.all(
    [{}, { cookie: `wugan_session=${payer.jar.get('wugan_session')}` }].map((headers) =>
      fetch(`${world.url}/`, { headers }),
    ),
  )
  const html = await visitor!.text()
  expect(html).toContain('无人货柜开门即购</strong>')
  expect(await payer_known!.text()).toBe(html)
})

test('a slow script of UnionPay delays neither the first paint nor the first tap', async ({
  phone,
  world,
}) => {
  await phone.page.route(/upsdk\.js/, () => undefined) // never answered
  await phone.page.goto(`${world.url}/`, { waitUntil: 'commit' })
  await expectReady(phone)
  await phone.link(/无人货柜开门即购/).tap()
  await expect(phone.page.getByText('扣款顺序')).toBeVisible()
})

for (const [name, path, text] of [
  ['the first page', '/', '无人货柜开门即购'],
  ['a plan', `/plans/${plan.vending}`, '扣款顺序'],
  ['my contracts', '/contracts', '无人货柜开门即购'],
] as const) {
  test(`the layout does not shift while ${name} loads`, async ({ world, openPhone }) => {
    const payer = await world.signedIn()
    await payer.sign(plan.vending)
    const phone = await openPhone(payer)
    await addSessionCookie(phone, payer)
    await recordLayoutShifts(phone.page)
    const { cdp } = await recordTransfers(phone.page)
    await cdp.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 150,
      downloadThroughput: 200_000,
      uploadThroughput: 90_000,
    })
    await phone.open(path)
    await expect(phone.page.getByText(text).first()).toBeVisible()
    await expectReady(phone)
    expect(await layoutShiftsOf(phone.page)).toEqual([])
    expect(phone.console_errors).toEqual([])
  })
}

for (const [name, path, text] of [
  ['my contracts', () => '/contracts', '自动扣款'],
  ['a contract that renews', (id: string) => `/contracts/${id}`, '自动扣款'],
  ['the bills', () => '/bills', '会员费'],
] as const) {
  test(`the layout does not shift on ${name} when the renewal and the spending load late`, async ({
    world,
    openPhone,
  }) => {
    const payer = await world.signedIn()
    const contract = (await payer.sign(plan.membership)).contract?.id ?? ''
    const merchant = createMerchant(world.url, await world.key(['read', 'charge']))
    // a charge that is paid while the page is open would change the page
    const { order_id } = await merchant.charge({
      merchant_order_no: orderNo(),
      amount_fen: 1_500,
      description: '会员费',
      contract,
      merchant_no: retail,
    })
    await merchant.settled(order_id)
    const on = new Date(world.app.charges.clock.now().getTime() + 8 * 3_600_000 + 8 * 86_400_000)
      .toISOString()
      .slice(0, 10)
    await merchant.call('POST', `/v1/contracts/${contract}/debit-notices`, {
      debit_on: on,
      amount_fen: 1_500,
      description: '下月会员',
      way_to_cancel: '本页可关闭',
    })
    const phone = await openPhone(payer)
    await addSessionCookie(phone, payer)
    await recordLayoutShifts(phone.page)
    const release = await delayRequests(phone, /coming-debits$|bills\/summary/)
    const asked = phone.page.waitForResponse(/api\/bills\/?|api\/contracts/)
    await phone.open(path(contract))
    await asked
    await expectReady(phone)
    release()
    await expect(phone.page.getByText(text).first()).toBeVisible()
    await phone.page.waitForLoadState('networkidle')
    expect(await layoutShiftsOf(phone.page)).toEqual([])
  })
}

/**
 * The requests that a page sends before it has any response, and those that it sends afterwards.
 * The wallet's admission is not included.
 */
async function requestsOf(
  phone: Phone,
  path: string,
  text: string,
): Promise<{ at_once: string[]; later: string[]; refused: number[] }> {
  // the proof of this web view survives the reload below
  await phone.open(path)
  await expect(phone.page.getByText(text).first()).toBeVisible()
  await phone.page.waitForLoadState('networkidle')
  const requested: string[] = []
  const refused: number[] = []
  const release = await delayRequests(phone, /\/api\/(?!app|bridge-signature)/)
  phone.page.on(
    'request',
    (request) =>
      void (
        request.method() === 'GET' &&
        /\/api\/(?!app|bridge-signature)/.test(request.url()) &&
        requested.push(new URL(request.url()).pathname)
      ),
  )
  phone.page.on(
    'response',
    (response) => void (response.status() >= 400 && refused.push(response.status())),
  )
  await phone.page.reload()
  await expect.poll(() => requested.length).toBeGreaterThan(0)
  await expectReady(phone)
  // wait until the page is idle: without responses it has sent all that it sends in parallel
  await phone.page.evaluate(
    () => new Promise<void>((idle) => requestIdleCallback(() => requestIdleCallback(() => idle()))),
  )
  const at_once = requested.toSorted()
  release()
  await expect(phone.page.getByText(text).first()).toBeVisible()
  await phone.page.waitForLoadState('networkidle')
  return { at_once, later: requested.filter((one) => !at_once.includes(one)), refused }
}

test('the plan page of an unknown visitor requests session and contract in parallel and receives no error', async ({
  openPhone,
}) => {
  const { at_once, later, refused } = await requestsOf(
    await openPhone(),
    `/plans/${plan.vending}`,
    '自动确认你的身份',
  )
  expect(at_once).toEqual([`/api/plans/${plan.vending}/contract`, '/api/session'])
  expect([later, refused]).toEqual([[], []])
})

test('personal pages request their data in parallel, never in a chain', async ({
  world,
  openPhone,
}) => {
  const payer = await world.signedIn()
  await payer.sign(plan.vending)
  const [contract] = await payer.contracts()
  const merchant = createMerchant(world.url, await world.key(['read', 'charge']))
  const { order_id } = await merchant.charge({
    merchant_order_no: orderNo(),
    amount_fen: 350,
    description: '乌龙茶',
    contract: contract?.id ?? '',
    merchant_no: retail,
  })
  await merchant.settled(order_id)
  const pages = [
    [`/plans/${plan.vending}`, '你已签约这项服务'],
    ['/contracts', '无人货柜'],
    [`/contracts/${contract?.id}`, '今日已用'],
    [`/contracts/${contract?.id}/end`, '确认解约'],
    ['/bills', '乌龙茶'],
  ] as const
  for (const [path, text] of pages) {
    const phone = await openPhone(payer)
    await addSessionCookie(phone, payer)
    expect([path, (await requestsOf(phone, path, text)).later]).toEqual([path, []])
  }
})

test('the layout shift check detects a shift', async ({ phone, world }) => {
  await recordLayoutShifts(phone.page)
  await phone.page.goto(`${world.url}/`)
  await expectReady(phone)
  await phone.page.getByRole('main').evaluate((main) => {
    const late = Object.assign(document.createElement('p'), { textContent: 'late' })
    late.style.height = '90px'
    main.prepend(late)
  })
  expect(await layoutShiftsOf(phone.page)).not.toEqual([])
})

/** Delays the responses until `release` is called. */
async function delayRequests(phone: Phone, files: RegExp): Promise<() => void> {
  let release = () => {}
  const released = new Promise<void>((resolve) => (release = resolve))
  await phone.page.route(files, async (route) => {
    await released
    await route.continue()
  })
  return release
}

test('a link that is tapped before the scripts have loaded is followed once they have', async ({
  phone,
  world,
}) => {
  const release = await delayRequests(phone, /\/assets\/index-/)
  await phone.page.goto(`${world.url}/`, { waitUntil: 'commit' })
  await phone.link(/无人货柜开门即购/).tap({ noWaitAfter: true })
  await expect(phone.page.getByText('正在加载').first()).toBeAttached()
  release()
  await expect(phone.page.getByText('扣款顺序')).toBeVisible()
  expect(phone.console_errors).toEqual([])
})

test('a navigation during the load of the first route is not undone', async ({ phone, world }) => {
  const release = await delayRequests(phone, /\/assets\/inner-pages-.*\.js/)
  await phone.page.goto(`${world.url}/#/privacy`, { waitUntil: 'commit' })
  await expect
    .poll(() =>
      phone.page.evaluate(
        () =>
          (history.state as { position?: number } | null)?.position ??
          performance
            .getEntriesByType('resource')
            .some((one) => one.name.includes('/assets/index-')),
      ),
    )
    .toBeTruthy()
  await phone.page.evaluate((hash) => void (location.hash = hash), `#/plans/${plan.vending}`)
  release()
  await expect(phone.page.getByText('扣款顺序')).toBeVisible()
  expect(phone.path()).toBe(`/plans/${plan.vending}`)
})

test('a second visit takes the document and its scripts from the cache', async ({
  phone,
  world,
}) => {
  await phone.page.goto(`${world.url}/`)
  await expectReady(phone)
  await phone.page.goto('about:blank')
  const { transfers } = await recordTransfers(phone.page)
  const refreshed = phone.page.waitForResponse(/\/api\/plans$/)
  await phone.page.goto(`${world.url}/`)
  await expectReady(phone)
  // cached data may be old: the page requests it again while it shows the cached one
  await refreshed
  const over_the_net = [...transfers.values()].filter(
    ({ url, bytes }) => bytes > 0 && url.startsWith(world.url) && !url.includes('/api/'),
  )
  expect(over_the_net).toEqual([])
})
