import { writeFile } from 'node:fs/promises'
import { beforeAll, expect, test } from 'vitest'
import { createGatewayCaller } from '../support/gateway-caller.ts'
import { createGatewayControl } from '../support/gateway-world.ts'
import { setStage } from '../support/stage.ts'
import { plan } from '../support/world.ts'

const stage = setStage({ DEBIT_NOTICE_RULE: 'refuse' })
beforeAll(async () => {
  const { world } = stage
  await writeFile(
    world.sandbox.settings.shop_key_file as string,
    await world.key(['read', 'charge', 'refund']),
  )
})

/** Somebody at the desk with the shop open; `signed` for the vending machine. */
async function atTheMachine(signed = true) {
  const payer = await stage.world.signedIn()
  if (signed) await payer.sign(plan.vending)
  const wallet = await stage.walletPage(payer)
  const shop = wallet.page.getByRole('complementary', { name: '商店' })
  return {
    wallet,
    shop,
    buy: () => shop.getByRole('button', { name: /^拿一瓶饮料.*3\.50/ }).click(),
    step: (text: string) => shop.getByRole('listitem').filter({ hasText: text }),
  }
}

test('a newcomer is led to sign first, buys a drink, watches the charge, opens its bill and brings half of it back', async () => {
  const { wallet, shop, buy, step } = await atTheMachine(false)
  await shop.getByRole('button', { name: '在手机里开通' }).click()
  await wallet.h5.getByRole('checkbox').check()
  await wallet.h5.getByRole('button', { name: '去签约' }).click()
  await wallet.h5.getByRole('checkbox', { name: /《银联无感支付用户服务协议》/ }).check()
  await wallet.h5.getByRole('button', { name: '同意并开通' }).click()
  await wallet.h5.getByRole('heading', { name: '签约成功' }).waitFor()

  await buy()
  await step('00 = 已受理，还不等于已付款').waitFor()
  await step('第 1 次，商户答 HTTP 200').waitFor()
  await step('已付 3.50 元，中国银行尾号 1111').waitFor()
  await shop.getByRole('status').filter({ hasText: '已付 3.50 元' }).waitFor()

  await shop.getByRole('button', { name: '在手机里看账单' }).click()
  await wallet.h5.getByRole('heading', { name: '乌龙茶 500 毫升' }).waitFor()

  await shop.getByRole('textbox', { name: '部分退款金额（元）' }).fill('1.50')
  await shop.getByRole('button', { name: '退一部分' }).click()
  await step('退款 1.50 元').getByText('已退').waitFor()
  await shop.getByRole('button', { name: '全部退款 2.00 元' }).waitFor()

  await step('支付通知送达').getByRole('button', { name: '看消息' }).click()
  const journal = wallet.page.getByRole('complementary', { name: '消息记录' })
  await journal.getByRole('article').filter({ hasText: '支付通知' }).first().waitFor()
})

test('an empty card declines the drink, and the shop says why', async () => {
  const { wallet, buy, step } = await atTheMachine()
  const panel = await wallet.openPanel()
  await panel.getByText('银行卡与余额').click()
  await panel.getByRole('button', { name: '全部清零' }).click()
  await expect.poll(() => panel.getByPlaceholder('余额不限').first().inputValue()).toBe('0.00')
  await buy()
  await step('没有扣成').filter({ hasText: '64' }).waitFor()
})

test('a rule added on the panel spoils the next answer, and the charge still ends as it was booked', async () => {
  const { wallet, shop, buy, step } = await atTheMachine()
  const panel = await wallet.openPanel()
  await panel.getByText('网关', { exact: true }).click()
  await panel.getByRole('combobox', { name: '结果' }).selectOption({ label: '签名错误' })
  await panel.getByRole('button', { name: '添加规则' }).click()
  await panel.getByText('签名错误 · 剩 1 次').waitFor()
  await buy()
  await step('已付 3.50 元').waitFor()
  await shop.getByRole('status').filter({ hasText: '已付' }).waitFor()
})

test('a merchant who asked too early is shown loudly with what he asked, until he is pardoned', async () => {
  const { world } = stage
  const { wallet, shop, buy, step } = await atTheMachine()
  await buy()
  await step('已付 3.50 元').waitFor()
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
  await alarm.getByText('交易结束后不足 5 分钟即查询').waitFor()
  await alarm.getByRole('button', { name: '查询记录' }).click()
  await alarm.getByRole('listitem').filter({ hasText: '37' }).waitFor()
  await alarm.getByRole('button', { name: '解除' }).click()
  await alarm.waitFor({ state: 'detached' })
  expect(
    (await createGatewayControl(world.sandbox.url).view()).merchants.map((one) => one.violations),
  ).toEqual([0, 0])
  await shop.waitFor()
})

test('a membership: its first month at once, the next one only told, waited for and then debited', async () => {
  const payer = await stage.world.signedIn()
  await payer.sign(plan.membership)
  const wallet = await stage.walletPage(payer)
  const shop = wallet.page.getByRole('complementary', { name: '商店' })
  const paid = shop.getByRole('status').filter({ hasText: '已付 15.00 元' })
  await shop.getByRole('button', { name: '生活缴费' }).click()
  await shop.getByRole('button', { name: /扣首月会员费/ }).click()
  await paid.waitFor()

  await shop.getByRole('button', { name: '告知下次续费' }).click()
  await shop.getByText(/已告知：.*扣 15\.00 元，短信已发$/).waitFor()
  await shop.getByRole('button', { name: '看手机' }).click()
  await wallet.h5.getByText('将自动扣款').waitFor()
  await shop.getByText('手机里已看到').waitFor()
  expect(await shop.getByRole('button', { name: '扣 15.00 元' }).count()).toBe(0)

  await shop.getByRole('button', { name: '把时钟拨到那天' }).click()
  await shop.getByRole('button', { name: '扣 15.00 元' }).click()
  await shop.getByRole('button', { name: '告知下次续费' }).waitFor()
  await paid.waitFor()
  expect(await shop.getByRole('alert').count()).toBe(0)
})
