import { expect, test } from '../browser/test.ts'
import { until } from '../support/until.ts'
import { plan } from '../support/world.ts'

test('a first-time visitor follows the hint, signs, sees the contract and reads every protocol message', async ({
  wallet,
}) => {
  await expect(wallet.page.getByText('从这里开始签约')).toBeVisible()
  await wallet.openH5()
  await wallet.h5.getByRole('link', { name: /无人货柜开门即购/ }).click()
  await wallet.h5.getByRole('checkbox').check()
  await wallet.h5.getByRole('button', { name: '去签约' }).click()
  await wallet.h5.getByRole('checkbox', { name: /《银联无感支付用户服务协议》/ }).check()
  await wallet.h5.getByRole('button', { name: '同意并开通' }).click()
  await expect(wallet.h5.getByRole('heading', { name: '签约成功' })).toBeVisible()
  await wallet.h5.getByRole('link', { name: '我的签约' }).click()
  await expect(wallet.h5.getByRole('link', { name: /无人货柜开门即购.*生效中/ })).toBeVisible()

  const journal = await wallet.openJournal()
  const line = journal.getByRole('article').filter({ hasText: 'contract.apply' })
  await line.getByRole('button').first().click()
  await expect(line.getByText('商户→银联')).toBeVisible()
  expect(await line.locator('pre').allTextContents()).toEqual([
    expect.stringContaining('contractCode'),
    expect.stringContaining('"resp": "00"'),
  ])
  for (const message of ['backendToken', 'upsdk.config', 'token'])
    await expect(journal.getByText(message).first()).toBeVisible()
})

test("the back key leads from UnionPay's page to the unfinished signing, then page by page out of the H5", async ({
  wallet,
}) => {
  await wallet.openH5()
  await wallet.h5.getByRole('link', { name: /无人货柜开门即购/ }).click()
  await wallet.h5.getByRole('checkbox').check()
  await wallet.h5.getByRole('button', { name: '去签约' }).click()
  await expect(wallet.h5.getByRole('button', { name: '同意并开通' })).toBeVisible()
  await wallet.back()
  await expect(wallet.h5.getByRole('heading', { name: '你还没有完成签约' })).toBeVisible()
  await wallet.back()
  await expect(wallet.h5.getByRole('heading', { name: '无人货柜开门即购' })).toBeVisible()
  await wallet.back()
  await expect(wallet.h5.getByRole('heading', { name: '签约一次，之后自动付款' })).toBeVisible()
  await wallet.back()
  await expect(wallet.page.locator('iframe')).toHaveCount(0)
})

test('a contract that is ended in the wallet under 设置 → 支付设置 → 无感支付 is reported to the server and shown in the H5', async ({
  world,
  openWallet,
}) => {
  const payer = await world.signedIn()
  const { signing_id } = await payer.sign(plan.vending)
  const wallet = await openWallet(payer)
  await wallet.toPasswordFree()
  await wallet.page.getByRole('button', { name: /无人货柜开门即购/ }).click()
  await wallet.button('关闭服务').click()
  await wallet.button('确认关闭').click()
  await expect(wallet.page.getByText('还没有开通的服务')).toBeVisible()
  await until(
    'the notice has ended the contract',
    async () => (await payer.contract(signing_id)).state === 'terminated',
  )
  await wallet.back()
  for (let screens = 0; screens < 2; screens++) await wallet.back()
  await wallet.button('首页').click()
  await wallet.openH5()
  await wallet.h5.getByRole('link', { name: /我的签约/ }).click()
  await wallet.h5.getByText('已结束（1）').click()
  await wallet.h5.getByRole('link', { name: /无人货柜开门即购.*已解约/ }).click()
  await expect(wallet.h5.getByText('你在云闪付 App 中解约')).toBeVisible()
})

test('the contract of an offline service cannot be ended in the wallet, which says where it can be', async ({
  world,
  openWallet,
}) => {
  const payer = await world.signedIn()
  await payer.sign(plan.metro)
  const wallet = await openWallet(payer)
  await wallet.toPasswordFree()
  await wallet.page.getByRole('button', { name: /地铁先乘后付/ }).click()
  await expect(wallet.page.getByText('只能在商户处关闭')).toBeVisible()
  expect(await wallet.button('关闭服务').count()).toBe(0)
})

test('a forged notification from the control panel is refused, and the contract stays active', async ({
  world,
  openWallet,
}) => {
  const payer = await world.signedIn()
  const { signing_id } = await payer.sign(plan.vending)
  const before = (await world.control.journal()).at(-1)?.seq ?? 0
  const wallet = await openWallet(payer)
  const panel = await wallet.openPanel()
  await panel.getByText('伪造通知').click()
  for (const kind of ['签名错误', '其他密钥签名', '没有签名', '其他应用的 appId', '重复的参数名']) {
    await panel.getByLabel('类型').selectOption(kind)
    await panel.getByRole('button', { name: '现在发送' }).click()
    await expect(panel.getByText(/HTTP 400 .*notification_invalid/)).toBeVisible()
  }
  const answers = async () =>
    (await world.control.journal(before))
      .filter(({ direction }) => direction === 'out')
      .map(({ response }) => response?.status)
  await expect.poll(answers).toEqual([400, 400, 400, 400, 400])
  expect((await payer.contract(signing_id)).state).toBe('active')
})
