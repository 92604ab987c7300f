import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test as base } from '../browser/test.ts'
import type { WebhookEndpointSecretView } from '../../server/api.ts'
import { createMerchant, orderNo, retail } from '../support/charging.ts'
import { createOperator, password } from '../support/operator.ts'
import { until } from '../support/until.ts'
import { startWebhookReceiver } from '../support/webhook-receiver.ts'
import { plan, type World } from '../support/world.ts'

/** The list of what needs review or approval, and what the operator can do about it. */
const test = base.extend<{
  /** opens the list of open work as an operator */
  openWorkPage(name: string, width: number): Promise<Page>
  receiver: Awaited<ReturnType<typeof startWebhookReceiver>>
}>({
  openWorkPage: ({ world, openContext }, use) =>
    use(async (name, width) => {
      const context = await openContext({ viewport: { width, height: 800 } })
      const page = await context.newPage()
      await page.goto(`${world.url}/console/#/work`)
      await page.getByLabel('用户名').fill(name)
      await page.getByLabel('密码').fill(password)
      await page.getByRole('button', { name: '登录' }).click()
      await expect(page.getByRole('heading', { name: '等人工核实' })).toBeVisible()
      return page
    }),
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern what a fixture needs
  receiver: async ({}, use) => {
    const receiver = await startWebhookReceiver()
    await use(receiver)
    await receiver.stop()
  },
})
test.use({ server_env: { TWO_PERSON_ABOVE_FEN: '1000' } })

