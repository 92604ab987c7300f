import { expect, test as base, type Fixtures } from '../browser/test.ts'
import type { Phone } from '../browser/phone.ts'
import { plan, type World } from '../support/world.ts'

type PhoneAtContract = Phone & { contract_id: string; signing_id: string }

async function openAtContract(
  { world, openPhone }: Pick<Fixtures, 'world' | 'openPhone'>,
  plan_id: string,
): Promise<PhoneAtContract> {
  const payer = await world.signedIn()
  const { signing_id } = await payer.sign(plan_id)
  const [at_unionpay] = (await world.control.contracts()).filter(
    ({ user_id }) => user_id === payer.wallet_user,
  )
  const phone = await openPhone(payer)
  await phone.open(`/contracts/${signing_id}`)
  await expect(phone.page.getByText('生效中')).toBeVisible()
  return { ...phone, signing_id, contract_id: at_unionpay?.contract_id ?? '' }
}

const test = base.extend<{
  /** a phone at the page of a contract that was just signed */
  atContract(plan_id?: string): Promise<PhoneAtContract>
}>({
  atContract: ({ world, openPhone }, use) =>
    use((plan_id = plan.vending) => openAtContract({ world, openPhone }, plan_id)),
})

const statusAtUnionPay = async (world: World, contract_id: string) =>
  (await world.control.contracts()).find((one) => one.contract_id === contract_id)?.status
/**
 * Resumes the page until it shows this text: it ignores a second resume within 0.8 s
 * (web/composables/use-page-resume.ts).
 */
async function resumeUntil(phone: Phone, text: string): Promise<void> {
  await expect
    .poll(async () => {
      await phone.page.evaluate(() => void window.dispatchEvent(new Event('focus')))
      return phone.page.getByText(text).count()
    })
    .toBe(1)
}

test('two taps end a contract, and the second page states the consequences and that no order is unfinished', async ({
  world,
  atContract,
}) => {
  const phone = await atContract()
  await phone.button('解约').tap()
  await expect(phone.heading('确定解约吗？')).toBeVisible()
  await expect(phone.page.getByText('解约后这项服务不能再自动扣款。')).toBeVisible()
  await expect(phone.page.getByText('没有未完成的订单。')).toBeVisible()
  await phone.button('确认解约').tap()
  await expect(phone.page.getByRole('status').filter({ hasText: '已解约' })).toBeVisible()
  await expect(phone.page.getByText('你在此页面解约')).toBeVisible()
  await expect(phone.page.getByText('解约完成')).toBeVisible()
  expect(await statusAtUnionPay(world, phone.contract_id)).toBe('terminated')
  expect(await phone.button('解约').count()).toBe(0)
  expect(phone.console_errors).toEqual([])
})

test('going forward to the confirmation page of an ended contract shows that it has ended', async ({
  atContract,
}) => {
  const phone = await atContract()
  await phone.button('解约').tap()
  await phone.button('确认解约').tap()
  await expect(phone.page.getByText('你在此页面解约')).toBeVisible()
  await phone.page.goForward()
  await expect(phone.page.getByText('你在此页面解约')).toBeVisible()
  expect(await phone.button('确认解约').count()).toBe(0)
})

test('先不解约 changes nothing', async ({ world, atContract }) => {
  const phone = await atContract()
  await phone.button('解约').tap()
  await expect(phone.button('确认解约')).toBeVisible()
  const styleOf = (name: string) =>
    phone.button(name).evaluate((button: HTMLElement) => {
      const { color, backgroundColor, borderColor, fontSize, fontWeight } = getComputedStyle(button)
      const { offsetWidth, offsetHeight } = button
      const size = [offsetWidth, offsetHeight].map(String)
      return [...size, color, backgroundColor, borderColor, fontSize, fontWeight]
    })
  expect(await styleOf('先不解约')).toEqual(await styleOf('确认解约'))
  await phone.button('先不解约').tap()
  await expect(phone.page.getByText('生效中')).toBeVisible()
  expect(await statusAtUnionPay(world, phone.contract_id)).toBe('signed')
})

test('unfinished orders are shown and do not prevent ending the contract', async ({
  world,
  atContract,
}) => {
  const phone = await atContract()
  await world.control.changeUser(phone.payer.wallet_user, { unfinished_orders: 2 })
  await phone.button('解约').tap()
  await expect(phone.page.getByText('银联还有 2 笔未完成')).toBeVisible()
  await phone.button('确认解约').tap()
  await expect(phone.page.getByText('你在此页面解约')).toBeVisible()
})

