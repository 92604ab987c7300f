import { expect, test } from 'vitest'
import { createMerchant, orderNo, retail } from '../support/charging.ts'
import { setStage } from '../support/stage.ts'
import { plan } from '../support/world.ts'

const stage = setStage()

/** What an Android WebView 70 and iOS 12 do not have, taken away before any script of ours runs. Syntax and styles are held by the build test. */
const older = `
  delete Object.hasOwn; delete Object.fromEntries; delete Array.prototype.at; delete Array.prototype.findLast; delete Array.prototype.toSorted
  delete String.prototype.at; delete String.prototype.replaceAll; delete String.prototype.matchAll; delete Promise.allSettled; delete Promise.any
  delete window.structuredClone; delete window.queueMicrotask; delete window.ResizeObserver; delete window.IntersectionObserver; delete window.WeakRef
  delete window.FinalizationRegistry; delete window.requestIdleCallback; delete AbortSignal.timeout; delete window.PointerEvent; delete window.crypto.randomUUID
  delete window.globalThis`

test('signing, reading and ending work on an engine of 2018', async () => {
  const phone = await stage.phone()
  await phone.page.addInitScript(`if (location.origin === '${stage.world.url}') { ${older} }`)
  await phone.open('/')
  await phone.link(/无人货柜开门即购/).waitFor()
  expect(phone.complaints).toEqual([])
  await phone.sign(plan.vending)
  await phone.open('/contracts')
  await phone.link(/无人货柜开门即购/).tap()
  await phone.page.getByText('今日已用').waitFor()
  await phone.open('/bills')
  await phone.page.getByText('还没有账单').waitFor()
  const merchant = createMerchant(stage.world.url, await stage.world.key(['read', 'charge']))
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
  await phone.page.getByText('第 0 瓶').waitFor()
  await phone.open('/contracts')
  await phone.link(/无人货柜开门即购/).tap()
  await phone.button('解约').tap()
  await phone.button('确认解约').tap()
  await phone.page.getByText('已解约').first().waitFor()
  expect(phone.complaints).toEqual([])
})

test('the first page is drawn without any script of ours, and what needs it says so in words', async () => {
  const phone = await stage.phone()
  await phone.page.route('**/assets/**', (route) => route.abort())
  await phone.page.goto(`${stage.world.url}/`)
  await phone.page.getByText('无人货柜开门即购').first().waitFor()
})
