import { expect, test as base } from '../browser/test.ts'
import type { Payer } from '../support/payer.ts'
import type { Phone } from '../browser/phone.ts'
import { plan } from '../support/world.ts'

/**
 * A page that its browser restores from the back-forward cache. Headless Chromium has none
 * (BackForwardCacheDisabledForDelegate), so the tests dispatch its event while the response to an
 * earlier request never arrives.
 */

/** The wallet's script gives no code, so signing in leaves for UnionPay's page. */
const silent = { applet_auth: 'silent' } as const

const test = base.extend<{
  /** a phone whose requests never time out (web/api/request.ts: 10 s and 25 s) */
  phoneWithoutTimeouts(payer?: Payer): Promise<Phone>
}>({
  phoneWithoutTimeouts: ({ openPhone }, use) =>
    use(async (payer) => {
      const phone = await openPhone(payer)
      await phone.page.addInitScript(() => {
        const set = window.setTimeout.bind(window)
        const setUnlessTimeout = (run: TimerHandler, ms?: number, ...rest: unknown[]): number =>
          ms === 10_000 || ms === 25_000 ? 0 : set(run, ms, ...rest)
        window.setTimeout = setUnlessTimeout as typeof window.setTimeout
      })
      return phone
    }),
})

/** Never answers the first request to this address; answers the next ones. */
async function neverAnswerFirst(phone: Phone, url: string | RegExp): Promise<void> {
  let lost = false
  await phone.page.route(url, async (route) => {
    if (lost) return route.continue()
    lost = true
    return new Promise<void>(() => {})
  })
}
const restorePage = (phone: Phone) =>
  phone.page.evaluate(
    () => void window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })),
  )

test('after a page restore a signing whose start was never answered can be started again', async ({
  phoneWithoutTimeouts,
}) => {
  const phone = await phoneWithoutTimeouts()
  await phone.open('/contracts')
  await expect(phone.heading('你还没有签约')).toBeVisible()
  await neverAnswerFirst(phone, '**/api/signings')
  await phone.open(`/plans/${plan.vending}`)
  await phone.consent.check()
  await phone.button('去签约').tap()
  await expect(phone.button('去签约')).toHaveCount(0)
  await restorePage(phone)
  await phone.button('去签约').tap()
  await phone.expectSigningPage()
})

test('after a page restore a termination whose response never came can be confirmed again', async ({
  world,
  phoneWithoutTimeouts,
}) => {
  const payer = await world.signedIn()
  const { signing_id } = await payer.sign(plan.vending)
  const phone = await phoneWithoutTimeouts(payer)
  await neverAnswerFirst(phone, '**/api/contracts/*/terminate')
  await phone.open(`/contracts/${signing_id}/end`)
  await phone.button('确认解约').tap()
  await expect(phone.button('确认解约')).toHaveCount(0)
  await restorePage(phone)
  await phone.button('确认解约').tap()
  await expect(phone.page.getByText('已解约').first()).toBeVisible()
})

test('after a page restore a data export whose response never came can be requested again', async ({
  world,
  phoneWithoutTimeouts,
}) => {
  const phone = await phoneWithoutTimeouts(await world.signedIn())
  await phone.open('/contracts')
  await expect(phone.heading('你还没有签约')).toBeVisible()
  await neverAnswerFirst(phone, '**/api/privacy/export')
  await phone.open('/privacy/mine')
  await phone.button('显示我的信息').tap()
  await expect(phone.button('显示我的信息')).toHaveCount(0)
  await restorePage(phone)
  await phone.button('显示我的信息').tap()
  await expect(phone.button('复制全部')).toBeVisible()
})

test('after a page restore a silent sign-in that led nowhere offers a retry', async ({
  phoneWithoutTimeouts,
  changeSwitches,
}) => {
  await changeSwitches(silent)
  const phone = await phoneWithoutTimeouts()
  await phone.page.route(/oauth\.html/, (route) => route.fulfill({ status: 204 })) // the page never loads
  const left = phone.page.waitForRequest(/oauth\.html/)
  await phone.open('/contracts')
  await left
  await expect(phone.page.getByText('正在由云闪付确认你的身份').first()).toBeVisible()
  await restorePage(phone)
  await phone.page.unroute(/oauth\.html/)
  await phone.button('重试').tap()
  await expect(phone.heading('你还没有签约')).toBeVisible()
})

test('a page restore reads the session again and signs in silently where it has ended', async ({
  world,
  phoneWithoutTimeouts,
  changeSwitches,
}) => {
  await changeSwitches(silent)
  const payer = await world.signedIn()
  await payer.sign(plan.vending)
  const phone = await phoneWithoutTimeouts(payer)
  await phone.open('/contracts')
  await expect(phone.link(/无人货柜开门即购/)).toBeVisible()
  await phone.page.evaluate((path) => void (location.hash = path), `/plans/${plan.fuel}`)
  await expect(phone.page.getByText('你本人（未关联商户账号）')).toBeVisible()
  const asked = phone.page.waitForRequest('**/api/session')
  await restorePage(phone)
  await asked
  await phone.open('/contracts')
  await expect(phone.link(/无人货柜开门即购/)).toBeVisible()
  await phone.context.clearCookies({ name: 'wugan_session' })
  const signed_in = phone.page.waitForRequest(/\/return\/sign-in/)
  await restorePage(phone)
  await signed_in
  await expect(phone.link(/无人货柜开门即购/)).toBeVisible()
  expect(phone.console_errors).toEqual([])
})
