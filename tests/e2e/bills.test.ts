import { expect, test as base, type Fixtures } from '../browser/test.ts'
import { createMerchant, createPurchases, orderNo, retail } from '../support/charging.ts'
import { createGatewayControl } from '../support/gateway-world.ts'
import type { Phone } from '../browser/phone.ts'
import { plan } from '../support/world.ts'

declare global {
  interface Window {
    /** a mark of this document, which a reload loses */
    same_document?: boolean
    /** the texts of the status for screen readers */
    announcements?: string[]
  }
}

/**
 * A customer of the vending machine with the H5 open at `path`; `charge` is what the machine does
 * when its door closes.
 */
async function createCustomer(
  { world, openPhone, merchant }: Pick<Fixtures, 'world' | 'openPhone'> & { merchant: Merchant },
  path: (contract: string) => string,
) {
  const payer = await world.signedIn()
  const signing = await payer.sign(plan.vending)
  const contract = signing.contract?.id ?? ''
  const phone = await openPhone(payer)
  const charge = createPurchases(merchant, contract)
  return { phone, payer, contract, charge, open: () => phone.open(path(contract)) }
}

type Merchant = ReturnType<typeof createMerchant>
type Customer = Awaited<ReturnType<typeof createCustomer>>

const test = base.extend<{
  merchant: Merchant
  gateway: ReturnType<typeof createGatewayControl>
  customer(path: (contract: string) => string): Promise<Customer>
}>({
  merchant: async ({ world }, use) =>
    use(createMerchant(world.url, await world.key(['read', 'charge', 'refund']))),
  gateway: ({ world }, use) => use(createGatewayControl(world.sandbox.url)),
  customer: ({ world, openPhone, merchant }, use) =>
    use((path) => createCustomer({ world, openPhone, merchant }, path)),
})
test.beforeAll(async ({ world }) => {
  await world.control.change({ booking_delay_ms: 0 })
})

const shows = (phone: Phone, text: string | RegExp) =>
  expect(phone.page.getByText(text).first()).toBeVisible()
/** Marks the document; a reload loses the mark. */
const markDocument = (phone: Phone) => phone.page.evaluate(() => void (window.same_document = true))
const hasSameDocument = (phone: Phone) => phone.page.evaluate(() => window.same_document === true)

test('a charge and its partial refund appear on the open bills without a reload, with all details', async ({
  merchant,
  customer,
}) => {
  const { phone, open, charge } = await customer(() => '/bills')
  await open()
  await expect(phone.heading('还没有账单')).toBeVisible()
  await markDocument(phone)
  const order_id = await charge(350, '乌龙茶 500 毫升')
  await phone.link(/乌龙茶 500 毫升.*¥3\.50.*已付款/).tap()
  await shows(phone, '扣款成功 ¥3.50 · 银联通知')
  await merchant.settled(order_id)
  await merchant.refund(order_id, 100)
  await shows(phone, '退款成功 ¥1.00 · 银联通知')
  await shows(phone, '-¥1.00')
  await expect(phone.page.getByText('部分退款', { exact: true })).toBeVisible()
  await expect(phone.page.getByText('¥2.50', { exact: true })).toBeVisible()
  await phone.page.goBack()
  await expect(phone.link(/乌龙茶 500 毫升.*已退 ¥1\.00/)).toBeVisible()
  await shows(phone, '实付 ¥2.50 · 1 条记录')
  expect(await hasSameDocument(phone)).toBe(true)
  expect(phone.console_errors).toEqual([])
})

test('the bill of a declined charge says in plain words why it was declined and what to do', async ({
  gateway,
  customer,
}) => {
  const { phone, open, charge } = await customer(() => '/bills')
  await gateway.addRule({ match: { amount_fen: 4_964 }, effect: { kind: 'outcome', resp: '64' } })
  await charge(4_964, '坚果大礼包')
  await open()
  await phone.link(/坚果大礼包.*未扣款/).tap()
  await expect(phone.heading('银行卡余额不足。')).toBeVisible()
  await shows(phone, /请为付款的银行卡充值/)
  await shows(phone, '扣款未成功 ¥49.64 · 银联通知')
})

