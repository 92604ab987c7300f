import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test as base } from '../browser/test.ts'
import type { ChargeDetailView } from '../../server/api.ts'
import { createMerchant, orderNo, retail } from '../support/charging.ts'
import { createOperator, password } from '../support/operator.ts'
import { until } from '../support/until.ts'
import { plan } from '../support/world.ts'

const test = base.extend<{
  merchant: ReturnType<typeof createMerchant>
  paid(amount_fen: number): Promise<ChargeDetailView>
  /** opens the console as an operator, at a computer or on a phone */
  openConsole(name: string, options?: { width?: number }): Promise<Page>
}>({
  merchant: async ({ world }, use) =>
    use(createMerchant(world.url, await world.key(['read', 'charge', 'refund']))),
  paid: ({ merchant }, use) =>
    use(async (amount_fen) => {
      const { order_id } = await merchant.charge({
        merchant_order_no: orderNo(),
        amount_fen,
        description: '乌龙茶 500 毫升',
        contract,
        merchant_no: retail,
      })
      return merchant.settled(order_id)
    }),
  openConsole: ({ world, openContext }, use) =>
    use(async (name, { width = 1280 } = {}) => {
      const context = await openContext({ viewport: { width, height: 800 } })
      const page = await context.newPage()
      await page.goto(`${world.url}/console`)
      await signIn(page, name)
      return page
    }),
})
test.use({ server_env: { TWO_PERSON_ABOVE_FEN: '1000' } })

let contract: string
test.beforeAll(async ({ world }) => {
  await world.control.change({ booking_delay_ms: 0 })
  for (const name of ['anna', 'bob']) await createOperator(world.url, world.database, name, 'admin')
  const payer = await world.signedIn()
  contract = (await payer.sign(plan.vending)).contract?.id ?? ''
})

async function signIn(page: Page, name: string): Promise<void> {
  await page.getByLabel('用户名').fill(name)
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: '登录' }).click()
  await expect(page.getByRole('listitem').getByText('成功率')).toBeVisible()
}

async function find(page: Page, number: string): Promise<void> {
  await page.getByRole('searchbox').fill(number)
  await page.getByRole('button', { name: '查找' }).click()
}

test('a wrong password is reported, and the right one opens the overview', async ({
  world,
  openContext,
}) => {
  const page = await (await openContext()).newPage()
  await page.goto(`${world.url}/console`)
  await page.getByLabel('用户名').fill('anna')
  await page.getByLabel('密码').fill('no')
  await page.getByRole('button', { name: '登录' }).click()
  await expect(page.getByRole('alert').getByText('用户名或密码不对')).toBeVisible()
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: '登录' }).click()
  await expect(page.getByRole('listitem').getByText('成功率')).toBeVisible()
  await page.getByRole('button', { name: '退出' }).click()
  await expect(page.getByLabel('用户名')).toBeVisible()
})

test('the overview shows charges, amount, success rate and time to settlement by hour, also as a table, and the due queries against their limit', async ({
  paid,
  openConsole,
}) => {
  await paid(700)
  const page = await openConsole('anna')
  const figure = page.getByRole('figure')
  const table = figure.getByRole('table')
  for (const [name, text] of [
    ['笔数', /成功 \d+ · 失败 \d+ · 处理中 \d+/],
    ['成功金额', /¥\d/],
    ['成功率', /\d %/],
    ['出结果耗时（中位数）', /\d s/],
  ] as const) {
    await figure.getByRole('button', { name, exact: true }).click()
    expect(await figure.locator('button[aria-pressed="true"]').allInnerTexts()).toEqual([name])
    await expect(table.locator('caption').filter({ hasText: name })).toBeAttached()
    expect(await table.getByRole('cell').allInnerTexts(), name).toContainEqual(
      expect.stringMatching(text),
    )
    expect(
      await page.evaluate(() => {
        const bars = document.querySelectorAll<SVGRectElement>('figure rect')
        return Math.max(...[...bars].map((bar) => bar.height.baseVal.value))
      }),
      name,
    ).toBeGreaterThan(60)
  }
  expect(
    await page.locator('figure .hidden').evaluate((one) => one.getBoundingClientRect().height),
    'the hidden table does not extend the page',
  ).toBe(1)
  await expect(
    page
      .getByText(`${retail} · 正常`)
      .locator('xpath=ancestor::li')
      .getByText(/待查询 \d+ \/ 每分钟最多 60/),
  ).toBeVisible()
})

test("the number on a payer's signing page finds the contract, and an unknown number shows where else to search", async ({
  phone,
  openConsole,
}) => {
  const numberOf = (title: string) =>
    phone.page
      .locator('.van-cell')
      .filter({ hasText: title })
      .locator('.van-cell__value')
      .innerText()
  await phone.openSigningPage(plan.vending)
  await phone.refuse()
  await expect(phone.heading('已取消签约')).toBeVisible()
  const refused = await numberOf('签约编号')
  await phone.button('重新签约').tap()
  await phone.signFromPlan()
  const signed = await numberOf('商户签约号')
  const page = await openConsole('anna')
  for (const [number, state] of [
    [refused, '未完成'],
    [signed, '生效中'],
  ] as const) {
    await find(page, number)
    await expect(
      page
        .getByRole('listitem')
        .filter({ has: page.getByRole('link', { name: /签约 ·/ }) })
        .getByText(state),
    ).toBeVisible()
  }
  await find(page, 'b3e1f1de-0000-4000-8000-000000000000')
  await expect(page.getByText(/没有找到.*日志的 reqId/)).toBeVisible()
})

