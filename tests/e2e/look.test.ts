import { AxeBuilder } from '@axe-core/playwright'
import { beforeAll, expect, test } from 'vitest'
import { createMerchant, orderNo, retail } from '../support/charging.ts'
import type { Payer } from '../support/payer.ts'
import { createGatewayControl } from '../support/gateway-world.ts'
import type { Phone } from '../support/phone.ts'
import { setStage } from '../support/stage.ts'
import { plan } from '../support/world.ts'

const stage = setStage()

/** One person with everything there is to see: bills paid, given back, declined and waiting, a living contract, an ended one, a signing that was refused, one that waits. */
let payer: Payer
let places: Record<string, { path: string; seen: string }>
let signing_page: string
beforeAll(async () => {
  payer = await stage.world.signedIn()
  const signed = await payer.sign(plan.vending)
  const ended = await payer.sign(plan.membership)
  await payer.terminate(ended.signing_id)
  const refused = await payer.start(plan.metro)
  await payer.back(await payer.decide(refused.signing_page_url, 'refuse'))
  const waiting = await payer.start(plan.fuel)
  signing_page = waiting.signing_page_url
  const bill = await haveBills(signed.contract?.id ?? '')
  places = {
    'the list of services': { path: '/', seen: '无人货柜开门即购' },
    'a plan': { path: `/plans/${plan.fuel}`, seen: '扣款顺序' },
    'a plan that is signed': { path: `/plans/${plan.vending}`, seen: '你已签约这项服务' },
    'the agreement': { path: `/plans/${plan.metro}/agreement`, seen: '五、怎么解约' },
    'the privacy page': { path: '/privacy', seen: '你的权利' },
    'the result 成功': { path: `/signings/${signed.signing_id}`, seen: '签约成功' },
    'the result 已取消': { path: `/signings/${refused.signing_id}`, seen: '已取消签约' },
    'the result that waits': { path: `/signings/${waiting.signing_id}`, seen: '你还没有完成签约' },
    'my contracts': { path: '/contracts', seen: '已结束（1）' },
    'a contract': { path: `/contracts/${signed.signing_id}`, seen: '签约生效' },
    'an ended contract': { path: `/contracts/${ended.signing_id}`, seen: '你在此页面解约' },
    'my bills': { path: '/bills', seen: '没有更早的账单了' },
    'a bill that was given back in part': { path: `/bills/${bill.part}`, seen: '退款成功 ¥1.00' },
    'a bill that was declined': { path: `/bills/${bill.declined}`, seen: '扣款未成功 ¥13.64' },
    'a bill that waits': { path: `/bills/${bill.waiting}`, seen: '正在等待银联的结果' },
    'the ending': { path: `/contracts/${signed.signing_id}/end`, seen: '气泡水' },
    'outside the wallet': { path: '/outside', seen: '复制链接' },
    'the script is blocked': { path: '/blocked', seen: '重新加载' },
    'nothing there': { path: '/nowhere', seen: '没有这个页面' },
  }
})

async function haveBills(contract: string) {
  const merchant = createMerchant(stage.world.url, await stage.world.key(['read', 'charge', 'refund']))
  const gateway = createGatewayControl(stage.world.sandbox.url)
  const buy = async (amount_fen: number, description: string) =>
    (await merchant.charge({ merchant_order_no: orderNo(), amount_fen, description, contract, merchant_no: retail })).order_id
  await stage.world.control.change({ booking_delay_ms: 0 })
  await gateway.addRule({ match: { amount_fen: 1_364 }, effect: { kind: 'outcome', resp: '64' } })
  await gateway.addRule({ match: { amount_fen: 477 }, effect: { kind: 'timeout_before' } })
  const [part, declined, waiting] = [await buy(350, '乌龙茶 500 毫升'), await buy(1_364, '进口混合坚果大礼包家庭装 1.5 千克'), await buy(477, '气泡水')]
  await Promise.all([part, declined].map(merchant.settled))
  await merchant.settledRefund(part, (await merchant.refund(part, 100)).order_id)
  return { part, declined, waiting }
}

/** Walks through every page, signed in, and looks at each; the signing page of UnionPay comes last. */
async function walk(phone: Phone, look: (name: string) => Promise<void>): Promise<void> {
  await phone.open('/contracts')
  await phone.link(/无人货柜开门即购/).waitFor()
  for (const [name, { path, seen }] of Object.entries(places)) {
    await phone.open(path)
    await phone.page.getByText(seen).first().waitFor()
    await look(name)
  }
  await phone.page.goto(signing_page)
  await phone.atSigningPage()
  await look('the signing page')
}

