import { expect, test as base } from '../browser/test.ts'
import type { Payer } from '../support/payer.ts'
import type { Phone } from '../browser/phone.ts'
import { plan } from '../support/world.ts'

/**
 * What a page does that its browser kept in memory while it was left (bfcache). A headless Chromium keeps none (BackForwardCacheDisabledForDelegate),
 * so the event it would send is sent by hand, while the answer that was on its way never comes.
 */

/** Signing in leaves for UnionPay's page: the wallet's script gives no code. */
const silent = { applet_auth: 'silent' } as const

const test = base.extend<{
  /** a phone whose pages never give up an unanswered question by themselves (web/api/request.ts: after 10 s, or 25 s) */
  patientPhone(payer?: Payer): Promise<Phone>
}>({
  patientPhone: ({ openPhone }, use) =>
    use(async (payer) => {
      const phone = await openPhone(payer)
      await phone.page.addInitScript(() => {
        const set = window.setTimeout.bind(window)
        const patient = (run: TimerHandler, ms?: number, ...rest: unknown[]): number =>
          ms === 10_000 || ms === 25_000 ? 0 : set(run, ms, ...rest)
        window.setTimeout = patient as typeof window.setTimeout
      })
      return phone
    }),
})

/** The first question to this address is never answered, the next ones are. */
async function loseOnce(phone: Phone, url: string | RegExp): Promise<void> {
  let lost = false
  await phone.page.route(url, async (route) => {
    if (lost) return route.continue()
    lost = true
    return new Promise<void>(() => {})
  })
}
const bringBack = (phone: Phone) =>
  phone.page.evaluate(
    () => void window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })),
  )

test('a signing whose start was never answered can be started again', async ({ patientPhone }) => {
  const phone = await patientPhone()
  await phone.open('/contracts')
  await expect(phone.heading('你还没有签约')).toBeVisible()
  await loseOnce(phone, '**/api/signings')
  await phone.open(`/plans/${plan.vending}`)
  await phone.consent.check()
  await phone.button('去签约').tap()
  await expect(phone.button('去签约')).toHaveCount(0)
  await bringBack(phone)
  await phone.button('去签约').tap()
  await phone.atSigningPage()
})

test('an ending whose answer never came can be confirmed again', async ({
  world,
  patientPhone,
}) => {
  const payer = await world.signedIn()
  const { signing_id } = await payer.sign(plan.vending)
  const phone = await patientPhone(payer)
  await loseOnce(phone, '**/api/contracts/*/terminate')
  await phone.open(`/contracts/${signing_id}/end`)
  await phone.button('确认解约').tap()
  await expect(phone.button('确认解约')).toHaveCount(0)
  await bringBack(phone)
  await phone.button('确认解约').tap()
  await expect(phone.page.getByText('已解约').first()).toBeVisible()
})

test('records whose answer never came can be asked for again', async ({ world, patientPhone }) => {
  const phone = await patientPhone(await world.signedIn())
  await phone.open('/contracts')
  await expect(phone.heading('你还没有签约')).toBeVisible()
  await loseOnce(phone, '**/api/privacy/export')
  await phone.open('/privacy/mine')
  await phone.button('显示我的信息').tap()
  await expect(phone.button('显示我的信息')).toHaveCount(0)
  await bringBack(phone)
  await phone.button('显示我的信息').tap()
  await expect(phone.button('复制全部')).toBeVisible()
})

test('a silent sign-in that led nowhere is not waited for', async ({
  patientPhone,
  switchUntilEnd,
}) => {
  await switchUntilEnd(silent)
  const phone = await patientPhone()
  await phone.page.route(/oauth\.html/, (route) => route.fulfill({ status: 204 })) // it never comes
  const left = phone.page.waitForRequest(/oauth\.html/)
  await phone.open('/contracts')
  await left
  await expect(phone.page.getByText('正在由云闪付确认你的身份').first()).toBeVisible()
  await bringBack(phone)
  await phone.page.unroute(/oauth\.html/)
  await phone.button('重试').tap()
  await expect(phone.heading('你还没有签约')).toBeVisible()
})

test('whoever the session belonged to, it is asked again, and signed in anew where it is over', async ({
  world,
  patientPhone,
  switchUntilEnd,
}) => {
  await switchUntilEnd(silent)
  const payer = await world.signedIn()
  await payer.sign(plan.vending)
  const phone = await patientPhone(payer)
  await phone.open('/contracts')
  await expect(phone.link(/无人货柜开门即购/)).toBeVisible()
  await phone.page.evaluate((path) => void (location.hash = path), `/plans/${plan.fuel}`)
  await expect(phone.page.getByText('你本人（未关联商户账号）')).toBeVisible()
  const asked = phone.page.waitForRequest('**/api/session')
  await bringBack(phone)
  await asked
  await phone.open('/contracts')
  await expect(phone.link(/无人货柜开门即购/)).toBeVisible()
  await phone.context.clearCookies({ name: 'wugan_session' })
  const signed_in = phone.page.waitForRequest(/\/return\/sign-in/)
  await bringBack(phone)
  await signed_in
  await expect(phone.link(/无人货柜开门即购/)).toBeVisible()
  expect(phone.complaints).toEqual([])
})