test("a merchant's order number finds the charge, and a large refund waits for the approval of a second operator", async ({
  world,
  merchant,
  paid,
  openConsole,
}) => {
  const charge = await paid(1200)
  const anna = await openConsole('anna')
  await find(anna, charge.merchant_order_no)
  await anna.getByRole('link', { name: new RegExp(charge.merchant_order_no) }).click()
  await expect(anna.getByRole('heading', { name: '¥12.00', exact: true })).toBeVisible()
  await expect(anna.getByText('处理中 → 成功')).toBeVisible()
  await anna.getByLabel('退款金额（元）').fill('12.01')
  await expect(anna.getByText('不超过可退金额')).toBeVisible()
  await anna.getByLabel('退款金额（元）').fill('12.00')
  await anna.getByLabel('原因（用户可见）').fill('商品缺货')
  await anna.getByRole('button', { name: '退款' }).click()
  await expect(anna.getByText('此前已退或处理中')).toBeVisible()
  expect((await merchant.read(charge.order_id)).refunds).toEqual([])
  await anna.getByRole('button', { name: '返回修改' }).click()
  await anna.getByRole('button', { name: '退款' }).click()
  await anna.getByRole('button', { name: '确认退款' }).click()
  await expect(anna.getByText('已提交，等另一位操作员复核。')).toBeVisible()
  await anna.getByRole('link', { name: '待处理' }).click()
  await expect(anna.getByText('由另一位操作员复核')).toBeVisible()
  expect(await anna.getByRole('button', { name: '同意' }).count()).toBe(0)
  const bob = await openConsole('bob')
  await bob.getByRole('link', { name: '待处理' }).click()
  await bob.getByRole('button', { name: '同意' }).click()
  await expect(bob.getByText('没有等待复核的操作')).toBeVisible()
  const refunds = await until('the refund succeeded', async () => {
    const view = await merchant.read(charge.order_id)
    return view.refunds.some(({ state }) => state === 'succeeded') ? view.refunds : null
  })
  expect(refunds).toMatchObject([{ amount_fen: 1200, description: '商品缺货' }])
  await bob.goto(`${world.url}/console/#/charges/${charge.order_id}`)
  await expect(bob.getByText('refund.allowed')).toBeVisible()
})

test('a refund with an unknown outcome is retried with the same idempotency key', async ({
  world,
  merchant,
  paid,
  openConsole,
}) => {
  const charge = await paid(350)
  const page = await openConsole('anna')
  await page.goto(`${world.url}/console/#/charges/${charge.order_id}`)
  await page.getByLabel('原因（用户可见）').fill('商品缺货')
  const keys: (string | undefined)[] = []
  await page.route('**/console/api/charges/*/refunds', async (route) => {
    keys.push(route.request().headers()['idempotency-key'])
    if (keys.length === 1)
      return route.fulfill({
        status: 503,
        json: { code: 'database_lost', message: '', what_to_do: '', request_id: 'r-1' },
      })
    return route.continue()
  })
  await page.getByRole('button', { name: '退款', exact: true }).click()
  await page.getByRole('button', { name: '确认退款' }).click()
  await expect(page.getByRole('alert').getByText('r-1')).toBeVisible()
  await page.getByRole('button', { name: '确认退款' }).click()
  await until('the refund was requested twice', () => keys.length === 2)
  expect(keys[1]).toBe(keys[0])
  await expect(page.getByText('没有退款。')).toHaveCount(0)
  expect((await merchant.read(charge.order_id)).refunds).toHaveLength(1)
})

test('a contract is ended after a confirmation, on a phone', async ({ world, openConsole }) => {
  const payer = await world.signedIn()
  const ended = (await payer.sign(plan.metro)).contract?.id ?? ''
  const page = await openConsole('anna', { width: 390 })
  await find(page, ended)
  await page.getByRole('link', { name: /签约 ·/ }).click()
  await page.getByRole('button', { name: '解约' }).click()
  await page.getByRole('button', { name: '不解约' }).click()
  await page.getByRole('button', { name: '解约' }).click()
  await page.getByRole('button', { name: '确定解约' }).click()
  await expect(page.getByText('已解约').first()).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(
    true,
  )
})

test('a focused field stays visible when the keyboard opens on a phone', async ({
  world,
  paid,
  openConsole,
}) => {
  const charge = await paid(400)
  const page = await openConsole('anna', { width: 390 })
  await page.goto(`${world.url}/console/#/charges/${charge.order_id}`)
  await page.locator('main input').first().focus()
  expect(
    await page.locator(':focus').evaluate((field) => parseFloat(getComputedStyle(field).fontSize)),
    'below 16 px iOS zooms in',
  ).toBeGreaterThanOrEqual(16)
  await page.evaluate(() => scrollTo(0, 0))
  await page.setViewportSize({ width: 390, height: 300 })
  await expect
    .poll(() =>
      page.locator(':focus').evaluate((field) => {
        const { top, bottom } = field.getBoundingClientRect()
        return top >= 0 && bottom <= (visualViewport?.height ?? 0)
      }),
    )
    .toBe(true)
})

test(
  'no page of the console has an accessibility violation or is wider than its window',
  { tag: '@dark' },
  async ({ world, paid, openConsole, viewport }) => {
    const charge = await paid(300)
    const page = await openConsole('anna', { width: viewport?.width ?? 1280 })
    const places = [
      '/',
      '/work',
      `/search?q=${charge.order_id}`,
      `/charges/${charge.order_id}`,
      `/contracts/${contract}`,
      '/statements',
      '/webhooks',
      '/plans',
      '/keys',
      '/audit',
    ]
    for (const place of places) {
      await page.goto(`${world.url}/console/#${place}`)
      await expect(page.locator('main h1').first()).toBeVisible()
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id, nodes }) => `${place} ${id} ${nodes[0]?.html ?? ''}`)).toEqual(
        [],
      )
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
        place,
      ).toBe(true)
    }
  },
)