test('when the query for unfinished orders fails the page says so, and the contract can be ended', async ({
  world,
  atContract,
}) => {
  const phone = await atContract()
  await world.control.addRule({
    interface: 'contract.status',
    match: { user_id: phone.payer.wallet_user },
    effect: { kind: 'html' },
  })
  await phone.button('解约').tap()
  await expect(phone.page.getByText('暂时无法向银联查询未完成的订单，你仍可以解约。')).toBeVisible()
  await phone.button('确认解约').tap()
  await expect(phone.page.getByText('你在此页面解约')).toBeVisible()
})

test('the contract of an offline service says that it can be ended only on this page', async ({
  atContract,
}) => {
  const phone = await atContract(plan.metro)
  await phone.button('解约').tap()
  await expect(
    phone.page.getByText('这项服务不能在云闪付 App 内解约，只能在这里解约。'),
  ).toBeVisible()
  await phone.button('确认解约').tap()
  await expect(phone.page.getByText('你在此页面解约')).toBeVisible()
})

test('when UnionPay does not answer a termination the page shows 解约处理中, charges stop, and 已解约 follows', async ({
  world,
  atContract,
}) => {
  const phone = await atContract()
  await world.control.addRule({
    interface: 'contract.relieve',
    match: { user_id: phone.payer.wallet_user },
    effect: { kind: 'timeout_after' },
    times: 1,
  })
  await phone.button('解约').tap()
  await phone.button('确认解约').tap()
  await expect(phone.heading('解约处理中')).toBeVisible()
  await expect(phone.page.getByText(/已停止新的扣款/)).toBeVisible()
  await world.advance(60_000)
  await expect(phone.page.getByRole('status').filter({ hasText: '已解约' })).toBeVisible()
})

test('a contract that ends in the wallet shows that when the page becomes visible again', async ({
  world,
  atContract,
}) => {
  const phone = await atContract()
  await world.control.terminate(phone.contract_id)
  await expect
    .poll(async () => (await phone.payer.contract(phone.signing_id)).state)
    .toBe('terminated')
  await resumeUntil(phone, '你在云闪付 App 中解约')
  await expect(phone.page.getByText('解约完成 · 银联通知')).toBeVisible()
})

test('confirming the end of a contract that has ended in the wallet sends no second termination and shows who ended it', async ({
  world,
  atContract,
}) => {
  const phone = await atContract()
  await phone.button('解约').tap()
  await expect(phone.heading('确定解约吗？')).toBeVisible()
  await world.control.terminate(phone.contract_id)
  await expect
    .poll(async () => (await phone.payer.contract(phone.signing_id)).state)
    .toBe('terminated')
  await phone.button('确认解约').tap()
  await expect(phone.page.getByText('你在云闪付 App 中解约')).toBeVisible()
  expect(
    (await world.calls('contract.relieve')).filter(
      ({ user_id }) => user_id === phone.payer.wallet_user,
    ),
  ).toEqual([])
})

test('a repeated notification is one line in the history', async ({
  changeSwitches,
  world,
  atContract,
}) => {
  const phone = await atContract()
  await changeSwitches({ notice_timing: 'twice' })
  await world.control.terminate(phone.contract_id)
  const repeats = async () =>
    (
      await world.database.pool.query('select repeats from notifications where contract_ref = $1', [
        phone.signing_id,
      ])
    ).rows
  await expect.poll(repeats).toEqual([{ repeats: 1 }])
  await phone.page.reload()
  await expect(phone.page.getByText('你在云闪付 App 中解约')).toBeVisible()
  await expect(phone.page.getByText('解约完成')).toHaveCount(1)
})

for (const signature of ['bad', 'foreign_key', 'missing'] as const) {
  test(`a forged notification (signature ${signature}) changes nothing on the page`, async ({
    world,
    atContract,
  }) => {
    const phone = await atContract()
    expect((await world.control.probe({ contract_id: phone.contract_id, signature })).status).toBe(
      400,
    )
    await phone.page.reload()
    await expect(phone.page.getByText('生效中')).toBeVisible()
    await expect(phone.button('解约')).toBeVisible()
  })
}

test('after a contract has ended the same service can be signed again as a new contract', async ({
  atContract,
}) => {
  const phone = await atContract()
  await phone.payer.terminate(phone.signing_id)
  await phone.page.reload()
  await phone.link('重新签约').tap()
  await phone.signFromPlan()
  await phone.link('我的签约').tap()
  await expect(phone.link(/无人货柜开门即购.*生效中/)).toBeVisible()
  await expect(phone.page.getByText('已结束（1）')).toBeVisible()
})
