import type { CDPSession, Page } from '@playwright/test'
import { expect, test } from '../browser/test.ts'
import { createMerchant, orderNo, retail } from '../support/charging.ts'
import type { Phone } from '../browser/phone.ts'
import { plan } from '../support/world.ts'

/** The budget of the first load in facts that do not depend on the machine. How long it takes: docs/first-load.md. */
declare global {
  interface Window {
    /** shifts of what was already painted, and of which elements */
    shifts?: unknown[]
  }
}
type LayoutShift = PerformanceEntry & { value: number; sources: { node: Node | null }[] }

const most_bytes = 50_000
const most_requests = 6

type Loaded = { url: string; bytes: number }

/** Puts the session that `payer` has into the phone, as if they had signed in there. */
const carrySession = (phone: Phone, payer: { jar: Map<string, string> }) =>
  phone.context.addCookies([
    {
      name: 'wugan_session',
      value: payer.jar.get('wugan_session') ?? '',
      domain: 'localhost',
      path: '/',
    },
  ])

/** Everything this page loads from now on, with what its compressed body weighed on the wire. */
async function weigh(page: Page): Promise<{ seen: Map<string, Loaded>; cdp: CDPSession }> {
  const cdp = await page.context().newCDPSession(page)
  const seen = new Map<string, Loaded>()
  await cdp.send('Network.enable')
  cdp.on(
    'Network.requestWillBeSent',
    ({ requestId, request }) => void seen.set(requestId, { url: request.url, bytes: 0 }),
  )
  const heads = new Map<string, number>()
  cdp.on(
    'Network.responseReceived',
    ({ requestId, response }) => void heads.set(requestId, response.encodedDataLength),
  )
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const one = seen.get(requestId)
    if (one) one.bytes = Math.max(0, encodedDataLength - (heads.get(requestId) ?? 0))
  })
  return { seen, cdp }
}

const isReady = async (phone: Phone) => {
  await expect
    .poll(() => phone.page.evaluate(() => performance.getEntriesByName('ready').length))
    .toBe(1)
}

/** Notes every shift of what was already painted; `shiftsOf` hands them out. */
const noteShifts = (page: Page) =>
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
const shiftsOf = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<unknown[] | undefined>((resolve) =>
        requestAnimationFrame(() => setTimeout(() => resolve(window.shifts), 100)),
      ),
  )

test('the first load fits into the budget and asks for nothing in a chain', async ({
  phone,
  world,
}) => {
  const { seen } = await weigh(phone.page)
  await phone.page.goto(`${world.url}/`)
  await isReady(phone)
  const own = [...seen.values()].filter(({ url }) => url.startsWith(world.url))
  expect(own.slice(0, 2).map(({ url }) => new URL(url).pathname)).toEqual([
    '/',
    expect.stringMatching(/^\/assets\/index-.*\.js$/),
  ])
  expect(own.length).toBeLessThanOrEqual(most_requests)
  const bytes = own.reduce((sum, one) => sum + one.bytes, 0)
  expect(bytes).toBeGreaterThan(30_000) // Vue alone weighs as much: less would mean that nothing was weighed
  expect(bytes).toBeLessThanOrEqual(most_bytes)
})

test('the plans stand in the page itself, and nothing about a person', async ({ world }) => {
  const payer = await world.signedIn()
  const [stranger, known] = await Promise.all(
    [{}, { cookie: `wugan_session=${payer.jar.get('wugan_session')}` }].map((headers) =>
      fetch(`${world.url}/`, { headers }),
    ),
  )
  const html = await stranger!.text()
  expect(html).toContain('无人货柜开门即购</strong>')
  expect(await known!.text()).toBe(html)
})

test("UnionPay's script, however slow, holds back neither the first paint nor the first tap", async ({
  phone,
  world,
}) => {
  await phone.page.route(/upsdk\.js/, () => undefined) // never answered
  await phone.page.goto(`${world.url}/`, { waitUntil: 'commit' })
  await isReady(phone)
  await phone.link(/无人货柜开门即购/).tap()
  await expect(phone.page.getByText('扣款顺序')).toBeVisible()
})

for (const [name, path, seen] of [
  ['the first page', '/', '无人货柜开门即购'],
  ['a plan', `/plans/${plan.vending}`, '扣款顺序'],
  ['my contracts', '/contracts', '无人货柜开门即购'],
] as const) {
  test(`nothing jumps while ${name} loads`, async ({ world, openPhone }) => {
    const payer = await world.signedIn()
    await payer.sign(plan.vending)
    const phone = await openPhone(payer)
    await carrySession(phone, payer)
    await noteShifts(phone.page)
    const { cdp } = await weigh(phone.page)
    await cdp.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 150,
      downloadThroughput: 200_000,
      uploadThroughput: 90_000,
    })
    await phone.open(path)
    await expect(phone.page.getByText(seen).first()).toBeVisible()
    await isReady(phone)
    expect(await shiftsOf(phone.page)).toEqual([])
    expect(phone.complaints).toEqual([])
  })
}

