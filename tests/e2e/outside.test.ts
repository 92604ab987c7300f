import { expect, test } from '../browser/test.ts'
import { plan } from '../support/world.ts'

const script = /\/js\/upsdk\.js$/

test('outside the wallet the services can be read, and the page explains why signing is impossible', async ({
  openPhone,
}) => {
  const phone = await openPhone(undefined, { agent: 'browser' })
  await phone.open()
  await expect(phone.page.getByText('在云闪付 App 中打开才能签约')).toBeVisible()
  await phone.link(/无人货柜开门即购/).tap()
  await expect(phone.page.getByText('扫码开门取货，关门后按所取商品扣款').first()).toBeVisible()
  expect(await phone.consent.count()).toBe(0)
  await phone.button('在云闪付中打开').tap()
  await expect(phone.heading('请在云闪付 App 中打开')).toBeVisible()
  await expect(phone.page.getByText('签约要由云闪付确认你本人同意')).toBeVisible()
  expect(phone.console_errors).toEqual([])
})

test('the link into the wallet contains the address of this H5, which can also be copied', async ({
  openPhone,
  world,
}) => {
  const phone = await openPhone(undefined, { agent: 'browser' })
  await phone.context.grantPermissions(['clipboard-read', 'clipboard-write'], {
    origin: world.url,
  })
  await phone.open('/outside')
  await expect(phone.link('打开云闪付 App')).toHaveAttribute(
    'href',
    `upwallet://html/${new URL(world.url).host}/`,
  )
  await phone.button('复制链接').tap()
  await expect(phone.page.getByRole('status').filter({ hasText: '链接已复制' })).toBeVisible()
  expect(await phone.page.evaluate(() => navigator.clipboard.readText())).toBe(`${world.url}/`)
  await phone.link('先看看有哪些服务').tap()
  await expect(phone.heading('签约一次，之后自动付款')).toBeVisible()
})

test('a personal page outside the wallet shows the explanation and no login', async ({
  openPhone,
  world,
}) => {
  const phone = await openPhone(undefined, { agent: 'browser' })
  await phone.open('/contracts')
  await expect(phone.heading('请在云闪付 App 中打开')).toBeVisible()
  await expect(phone.page).toHaveURL(`${world.url}/#/outside`)
})

test('a blocked wallet script is reported when signing starts, and a reload continues', async ({
  phone,
}) => {
  await phone.page.route(script, (route) => route.abort())
  await phone.open(`/plans/${plan.vending}`)
  await phone.consent.check()
  await phone.button('去签约').tap()
  await expect(phone.heading('云闪付组件加载失败')).toBeVisible()
  await expect(phone.page.getByText('可能是网络不稳定')).toBeVisible()
  await phone.page.unroute(script)
  await phone.button('重新加载').tap()
  await expect(phone.heading('无人货柜开门即购')).toBeVisible()
  await phone.agreeAndContinue()
})

test('with a blocked script inside the wallet contracts can still be viewed and ended', async ({
  world,
  openPhone,
}) => {
  const payer = await world.signedIn()
  await payer.sign(plan.vending)
  const phone = await openPhone(payer)
  await phone.page.route(script, (route) => route.abort())
  await phone.open('/contracts')
  await phone.link(/无人货柜开门即购.*生效中/).tap()
  await phone.button('解约').tap()
  await phone.button('确认解约').tap()
  await expect(phone.page.getByText('你在此页面解约')).toBeVisible()
})

test('a wallet that is too old to sign shows what to do and a link to the contracts', async ({
  openPhone,
}) => {
  const phone = await openPhone(undefined, { agent: 'old_app' })
  await phone.open(`/plans/${plan.vending}`)
  await phone.consent.check()
  await phone.button('去签约').tap()
  await expect(phone.heading('云闪付版本太旧')).toBeVisible()
  await phone.button('查看我的签约').tap()
  await expect(phone.heading('你还没有签约')).toBeVisible()
})

test('an offline page keeps its content, explains why signing fails, and continues once the network is back', async ({
  phone,
}) => {
  await phone.open(`/plans/${plan.vending}`)
  await expect(phone.heading('无人货柜开门即购')).toBeVisible()
  await expect(phone.page.getByText('签约时由云闪付自动确认你的身份')).toBeVisible()
  await phone.page.waitForLoadState('networkidle')
  await phone.context.setOffline(true)
  await expect(phone.page.getByText('当前没有网络，显示的可能不是最新内容')).toBeVisible()
  await phone.consent.check()
  await phone.button('去签约').tap()
  await expect(phone.page.getByRole('alert').filter({ hasText: '网络没有连上' })).toBeVisible()
  await expect(phone.heading('无人货柜开门即购')).toBeVisible()
  await phone.context.setOffline(false)
  await expect(phone.page.getByText('当前没有网络')).toHaveCount(0)
  await phone.button('去签约').tap()
  await phone.expectSigningPage()
})

test('after a network fault on the return from the signing page a retry still uses the code', async ({
  phone,
}) => {
  await phone.openSigningPage(plan.vending)
  let refused = 0
  await phone.page.route('**/api/signings/return', (route) => {
    refused += 1
    return refused === 1 ? route.abort() : route.continue()
  })
  await phone.agree()
  await expect(phone.heading('暂时连不上我们的服务')).toBeVisible()
  expect(phone.page.url()).not.toContain('code=')
  await phone.button('重试').tap()
  await expect(phone.heading('签约成功')).toBeVisible()
})

test('every unknown address offers a link to the home page', async ({ phone }) => {
  for (const path of [
    '/nothing/here',
    '/plans/ffffffffffffffffffffffffffffffff',
    '/signings/01ARZ3NDEKTSV4RRFFQ69G5FAV',
    '/contracts/01ARZ3NDEKTSV4RRFFQ69G5FAV',
  ]) {
    await phone.open(path)
    await phone.link('返回首页').tap()
    await expect(phone.heading('签约一次，之后自动付款')).toBeVisible()
  }
})
