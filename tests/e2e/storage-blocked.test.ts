import { expect, test as base } from '../browser/test.ts'
import type { Phone } from '../browser/phone.ts'
import { plan } from '../support/world.ts'

/**
 * A wallet without storage for its pages: what must survive a page load is in the address, in a
 * cookie or on the server.
 */
const test = base.extend<{ phone: Phone }>({
  phone: async ({ phone }, use) => {
    await phone.context.addInitScript(() => {
      for (const kind of ['localStorage', 'sessionStorage'])
        Object.defineProperty(window, kind, {
          get() {
            throw new DOMException('denied', 'SecurityError')
          },
        })
    })
    await use(phone)
  },
})

let left: string[] = []
const recordDepartures = (phone: Phone): void =>
  void phone.page.on(
    'request',
    (request) => void (/\/(oauth|open)\.html/.test(request.url()) && left.push(request.url())),
  )
test.beforeEach(() => (left = []))

for (const applet_auth of ['answers', 'silent'] as const) {
  test(`without storage one press of 去签约 signs, where appletAuth is ${applet_auth}`, async ({
    changeSwitches,
    phone,
  }) => {
    await changeSwitches({ applet_auth })
    recordDepartures(phone)
    await phone.open(`/plans/${plan.vending}`)
    await phone.agreeAndContinue()
    expect(left.filter((url) => url.includes('oauth.html'))).toHaveLength(
      applet_auth === 'silent' ? 1 : 0,
    )
    await phone.agree()
    await expect(phone.heading('签约成功')).toBeVisible()
    expect(left.filter((url) => url.includes('open.html'))).toHaveLength(1)
    await phone.button('查看签约').tap()
    await expect(phone.button('解约')).toBeVisible()
  })
}

test('without storage a refusal on UnionPay’s page is shown after one silent proof', async ({
  changeSwitches,
  phone,
}) => {
  await changeSwitches({ applet_auth: 'silent' })
  await phone.open(`/plans/${plan.vending}`)
  await phone.agreeAndContinue()
  recordDepartures(phone)
  const came_back = phone.page.waitForRequest(/\/return\/sign-in/)
  await phone.refuse()
  await came_back
  await expect(phone.heading('已取消签约')).toBeVisible()
  await phone.page.waitForLoadState('networkidle')
  expect(left).toHaveLength(1)
})

test('without storage and cookies the page stops after one sign-in and says so', async ({
  changeSwitches,
  phone,
}) => {
  await changeSwitches({ applet_auth: 'silent' })
  recordDepartures(phone)
  const drop = /\/api\/sign-in/
  await phone.page.route(drop, async (route) => {
    const answer = await route.fetch()
    const headers = Object.fromEntries(
      Object.entries(answer.headers()).filter(([name]) => name !== 'set-cookie'),
    )
    await phone.context.clearCookies({ name: /^wugan/ })
    await route.fulfill({ response: answer, headers })
    await phone.context.clearCookies({ name: /^wugan/ })
  })
  await phone.open('/contracts')
  await phone.button('同意').tap()
  await expect(phone.heading(/没有完成身份确认|云闪付没有确认你的身份/)).toBeVisible()
  await phone.page.waitForLoadState('networkidle')
  expect(left).toHaveLength(1)
})