for (const [name, path, seen] of [
  ['my contracts', () => '/contracts', '自动扣款'],
  ['a contract that renews', (id: string) => `/contracts/${id}`, '自动扣款'],
  ['the bills', () => '/bills', '会员费'],
] as const) {
  test(`nothing jumps on ${name}, however late a renewal and the spending are told`, async ({
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
    await carrySession(phone, payer)
    await noteShifts(phone.page)
    const letGo = await hold(phone, /coming-debits$|bills\/summary/)
    const asked = phone.page.waitForResponse(/api\/bills\/?|api\/contracts/)
    await phone.open(path(contract))
    await asked
    await isReady(phone)
    letGo()
    await expect(phone.page.getByText(seen).first()).toBeVisible()
    await phone.page.waitForLoadState('networkidle')
    expect(await shiftsOf(phone.page)).toEqual([])
  })
}

/** The questions a page asks before it has any answer, and those it asks once it has them. The wallet's admission has steps of its own. */
async function questionsOf(
  phone: Phone,
  path: string,
  seen: string,
): Promise<{ at_once: string[]; later: string[]; refused: number[] }> {
  // by a web view that has been proved: its proof outlives a reload
  await phone.open(path)
  await expect(phone.page.getByText(seen).first()).toBeVisible()
  await phone.page.waitForLoadState('networkidle')
  const asked: string[] = []
  const refused: number[] = []
  const letGo = await hold(phone, /\/api\/(?!app|bridge-signature)/)
  phone.page.on(
    'request',
    (request) =>
      void (
        request.method() === 'GET' &&
        /\/api\/(?!app|bridge-signature)/.test(request.url()) &&
        asked.push(new URL(request.url()).pathname)
      ),
  )
  phone.page.on(
    'response',
    (response) => void (response.status() >= 400 && refused.push(response.status())),
  )
  await phone.page.reload()
  await expect.poll(() => asked.length).toBeGreaterThan(0)
  await isReady(phone)
  // until the page has nothing left to do: as nothing is answered, whatever it asks it asks at once
  await phone.page.evaluate(
    () => new Promise<void>((idle) => requestIdleCallback(() => requestIdleCallback(() => idle()))),
  )
  const at_once = asked.toSorted()
  letGo()
  await expect(phone.page.getByText(seen).first()).toBeVisible()
  await phone.page.waitForLoadState('networkidle')
  return { at_once, later: asked.filter((one) => !at_once.includes(one)), refused }
}

test('a visitor whom nobody knows is no fault: the page of a plan asks who he is and what he signed at once, and no answer is a refusal', async ({
  openPhone,
}) => {
  const { at_once, later, refused } = await questionsOf(
    await openPhone(),
    `/plans/${plan.vending}`,
    '静默确认你的身份',
  )
  expect(at_once).toEqual([`/api/plans/${plan.vending}/contract`, '/api/session'])
  expect([later, refused]).toEqual([[], []])
})

test('what is personal is asked in parallel, never in a chain', async ({ world, openPhone }) => {
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
  for (const [path, seen] of pages) {
    const phone = await openPhone(payer)
    await carrySession(phone, payer)
    expect([path, (await questionsOf(phone, path, seen)).later]).toEqual([path, []])
  }
})

test('the check of jumps sees one', async ({ phone, world }) => {
  await noteShifts(phone.page)
  await phone.page.goto(`${world.url}/`)
  await isReady(phone)
  await phone.page.getByRole('main').evaluate((main) => {
    const late = Object.assign(document.createElement('p'), { textContent: 'late' })
    late.style.height = '90px'
    main.prepend(late)
  })
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

test('a link tapped before the scripts are there is followed when they come', async ({
  phone,
  world,
}) => {
  const letGo = await hold(phone, /\/assets\/index-/)
  await phone.page.goto(`${world.url}/`, { waitUntil: 'commit' })
  await phone.link(/无人货柜开门即购/).tap({ noWaitAfter: true })
  await expect(phone.page.getByText('正在加载').first()).toBeAttached()
  letGo()
  await expect(phone.page.getByText('扣款顺序')).toBeVisible()
  expect(phone.complaints).toEqual([])
})

test('who has moved on while the first route was still loading stays where he went', async ({
  phone,
  world,
}) => {
  const letGo = await hold(phone, /\/assets\/inner-pages-.*\.js/)
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
  letGo()
  await expect(phone.page.getByText('扣款顺序')).toBeVisible()
  expect(phone.place()).toBe(`/plans/${plan.vending}`)
})

test('opened again soon, the page and its scripts come from the phone', async ({
  phone,
  world,
}) => {
  await phone.page.goto(`${world.url}/`)
  await isReady(phone)
  await phone.page.goto('about:blank')
  const { seen } = await weigh(phone.page)
  const refreshed = phone.page.waitForResponse(/\/api\/plans$/)
  await phone.page.goto(`${world.url}/`)
  await isReady(phone)
  // what the phone kept may be old: the public facts are asked for again, behind what is shown
  await refreshed
  const over_the_net = [...seen.values()].filter(
    ({ url, bytes }) => bytes > 0 && url.startsWith(world.url) && !url.includes('/api/'),
  )
  expect(over_the_net).toEqual([])
})