test('the contract page updates what is used of the daily limit and says when it is reached', async ({
  merchant,
  customer,
}) => {
  const { phone, open, contract, charge } = await customer((id) => `/contracts/${id}`)
  await open()
  await shows(phone, '今天还可自动扣款 ¥200.00')
  await shows(phone, '这份签约还没有扣过款。')
  await markDocument(phone)
  for (const part of [1, 2, 3]) await charge(5_000, `坚果 ${part}`)
  await charge(4_999, '坚果 4')
  await shows(phone, '今天只剩 ¥0.01，金额更大的不会自动扣款')
  await expect(phone.link(/坚果 4/)).toBeVisible()
  await expect(
    merchant.charge({
      merchant_order_no: orderNo(),
      amount_fen: 350,
      description: '茶',
      contract,
      merchant_no: retail,
    }),
  ).rejects.toThrow('over_daily_limit')
  await charge(1, '最后一分')
  await shows(phone, '今天的限额已用完，不会再自动扣款')
  await expect(phone.page.getByRole('meter', { name: '今日已用' })).toHaveAttribute(
    'aria-valuenow',
    '20000',
  )
  expect(await hasSameDocument(phone)).toBe(true)
  await phone.link('全部账单').tap()
  await shows(phone, '实付 ¥200.00 · 5 条记录')
})

test('a bill without a result from UnionPay says that it waits until the result arrives', async ({
  changeSwitches,
  world,
  gateway,
  customer,
}) => {
  const { phone, open, charge } = await customer(() => '/bills')
  await changeSwitches({ booking_delay_ms: 60_000 })
  const order_id = await charge(477, '气泡水')
  await open()
  await phone.link(/气泡水.*等待结果/).tap()
  await expect(phone.heading('正在等待银联的结果')).toBeVisible()
  await world.advance(60_000)
  await expect(phone.page.getByText('已付款', { exact: true })).toBeVisible()
  await gateway.probe({ order_id, resp_code: '60' })
  await expect(phone.heading('这笔账单正在人工核实')).toBeVisible()
})

test('a month can be selected, and older bills load while scrolling', async ({
  world,
  merchant,
  customer,
}) => {
  const { phone, payer, contract, open, charge } = await customer(() => '/bills')
  await merchant.settled(await charge(350, '今天的茶'))
  await world.database.pool.query(
    `insert into charges (order_id, contract_ref, plan_id, merchant_no, merchant_order_no, amount_fen, description, txn_time, accepted_at, accepted_on, profile_digest, state, settled_at)
     select '0000000000000000' || right(contract_ref, 7) || lpad((100 - n)::text, 3, '0'), contract_ref, plan_id, merchant_no, 'OLD-' || n || contract_ref, 100, '第 ' || n || ' 笔旧茶', txn_time,
       accepted_at - interval '1 month' - n * interval '1 minute', (accepted_at - interval '1 month')::date, profile_digest, 'succeeded', settled_at
       from charges, generate_series(1, 45) n where contract_ref = $1`,
    [contract],
  )
  await open()
  await expect(phone.link(/今天的茶/)).toBeVisible()
  await expect(phone.page.getByText('没有更早的账单了')).toHaveCount(0)
  for (const last of ['第 19 笔旧茶', '第 39 笔旧茶', '第 45 笔旧茶'])
    await phone.page.getByText(last, { exact: true }).scrollIntoViewIfNeeded()
  await shows(phone, '没有更早的账单了')
  await expect(
    phone.page
      .getByRole('main')
      .getByRole('listitem')
      .filter({ has: phone.page.getByRole('link') }),
  ).toHaveCount(46)
  // going back from an old bill shows the list as it was
  const from = await phone.page.evaluate(() => Math.round(window.scrollY))
  await phone.link(/第 45 笔旧茶/).tap()
  await expect(phone.heading('第 45 笔旧茶')).toBeVisible()
  await phone.page.goBack()
  await expect.poll(() => phone.page.evaluate(() => Math.round(window.scrollY))).toBe(from)
  const [, month] = (await payer.call<{ months: { month: string }[] }>('GET', '/api/bills/months'))
    .months
  await phone.page.getByLabel('月份').selectOption(month?.month ?? '')
  await shows(phone, '实付 ¥45.00 · 45 条记录')
  expect(await phone.link(/今天的茶/).count()).toBe(0)
  expect(phone.path()).toBe(`/bills?month=${month?.month}`)
})

test('without a network the loaded bills stay visible, and a refund appears as soon as the network is back', async ({
  merchant,
  customer,
}) => {
  const { phone, open, charge } = await customer(() => '/bills')
  const order_id = await charge(350, '乌龙茶')
  await merchant.settled(order_id)
  await open()
  await expect(phone.link(/乌龙茶.*已付款/)).toBeVisible()
  await phone.context.setOffline(true)
  await shows(phone, '当前没有网络')
  await merchant.refund(order_id)
  await expect(phone.link(/乌龙茶.*已付款/)).toBeVisible()
  await phone.context.setOffline(false)
  await expect(phone.link(/乌龙茶.*已全额退款/)).toBeVisible()
})

