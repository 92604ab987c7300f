import { expect, test } from '../browser/test.ts'
import { createMerchant, orderNo, retail } from '../support/charging.ts'
import { plan } from '../support/world.ts'

/**
 * Removes what an Android WebView 70 and iOS 12 lack before our scripts run. The build test covers
 * syntax and styles.
 */
function removeNewerApis(origin: string): void {
  if (location.origin !== origin) return
  const newer: [object, string[]][] = [
    [Object, ['hasOwn', 'fromEntries']],
    [Array.prototype, ['at', 'findLast', 'toSorted']],
    [String.prototype, ['at', 'replaceAll', 'matchAll']],
    [Promise, ['allSettled', 'any']],
    [AbortSignal, ['timeout']],
    [window.crypto, ['randomUUID']],
    [window, ['structuredClone', 'queueMicrotask', 'ResizeObserver', 'IntersectionObserver']],
    [window, ['WeakRef', 'FinalizationRegistry', 'requestIdleCallback', 'PointerEvent']],
    [window, ['globalThis']],
  ]
  for (const [owner, names] of newer) for (const name of names) Reflect.deleteProperty(owner, name)
}

test('signing, viewing and ending work in a browser of 2018', async ({ phone, world }) => {
  await phone.page.addInitScript(removeNewerApis, world.url)
  await phone.open('/')
  await expect(phone.link(/无人货柜开门即购/)).toBeVisible()
  expect(phone.console_errors).toEqual([])
  await phone.sign(plan.vending)
  await phone.open('/contracts')
  await phone.link(/无人货柜开门即购/).tap()
  await expect(phone.page.getByText('今日已用')).toBeVisible()
  await phone.open('/bills')
  await expect(phone.page.getByText('还没有账单')).toBeVisible()
  const merchant = createMerchant(world.url, await world.key(['read', 'charge']))
  const { contracts } = (
    await merchant.call<{ contracts: { id: string }[] }>('GET', '/v1/contracts')
  ).view
  for (let count = 0; count < 21; count++)
    await merchant.charge({
      merchant_order_no: orderNo(),
      amount_fen: 100 + count,
      description: `第 ${count} 瓶`,
      contract: contracts[0]?.id ?? '',
      merchant_no: retail,
    })
  await phone.page.reload()
  await phone.button('查看更早的账单').tap()
  await expect(phone.page.getByText('第 0 瓶')).toBeVisible()
  await phone.open('/contracts')
  await phone.link(/无人货柜开门即购/).tap()
  await phone.button('解约').tap()
  await phone.button('确认解约').tap()
  await expect(phone.page.getByText('已解约').first()).toBeVisible()
  expect(phone.console_errors).toEqual([])
})

test('the home page is readable without our scripts', async ({ phone, world }) => {
  await phone.page.route('**/assets/**', (route) => route.abort())
  await phone.page.goto(`${world.url}/`)
  await expect(phone.page.getByText('无人货柜开门即购').first()).toBeVisible()
})