test.each(['light', 'dark'] as const)('no page has an accessibility violation (%s)', async (colorScheme) => {
  const phone = await stage.phone(payer, { colorScheme })
  await walk(phone, async (name) => {
    await phone.page.evaluate('Promise.all(document.getAnimations().map((animation) => animation.finished))')
    const { violations } = await new AxeBuilder({ page: phone.page }).analyze()
    expect(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([])
  })
})

test('no page violates the content security policy or complains on the console', async () => {
  const phone = await stage.phone(payer)
  await walk(phone, async (name) => expect([name, ...phone.complaints]).toEqual([name]))
})

/** What lies beyond the right edge of the screen, or is cut off inside its own box. */
const cutOff = `(() => {
  const wide = document.documentElement.scrollWidth > screen.width ? ['the page is ' + document.documentElement.scrollWidth + ' px wide'] : []
  const hidden = [...document.querySelectorAll('main *')].filter((one) => !one.closest('.unseen, .sr-only, svg') && one.scrollWidth > one.clientWidth + 1
    && getComputedStyle(one).overflowX !== 'visible' && getComputedStyle(one).display !== 'inline').map((one) => 'cut off: ' + one.textContent.trim().slice(0, 30))
  return [...wide, ...hidden]
})()`

async function expectNothingCutOff(phone: Phone, name: string): Promise<void> {
  for (const font_size of ['100%', '200%']) {
    await phone.page.evaluate(`void (document.documentElement.style.fontSize = '${font_size}')`)
    expect([`${name} at ${font_size}`, ...(await phone.page.evaluate<string[]>(cutOff))]).toEqual([`${name} at ${font_size}`])
  }
}

test('nothing overflows at 360 px, nor with text of twice the usual size', async () => {
  const phone = await stage.phone(payer)
  await walk(phone, (name) => expectNothingCutOff(phone, name))
})

test('nor does it in English', async () => {
  const phone = await stage.phone(payer)
  await phone.open()
  await phone.button('English').tap()
  await phone.page.locator('html[lang=en]').waitFor()
  for (const [name, { path }] of Object.entries(places)) {
    await phone.open(path)
    await phone.page.locator('main h1, main h2').first().waitFor()
    await phone.page.getByText('Loading…').waitFor({ state: 'detached' })
    await expectNothingCutOff(phone, name)
  }
})

/** Buttons and links that stand for themselves and are harder to hit than 44 px; words inside a sentence are not counted. */
const smallTargets = `[...document.querySelectorAll('main button, main a, main summary, main label')]
  .filter((one) => one.getClientRects().length > 0 && getComputedStyle(one).display !== 'inline')
  .map((one) => [one.textContent.trim(), one.getBoundingClientRect()])
  .filter(([, box]) => box.height < 44 || box.width < 44).map(([name, box]) => name + ' ' + Math.round(box.width) + '×' + Math.round(box.height))`

test('everything that is tapped is at least 44 px high and wide', async () => {
  const phone = await stage.phone(payer)
  await walk(phone, async (name) => {
    if (name !== 'the signing page') expect([name, ...(await phone.page.evaluate<string[]>(smallTargets))]).toEqual([name])
  })
})

test('these looks see what they are for', async () => {
  const phone = await stage.phone(payer)
  await phone.open('/privacy')
  await phone.page.getByText('你的权利').first().waitFor()
  const add = (tag: string, text: string, style: string) => phone.page.evaluate(
    `void document.querySelector('main').append(Object.assign(document.createElement('${tag}'), { textContent: '${text}', style: '${style}' }))`)
  await add('button', '小', 'display: block; width: 20px; height: 20px')
  expect(await phone.page.evaluate(smallTargets)).toEqual(['小 20×20'])
  await add('p', '一行很长的文字', 'width: 30px; overflow: hidden; white-space: nowrap')
  await add('p', '宽', 'width: 500px')
  expect(await phone.page.evaluate(cutOff)).toEqual([expect.stringContaining('px wide'), 'cut off: 一行很长的文字'])
  await add('p', '看不清的一行字', 'color: #eee; background: #fff')
  expect((await new AxeBuilder({ page: phone.page }).analyze()).violations.map(({ id }) => id)).toContain('color-contrast')
  expect(phone.complaints).toEqual([])
  await add('script', 'window.ran = true', '')
  await expect.poll(() => phone.complaints).toEqual([expect.stringContaining('Content Security Policy')])
})