test('a screen reader announces a refund of an older bill, and nothing when a month is selected', async ({
  merchant,
  customer,
}) => {
  const { phone, open, charge } = await customer(() => '/bills')
  const older = await merchant.settled(await charge(350, '乌龙茶'))
  await merchant.settled(await charge(420, '坚果'))
  await open()
  await expect(phone.link(/坚果.*已付款/)).toBeVisible()
  await phone.page.evaluate(() => {
    window.announcements = []
    const status = document.querySelector('p[role=status].unseen')!
    new MutationObserver(() => {
      if (status.textContent) window.announcements?.push(status.textContent)
    }).observe(status, { childList: true, characterData: true, subtree: true })
  })
  await phone.page.getByLabel('月份').selectOption({ index: 1 })
  await expect.poll(() => phone.path()).toContain('month=')
  await expect(phone.link(/坚果.*已付款/)).toBeVisible()
  expect(await phone.page.evaluate(() => window.announcements)).toEqual([])
  await merchant.refund(older.order_id)
  await expect(phone.link(/乌龙茶.*已全额退款/)).toBeVisible()
  await expect.poll(() => phone.page.evaluate(() => window.announcements)).toEqual(['账单已更新'])
})

test('pulling the list down refreshes it', async ({ merchant, customer }) => {
  const { phone, open, charge } = await customer(() => '/bills')
  await merchant.settled(await charge(350, '乌龙茶'))
  await open()
  await expect(phone.link(/乌龙茶/)).toBeVisible()
  const read = phone.page.waitForRequest(/\/api\/bills$/)
  const finger = await phone.context.newCDPSession(phone.page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y = 0) =>
    finger.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: type === 'touchEnd' ? [] : [{ x: 180, y }],
    })
  await touch('touchStart', 200)
  for (const y of [230, 280, 340, 400, 460]) await touch('touchMove', y)
  await shows(phone, '松开刷新')
  await touch('touchEnd')
  await read
  await expect(phone.page.getByText('松开刷新')).toHaveCount(0)
})

test('a bills page whose script cannot be loaded says so and opens after a retry', async ({
  customer,
}) => {
  const { phone, charge } = await customer(() => '/')
  await charge(350, '乌龙茶')
  await phone.page.route('**/assets/inner-pages*.js', (route) => route.abort())
  await phone.open('/')
  await phone.link(/我的账单/).tap()
  await expect(phone.heading('暂时连不上我们的服务')).toBeVisible()
  await phone.page.unroute('**/assets/inner-pages*.js')
  await phone.button('重试').tap()
  await expect(phone.link(/乌龙茶/)).toBeVisible()
})

test('after the session has ended the bills sign in silently and return to the same filter', async ({
  merchant,
  customer,
}) => {
  const { phone, open, charge } = await customer((contract) => `/bills?contract=${contract}`)
  await merchant.settled(await charge(350, '乌龙茶'))
  await open()
  await expect(phone.link(/乌龙茶/)).toBeVisible()
  const place = phone.path()
  await phone.context.clearCookies({ name: /^(?!sandbox_wallet$)/ })
  await phone.page.reload()
  await expect(phone.link(/乌龙茶/)).toBeVisible()
  expect(phone.path()).toBe(place)
})

test('the spending of a month is shown by kind of service, and each recent month is one tap away', async ({
  world,
  merchant,
  customer,
}) => {
  const { phone, payer, open, charge } = await customer(() => '/bills')
  const metro = (await payer.sign(plan.metro)).contract?.id ?? ''
  const ride = (
    await merchant.charge({
      merchant_order_no: orderNo(),
      amount_fen: 600,
      description: '地铁 6 站',
      contract: metro,
      merchant_no: retail,
    })
  ).order_id
  const drink = await charge(350, '乌龙茶 500 毫升')
  const old = await charge(1_000, '去年的坚果')
  for (const order_id of [ride, drink, old]) await merchant.settled(order_id)
  await world.database.pool.query(
    `update charges set accepted_at = accepted_at - interval '40 days', accepted_on = accepted_on - 40 where order_id = $1`,
    [old],
  )
  await open()
  const chart = phone.page.getByRole('region', { name: /支出$/ })
  await expect(chart.getByText('¥9.50')).toBeVisible()
  expect(await chart.getByRole('listitem').allInnerTexts()).toEqual([
    expect.stringMatching(/交通出行\s*¥6\.00/),
    expect.stringMatching(/智慧零售\s*¥3\.50/),
  ])
  await chart.getByRole('button', { name: /¥10\.00$/ }).tap()
  await expect(chart.getByRole('listitem').filter({ hasText: '¥10.00' })).toBeVisible()
  expect(phone.path()).toMatch(/^\/bills\?month=\d{4}-\d{2}$/)
  expect(await phone.page.getByText('乌龙茶 500 毫升').count()).toBe(0)
})
