import { expect, test } from 'vitest'
import { setStage } from '../support/stage.ts'
import { plan } from '../support/world.ts'

const stage = setStage()
const script = /\/js\/upsdk\.js$/

test('outside the wallet the services can be read, and signing says why it cannot be done here', async () => {
  const phone = await stage.phone(undefined, { agent: 'browser' })
  await phone.open()
  await phone.page.getByText('在云闪付 App 中打开才能签约').waitFor()
  await phone.link(/无人货柜开门即购/).tap()
  await phone.page.getByText('扫码开门取货，关门后按所取商品扣款').first().waitFor()
  expect(await phone.consent.count()).toBe(0)
  await phone.button('在云闪付中打开').tap()
  await phone.heading('请在云闪付 App 中打开').waitFor()
  await phone.page.getByText('签约要由云闪付确认你本人同意').waitFor()
  expect(phone.complaints).toEqual([])
})

test('the way into the wallet carries the address of this H5, and the address can be copied', async () => {
  const phone = await stage.phone(undefined, { agent: 'browser' })
  await phone.context.grantPermissions(['clipboard-read', 'clipboard-write'], {
    origin: stage.world.url,
  })
  await phone.open('/outside')
  expect(await phone.link('打开云闪付 App').getAttribute('href')).toBe(
    `upwallet://html/${new URL(stage.world.url).host}/`,
  )
  await phone.button('复制链接').tap()
  await phone.page.getByRole('status').filter({ hasText: '链接已复制' }).waitFor()
  expect(await phone.page.evaluate('navigator.clipboard.readText()')).toBe(`${stage.world.url}/`)
  await phone.link('先看看有哪些服务').tap()
  await phone.heading('签约一次，之后自动付款').waitFor()
})

test('a personal page, opened outside the wallet, leads to the explanation and never to a login', async () => {
  const phone = await stage.phone(undefined, { agent: 'browser' })
  await phone.open('/contracts')
  await phone.heading('请在云闪付 App 中打开').waitFor()
  expect(phone.page.url()).toBe(`${stage.world.url}/#/outside`)
})

test('the script is blocked: signing leads to a page that says so, and loading again goes on', async () => {
  const phone = await stage.phone()
  await phone.page.route(script, (route) => route.abort())
  await phone.open(`/plans/${plan.vending}`)
  await phone.consent.check()
  await phone.button('去签约').tap()
  await phone.heading('云闪付组件没有加载成功').waitFor()
  await phone.page.getByText('可能是网络不稳定').waitFor()
  await phone.page.unroute(script)
  await phone.button('重新加载').tap()
  await phone.heading('无人货柜开门即购').waitFor()
  await phone.consentAndGo()
})

test('the script is blocked inside the wallet: contracts can still be seen and ended', async () => {
  const payer = await stage.world.signedIn()
  await payer.sign(plan.vending)
  const phone = await stage.phone(payer)
  await phone.page.route(script, (route) => route.abort())
  await phone.open('/contracts')
  await phone.link(/无人货柜开门即购.*生效中/).tap()
  await phone.button('解约').tap()
  await phone.button('确认解约').tap()
  await phone.page.getByText('你在此页面解约').waitFor()
})

test('a wallet too old to sign: a page that says what to do, and the contracts stay within reach', async () => {
  const phone = await stage.phone(undefined, { agent: 'old_app' })
  await phone.open(`/plans/${plan.vending}`)
  await phone.consent.check()
  await phone.button('去签约').tap()
  await phone.heading('云闪付版本太旧').waitFor()
  await phone.button('查看我的签约').tap()
  await phone.heading('你还没有签约').waitFor()
})

test('offline: the page says so and keeps what it shows, a button explains, and back on the network all goes on', async () => {
  const phone = await stage.phone()
  await phone.open(`/plans/${plan.vending}`)
  await phone.heading('无人货柜开门即购').waitFor()
  await phone.page.getByText('签约时会由云闪付静默确认你的身份').waitFor()
  await phone.page.waitForLoadState('networkidle')
  await phone.context.setOffline(true)
  await phone.page.getByText('当前没有网络，显示的可能不是最新内容').waitFor()
  await phone.consent.check()
  await phone.button('去签约').tap()
  await phone.page.getByRole('alert').filter({ hasText: '网络没有连上' }).waitFor()
  await phone.heading('无人货柜开门即购').waitFor()
  await phone.context.setOffline(false)
  await phone.page.getByText('当前没有网络').waitFor({ state: 'detached' })
  await phone.button('去签约').tap()
  await phone.atSigningPage()
})

test('the network fails on the way back from the signing page: tried again, the code still counts', async () => {
  const phone = await stage.phone()
  await phone.toSigningPage(plan.vending)
  let refused = 0
  await phone.page.route('**/api/signings/return', (route) => {
    refused += 1
    return refused === 1 ? route.abort() : route.continue()
  })
  await phone.agree()
  await phone.heading('暂时连不上我们的服务').waitFor()
  expect(phone.page.url()).not.toContain('code=')
  await phone.button('重试').tap()
  await phone.heading('签约成功').waitFor()
})

test('an address that leads nowhere has a way on', async () => {
  const phone = await stage.phone()
  for (const path of [
    '/nothing/here',
    '/plans/ffffffffffffffffffffffffffffffff',
    '/signings/01ARZ3NDEKTSV4RRFFQ69G5FAV',
    '/contracts/01ARZ3NDEKTSV4RRFFQ69G5FAV',
  ]) {
    await phone.open(path)
    await phone.link('返回首页').tap()
    await phone.heading('签约一次，之后自动付款').waitFor()
  }
})
