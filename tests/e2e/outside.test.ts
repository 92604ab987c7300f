import { expect, test } from '../browser/test.ts'
import { plan } from '../support/world.ts'

const script = /\/js\/upsdk\.js$/

test('outside the wallet the services can be read, and signing says why it cannot be done here', async ({
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
  expect(phone.complaints).toEqual([])
})

test('the way into the wallet carries the address of this H5, and the address can be copied', async ({
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

test('a personal page, opened outside the wallet, leads to the explanation and never to a login', async ({
  openPhone,
  world,
}) => {
  const phone = await openPhone(undefined, { agent: 'browser' })
  await phone.open('/contracts')
  await expect(phone.heading('请在云闪付 App 中打开')).toBeVisible()
  await expect(phone.page).toHaveURL(`${world.url}/#/outside`)
})

test('the script is blocked: signing leads to a page that says so, and loading again goes on', async ({
  phone,
}) => {
  await phone.page.route(script, (route) => route.abort())
  await phone.open(`/plans/${plan.vending}`)
  await phone.consent.check()
  await phone.button('去签约').tap()
  await expect(phone.heading('云闪付组件没有加载成功')).toBeVisible()
  await expect(phone.page.getByText('可能是网络不稳定')).toBeVisible()
  await phone.page.unroute(script)
  await phone.button('重新加载').tap()
  await expect(phone.heading('无人货柜开门即购')).toBeVisible()
  await phone.consentAndGo()
})

test('the script is blocked inside the wallet: contracts can still be seen and ended', async ({
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

test('a wallet too old to sign: a page that says what to do, and the contracts stay within reach', async ({
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

test('offline: the page says so and keeps what it shows, a button explains, and back on the network all goes on', async ({
  phone,
}) => {
  await phone.open(`/plans/${plan.vending}`)
  await expect(phone.heading('无人货柜开门即购')).toBeVisible()
  await expect(phone.page.getByText('签约时会由云闪付静默确认你的身份')).toBeVisible()
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
  await phone.atSigningPage()
})

test('the network fails on the way back from the signing page: tried again, the code still counts', async ({
  phone,
}) => {
  await phone.toSigningPage(plan.vending)
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

test('an address that leads nowhere has a way on', async ({ phone }) => {
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
