import { AxeBuilder } from '@axe-core/playwright'
import { expect, test as base } from '../browser/test.ts'
import { createMerchant, orderNo, retail } from '../support/charging.ts'
import { plan } from '../support/world.ts'

const test = base.extend<{ merchant: ReturnType<typeof createMerchant> }>({
  merchant: async ({ world }, use) =>
    use(createMerchant(world.url, await world.key(['read', 'charge']))),
})

test("the wallet is asked for the payer's identity only after a yes, and after a no the services stay readable", async ({
  openPhone,
  world,
}) => {
  const phone = await openPhone(undefined, { privacy_agreed: false })
  await phone.open('/contracts')
  await expect(phone.heading('需要云闪付确认你的身份')).toBeVisible()
  const [no, yes] = await Promise.all(
    ['不同意', '同意'].map(async (name) => phone.button(name).boundingBox()),
  )
  expect([no?.width, no?.height]).toEqual([yes?.width, yes?.height])
  expect(
    (await new AxeBuilder({ page: phone.page }).analyze()).violations.map(({ id }) => id),
  ).toEqual([])
  expect(await world.calls('token')).toEqual([])
  await phone.button('不同意').tap()
  await expect(phone.page.getByText('无人货柜开门即购')).toBeVisible()
  await phone.open('/contracts')
  await phone.button('同意').tap()
  await expect(phone.page.getByText('你还没有签约')).toBeVisible()
  await phone.open('/contracts')
  await expect(phone.page.getByText('你还没有签约')).toBeVisible()
})

test('the privacy notice is one tap away from the home page, the plan and the question', async ({
  openPhone,
}) => {
  const phone = await openPhone(undefined, { privacy_agreed: false })
  for (const place of ['/', `/plans/${plan.vending}`, '/contracts']) {
    await phone.open(place)
    await phone.page.locator('a[href$="/privacy"]').first().tap()
    await expect(phone.heading('隐私说明')).toBeVisible()
  }
})

test("ticking the agreement also answers the privacy question, which is not asked again on the way to UnionPay's page", async ({
  openPhone,
}) => {
  const phone = await openPhone(undefined, { privacy_agreed: false })
  await phone.sign(plan.vending)
  await phone.open('/contracts')
  await expect(phone.link(/无人货柜开门即购/)).toBeVisible()
})

test('a payer can view their data, and delete it once no contract is active', async ({
  phone,
  merchant,
}) => {
  await phone.sign(plan.vending)
  const { contracts } = await phone.fetchJson<{ contracts: { id: string }[] }>('/api/contracts')
  const contract = contracts[0]?.id ?? ''
  await merchant.settled(
    (
      await merchant.charge({
        merchant_order_no: orderNo(),
        amount_fen: 350,
        description: '乌龙茶 500 毫升',
        contract,
        merchant_no: retail,
      })
    ).order_id,
  )
  await phone.open('/privacy')
  await phone.link('查看、导出或删除我的信息').tap()
  await phone.button('显示我的信息').tap()
  await expect(phone.page.getByText('"description": "乌龙茶 500 毫升"')).toBeVisible()
  expect(
    (await new AxeBuilder({ page: phone.page }).analyze()).violations.map(({ id }) => id),
  ).toEqual([])
  await phone.button('删除').tap()
  await phone.button('确认删除').tap()
  await expect(phone.page.getByText('还有未结束的签约')).toBeVisible()
  await phone.open(`/contracts/${contract}/end`)
  await phone.button('确认解约').tap()
  await expect(phone.page.getByText('已解约').first()).toBeVisible()
  await phone.open('/privacy/mine')
  await phone.button('删除').tap()
  await phone.button('确认删除').tap()
  await expect(phone.heading('已删除')).toBeVisible()
  await phone.open('/contracts')
  await phone.button('同意').tap()
  await expect(phone.page.getByText('你还没有签约')).toBeVisible()
})

test('a coming renewal is shown to its payer before the debit, with a link to stop it', async ({
  phone,
  world,
  merchant,
}) => {
  await phone.sign(plan.membership)
  const { contracts } = await phone.fetchJson<{ contracts: { id: string }[] }>('/api/contracts')
  const contract = contracts[0]?.id ?? ''
  const debit_on = new Date(
    world.app.charges.clock.now().getTime() + 8 * 3_600_000 + 6 * 86_400_000,
  )
    .toISOString()
    .slice(0, 10)
  const { view } = await merchant.call<{ id: string }>(
    'POST',
    `/v1/contracts/${contract}/debit-notices`,
    { debit_on, amount_fen: 1500, description: '12 月会员', way_to_cancel: '签约页' },
  )
  for (const path of ['/contracts', `/contracts/${contract}`]) {
    await phone.open(path)
    await expect(phone.heading(`${debit_on} 将自动扣款`)).toBeVisible()
  }
  const notice = await merchant.call<{ deliveries: { channel: string }[] }>(
    'GET',
    `/v1/debit-notices/${view.id}`,
  )
  expect(notice.view.deliveries.map(({ channel }) => channel)).toEqual(['mini_app'])
  await phone.link('不想继续？在这里解约').tap()
  await expect(phone.button('确认解约')).toBeVisible()
})

test('关怀版 has text from 18 px and main controls from 60 px, is remembered, and never overflows the screen', async ({
  phone,
}) => {
  await phone.open('/')
  await phone.button('关怀版').tap()
  await phone.open(`/plans/${plan.vending}`)
  await expect(phone.button('去签约')).toBeVisible()
  const { least, wide } = await phone.page.evaluate(() => {
    const parts = 'main p, main dt, main dd, main h1, main h2, main button'
    const texts = [...document.querySelectorAll<HTMLElement>(parts)].filter(
      (one) =>
        one.offsetParent && one.textContent?.trim() !== '' && !one.classList.contains('unseen'),
    )
    return {
      least: Math.min(...texts.map((one) => parseFloat(getComputedStyle(one).fontSize))),
      wide: document.documentElement.scrollWidth > innerWidth,
    }
  })
  expect(wide).toBe(false)
  expect(least).toBeGreaterThanOrEqual(18)
  const heightsOf = (selector: string): Promise<number[]> =>
    phone.page
      .locator(selector)
      .evaluateAll((all: HTMLElement[]) => all.map(({ offsetHeight }) => offsetHeight))
  const [button = 0] = await heightsOf('.van-button--large')
  expect(button).toBeGreaterThanOrEqual(60)
  const consent = await heightsOf('.consent label, .consent a')
  expect(consent).not.toEqual([])
  expect(Math.min(...consent)).toBeGreaterThanOrEqual(60)
})
