import { expect, test } from '../browser/test.ts'
import type { Phone } from '../browser/phone.ts'
import { plan } from '../support/world.ts'

type Router = { push(to: unknown): Promise<unknown>; replace(to: unknown): Promise<unknown> }
type Mounted = { __vue_app__: { config: { globalProperties: { $router: Router } } } }

/** Every navigation of the app's router is rejected from now on. */
const rejectNavigation = (phone: Phone) =>
  phone.page.evaluate(() => {
    const app = document.getElementById('app') as unknown as Mounted
    const router = app.__vue_app__.config.globalProperties.$router
    router.push = router.replace = () => Promise.reject(new Error('refused'))
  })

/** `location` throws for this address, as it does where a web view forbids the navigation. */
const forbidden_address = 'http://['

/** Replaces a field of the server's JSON response. */
const changeResponse = (phone: Phone, url: RegExp, changes: Record<string, string>) =>
  phone.page.route(url, async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, json: { ...((await response.json()) as object), ...changes } })
  })

async function openPlan(phone: Phone): Promise<void> {
  await phone.open('/contracts')
  await expect(phone.heading('你还没有签约')).toBeVisible()
  await phone.open(`/plans/${plan.vending}`)
  await phone.consent.check()
}

test('a router that rejects the page of the result leaves the sign button ready to press again', async ({
  phone,
}) => {
  await openPlan(phone)
  await rejectNavigation(phone)
  for (let presses = 0; presses < 2; presses++) {
    const started = phone.page.waitForResponse(/\/api\/signings$/)
    await phone.button('去签约').tap()
    await started
    await expect(phone.button('去签约')).toBeVisible()
  }
})

test('a browser that refuses to open UnionPay’s page leaves a message and a button to continue', async ({
  phone,
}) => {
  await openPlan(phone)
  const address = /\/api\/signings$/
  await changeResponse(phone, address, { signing_page_url: forbidden_address })
  await phone.button('去签约').tap()
  await expect(phone.page.getByRole('alert').filter({ hasText: '签约页没有打开' })).toBeVisible()
  await phone.button('继续签约').tap()
  await expect(phone.button('继续签约')).toBeVisible()
  await phone.page.unroute(address)
  await phone.button('继续签约').tap()
  await phone.expectSigningPage()
})

test('a browser that refuses to open the login leaves a button to try again', async ({
  phone,
  changeSwitches,
}) => {
  await changeSwitches({ applet_auth: 'silent' })
  const address = /\/api\/sign-in$/
  await changeResponse(phone, address, { authorize_url: forbidden_address })
  await phone.open('/contracts')
  await expect(phone.heading('没有完成身份确认')).toBeVisible()
  await phone.page.unroute(address)
  await phone.button('重试').tap()
  await expect(phone.heading('你还没有签约')).toBeVisible()
})

test.describe('a second window for the signing page', () => {
  test.use({ server_env: { SIGNING_WINDOW: 'web_view' } })

  test('a wallet that cannot open it leaves a message and a button to continue', async ({
    phone,
  }) => {
    await openPlan(phone)
    await phone.page.evaluate(() =>
      Reflect.set((window as unknown as { upsdk: object }).upsdk, 'createWebView', undefined),
    )
    await phone.button('去签约').tap()
    await expect(phone.page.getByRole('alert').filter({ hasText: '签约页没有打开' })).toBeVisible()
    await expect(phone.button('继续签约')).toBeVisible()
  })
})
