import { writeFile } from 'node:fs/promises'
import { expect, test as base, type Fixtures } from '../browser/test.ts'
import { createGatewayCaller } from '../support/gateway-caller.ts'
import { createGatewayControl } from '../support/gateway-world.ts'
import { plan } from '../support/world.ts'

async function openShop(
  { world, openWallet }: Pick<Fixtures, 'world' | 'openWallet'>,
  signed: boolean,
) {
  const payer = await world.signedIn()
  if (signed) await payer.sign(plan.vending)
  const wallet = await openWallet(payer)
  const shop = wallet.page.getByRole('complementary', { name: '商店' })
  return {
    wallet,
    shop,
    buy: () => shop.getByRole('button', { name: /^拿一瓶饮料.*3\.50/ }).click(),
    step: (text: string) => shop.getByRole('listitem').filter({ hasText: text }),
  }
}

const test = base.extend<{
  /** opens the workbench with the shop; `signed` for the vending machine */
  openShopPage(signed?: boolean): ReturnType<typeof openShop>
}>({
  openShopPage: ({ world, openWallet }, use) =>
    use((signed = true) => openShop({ world, openWallet }, signed)),
})

test.use({ server_env: { DEBIT_NOTICE_RULE: 'refuse' } })
test.beforeAll(async ({ world }) => {
  await writeFile(
    world.sandbox.settings.shop_key_file as string,
    await world.key(['read', 'charge', 'refund']),
  )
})

test('a first-time visitor is led to sign, then buys a drink, follows the charge, opens its bill and refunds a part', async ({
  openShopPage,
}) => {
  const { wallet, shop, buy, step } = await openShopPage(false)
  await shop.getByRole('button', { name: '在手机里开通' }).click()
  await wallet.h5.getByRole('checkbox').check()
  await wallet.h5.getByRole('button', { name: '去签约' }).click()
  await wallet.h5.getByRole('checkbox', { name: /《银联无感支付用户服务协议》/ }).check()
  await wallet.h5.getByRole('button', { name: '同意并开通' }).click()
  await expect(wallet.h5.getByRole('heading', { name: '签约成功' })).toBeVisible()

  await buy()
  await expect(step('00 = 已受理，还不等于已付款')).toBeVisible()
  await expect(step('第 1 次，商户答 HTTP 200')).toBeVisible()
  await expect(step('已付 3.50 元，中国银行尾号 1111')).toBeVisible()
  await expect(shop.getByRole('status').filter({ hasText: '已付 3.50 元' })).toBeVisible()

  await shop.getByRole('button', { name: '在手机里看账单' }).click()
  await expect(wallet.h5.getByRole('heading', { name: '乌龙茶 500 毫升' })).toBeVisible()

  await shop.getByRole('textbox', { name: '部分退款金额（元）' }).fill('1.50')
  await shop.getByRole('button', { name: '退一部分' }).click()
  await expect(step('退款 1.50 元').getByText('已退')).toBeVisible()
  await expect(shop.getByRole('button', { name: '全部退款 2.00 元' })).toBeVisible()

  await step('支付通知送达').getByRole('button', { name: '看消息' }).click()
  const journal = wallet.page.getByRole('complementary', { name: '消息记录' })
  await expect(journal.getByRole('article').filter({ hasText: '支付通知' }).first()).toBeVisible()
})

test('a purchase with an empty card is declined, and the shop says why', async ({
  openShopPage,
}) => {
  const { wallet, buy, step } = await openShopPage()
  const panel = await wallet.openPanel()
  await panel.getByText('银行卡与余额').click()
  await panel.getByRole('button', { name: '全部清零' }).click()
  await expect.poll(() => panel.getByPlaceholder('余额不限').first().inputValue()).toBe('0.00')
  await buy()
  await expect(step('没有扣成').filter({ hasText: '64' })).toBeVisible()
})

test('a charge whose response is broken by a rule of the control panel still settles as booked', async ({
  openShopPage,
}) => {
  const { wallet, shop, buy, step } = await openShopPage()
  const panel = await wallet.openPanel()
  await panel.getByText('网关', { exact: true }).click()
  await panel.getByRole('combobox', { name: '结果' }).selectOption({ label: '签名错误' })
  await panel.getByRole('button', { name: '添加规则' }).click()
  await expect(panel.getByText('签名错误 · 剩 1 次')).toBeVisible()
  await buy()
  await expect(step('已付 3.50 元')).toBeVisible()
  await expect(shop.getByRole('status').filter({ hasText: '已付' })).toBeVisible()
})

test('a merchant number that queried too early shows an alert with its queries until it is reset', async ({
  world,
  openShopPage,
}) => {
  const { wallet, shop, buy, step } = await openShopPage()
  await buy()
  await expect(step('已付 3.50 元')).toBeVisible()
  const [entry] = (await createGatewayControl(world.sandbox.url).ledger()).slice(-1)
  const impatient = await createGatewayCaller(
    world.sandbox.url,
    world.sandbox.settings.data_dir,
    world.sandbox.control,
  )
  await impatient.query({
    fields: {
      orderId: entry?.order_id ?? '',
      txnTime: entry?.txn_time ?? '',
      merId: entry?.merchant ?? '',
    },
  })

  const alarm = wallet.page.getByRole('alert').filter({ hasText: '已被列入黑名单' })
  await expect(alarm.getByText('交易结束后不足 5 分钟即查询')).toBeVisible()
  await alarm.getByRole('button', { name: '查询记录' }).click()
  await expect(alarm.getByRole('listitem').filter({ hasText: '37' })).toBeVisible()
  await alarm.getByRole('button', { name: '解除' }).click()
  await expect(alarm).toHaveCount(0)
  expect(
    (await createGatewayControl(world.sandbox.url).view()).merchants.map((one) => one.violations),
  ).toEqual([0, 0])
  await expect(shop).toBeVisible()
})

test('a membership debits its first month at once and the next only after an announcement and the waiting time', async ({
  world,
  openWallet,
}) => {
  const payer = await world.signedIn()
  await payer.sign(plan.membership)
  const wallet = await openWallet(payer)
  const shop = wallet.page.getByRole('complementary', { name: '商店' })
  const paid = shop.getByRole('status').filter({ hasText: '已付 15.00 元' })
  await shop.getByRole('button', { name: '生活缴费' }).click()
  await shop.getByRole('button', { name: /扣首月会员费/ }).click()
  await expect(paid).toBeVisible()

  await shop.getByRole('button', { name: '告知下次续费' }).click()
  await expect(shop.getByText(/已告知：.*扣 15\.00 元，短信已发$/)).toBeVisible()
  await shop.getByRole('button', { name: '看手机' }).click()
  await expect(wallet.h5.getByText('将自动扣款')).toBeVisible()
  await expect(shop.getByText('手机里已看到')).toBeVisible()
  expect(await shop.getByRole('button', { name: '扣 15.00 元' }).count()).toBe(0)

  await shop.getByRole('button', { name: '把时钟拨到那天' }).click()
  await shop.getByRole('button', { name: '扣 15.00 元' }).click()
  await expect(shop.getByRole('button', { name: '告知下次续费' })).toBeVisible()
  await expect(paid).toBeVisible()
  expect(await shop.getByRole('alert').count()).toBe(0)
})