test.beforeAll(async ({ world }) => {
  await world.control.change({ booking_delay_ms: 0 })
  for (const name of ['anna', 'bob'])
    await createOperator(world.url, world.database, name, 'operator')
})

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html ?? ''}`)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(
    true,
  )
}

const signed = async (world: World): Promise<string> =>
  (await (await world.signedIn()).sign(plan.vending)).contract?.id ?? ''

for (const width of [1280, 390]) {
  test(`a contract with a different number at UnionPay is listed for review and continues once it is verified (${width} px)`, async ({
    world,
    openWorkPage,
  }) => {
    const contract = await signed(world)
    await world.database.pool.query(
      `update contracts set needs_review = true, reason = 'contract_id_differs', number_differs = true where id = $1`,
      [contract],
    )
    const page = await openWorkPage('anna', width)
    await expect(page.getByText('银联返回的签约协议号与我方不同')).toBeVisible()
    await expectAccessible(page)
    await page.locator(`a[href="#/contracts/${contract}"]`).click()
    await expect(page.getByText('暂停扣款')).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('button', { name: '已核对，照常继续' }).click()
    await expect(page.getByText('contract.resolve')).toBeVisible()
    expect(await page.getByText('暂停扣款').count()).toBe(0)
    await page.getByRole('link', { name: '待处理' }).click()
    await expect(page.getByText('没有需要核实的订单或签约')).toBeVisible()
  })
}

/** A paid charge, and the merchant's system that created it. */
async function paid(world: World, amount_fen: number) {
  const contract = await signed(world)
  const merchant = createMerchant(world.url, await world.key(['read', 'charge', 'webhooks']))
  const { order_id } = await merchant.settled(
    (
      await merchant.charge({
        merchant_order_no: orderNo(),
        amount_fen,
        description: '乌龙茶 500 毫升',
        contract,
        merchant_no: retail,
      })
    ).order_id,
  )
  return { merchant, order_id }
}

test('a charge in review above the limit is decided by two operators, after the first previewed the consequences', async ({
  world,
  openWorkPage,
}) => {
  const { merchant, order_id } = await paid(world, 1_100)
  await world.database.pool.query(
    `update charges set needs_review = true, review_reason = 'failed_after_success' where order_id = $1`,
    [order_id],
  )
  const anna = await openWorkPage('anna', 390)
  await expect(anna.getByText('先成功后失败')).toBeVisible()
  await anna.locator(`a[href="#/charges/${order_id}"]`).click()
  await anna.getByRole('button', { name: '未扣款', exact: true }).click()
  const change = anna.getByRole('status').filter({ hasText: `订单 ${order_id}：成功 → 失败` })
  await expect(change).toBeVisible()
  expect(await change.getByRole('listitem').allInnerTexts()).toEqual([
    '不再计入当日限额',
    '该商户单号可以再次扣款',
  ])
  await expectAccessible(anna)
  const { approvals } = await world.database.pool
    .query<{ approvals: number }>('select count(*)::int as approvals from approvals')
    .then(({ rows: [row] }) => row ?? { approvals: -1 })
  expect([approvals, await merchant.read(order_id)]).toMatchObject([0, { needs_review: true }])
  await anna.getByRole('button', { name: '返回', exact: true }).click()
  await anna.getByRole('button', { name: '未扣款', exact: true }).click()
  await anna.getByRole('button', { name: '确认：未扣款' }).click()
  await expect(anna.getByText('已提交，等另一位操作员复核。')).toBeVisible()
  expect(await merchant.read(order_id)).toMatchObject({ state: 'succeeded', needs_review: true })
  const bob = await openWorkPage('bob', 1280)
  await bob.getByRole('button', { name: '同意' }).click()
  await expect(bob.getByText('没有等待复核的操作')).toBeVisible()
  expect(await merchant.read(order_id)).toMatchObject({
    state: 'failed',
    needs_review: false,
    reason: 'decided_by_operator',
  })
})

test('an undelivered event is resent by an operator and leaves the list', async ({
  world,
  openWorkPage,
  receiver,
}) => {
  const { merchant } = await paid(world, 200)
  receiver.state.status = 500
  const { view: endpoint } = await merchant.call<WebhookEndpointSecretView>(
    'POST',
    '/v1/webhook-endpoints',
    { url: receiver.url },
  )
  receiver.secrets.push(endpoint.secret)
  const { view: delivery } = await merchant.call<{ id: string }>(
    'POST',
    `/v1/webhook-endpoints/${endpoint.id}/test`,
    {},
  )
  await until(
    'the first attempt is stored',
    async () =>
      (
        await world.database.pool.query(
          'select from webhook_deliveries where id = $1 and tries > 0',
          [delivery.id],
        )
      ).rowCount === 1,
  )
  await world.database.pool.query(
    `update webhook_deliveries set state = 'given_up' where id = $1`,
    [delivery.id],
  ) // as after three days of attempts
  receiver.state.status = 204
  const refused = receiver.received.length
  const page = await openWorkPage('anna', 390)
  await page.getByRole('link', { name: '推送' }).click()
  const line = page.getByRole('listitem').filter({ hasText: 'webhook.test' })
  await expect(line.getByText('已放弃')).toBeVisible()
  await expectAccessible(page)
  await line.getByRole('button', { name: '重新推送' }).click()
  await until(
    'the event arrived signed',
    () => receiver.received[refused]?.verified_by.length === 1,
  )
  await expect(page.getByRole('button', { name: '重新推送' })).toHaveCount(0)
})

for (const width of [1280, 390]) {
  test(`a payment that the statement lacks is previewed and then marked as not paid (${width} px)`, async ({
    world,
    openWorkPage,
  }) => {
    const { merchant, order_id } = await paid(world, 300)
    const planted = await fetch(`${world.sandbox.url}/_control/statements/plants`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ kind: 'drop', order_id }]),
    })
    expect(planted.status).toBe(200)
    await world.advance(34 * 3_600_000)
    const day = await until(
      'the statement was compared',
      async () =>
        (
          await world.database.pool.query<{ day: string }>(
            `select to_char(s.day, 'YYYY-MM-DD') as day from reconciliation_breaks b join statements s on s.id = b.statement_id where b.order_id = $1`,
            [order_id],
          )
        ).rows[0]?.day,
    )
    const page = await openWorkPage('anna', width)
    await page.getByRole('link', { name: '对账' }).click()
    await page
      .getByRole('row')
      .filter({ hasText: day })
      .getByRole('button', { name: /未处理/ })
      .click()
    const found = page
      .locator('section')
      .filter({ has: page.getByRole('link', { name: order_id }) })
    await expect(found.getByText('我方有，银联无')).toBeVisible()
    await found.getByRole('button', { name: '记为未扣款' }).click()
    await found.getByLabel('说明（随差异保存）').fill('银联确认未入账')
    await found.getByRole('button', { name: '预览结果' }).click()
    await expect(found.getByText(`订单 ${order_id}：成功 → 失败`)).toBeVisible()
    await expectAccessible(page)
    expect(await merchant.read(order_id)).toMatchObject({ state: 'succeeded' })
    await found.getByRole('button', { name: '确认处理' }).click()
    await expect(found.getByText('anna · 银联确认未入账')).toBeVisible()
    expect(await merchant.read(order_id)).toMatchObject({
      state: 'failed',
      reason: 'decided_by_operator',
    })
  })
}
