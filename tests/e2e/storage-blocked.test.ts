import { beforeEach, expect, onTestFinished, test } from 'vitest'
import type { Phone, PhoneOptions } from '../support/phone.ts'
import { setStage } from '../support/stage.ts'
import { plan } from '../support/world.ts'

/** A wallet that gives its pages no storage: what must outlive a page load is in the address, in a cookie, or with the server. */
const stage = setStage()

async function withoutStorage(options: PhoneOptions = {}): Promise<Phone> {
  const phone = await stage.phone(undefined, options)
  await phone.context.addInitScript(`for (const kind of ['localStorage', 'sessionStorage'])
    Object.defineProperty(window, kind, { get() { throw new DOMException('denied', 'SecurityError') } })`)
  return phone
}

let left: string[] = []
const noteLeaving = (phone: Phone): void =>
  void phone.page.on(
    'request',
    (request) => void (/\/(oauth|open)\.html/.test(request.url()) && left.push(request.url())),
  )
beforeEach(() => (left = []))

test.each(['answers', 'silent'] as const)(
  'one press of 去签约 signs, where appletAuth is %s',
  async (applet_auth) => {
    await stage.switchUntilEnd({ applet_auth })
    const phone = await withoutStorage()
    noteLeaving(phone)
    await phone.open(`/plans/${plan.vending}`)
    await phone.consentAndGo()
    expect(left.filter((url) => url.includes('oauth.html'))).toHaveLength(
      applet_auth === 'silent' ? 1 : 0,
    )
    await phone.agree()
    await phone.heading('签约成功').waitFor()
    expect(left.filter((url) => url.includes('open.html'))).toHaveLength(1)
    await phone.button('查看签约').tap()
    await phone.button('解约').waitFor()
  },
)

test('a refusal on UnionPay’s page is shown after one silent proof', async () => {
  await stage.switchUntilEnd({ applet_auth: 'silent' })
  const phone = await withoutStorage()
  await phone.open(`/plans/${plan.vending}`)
  await phone.consentAndGo()
  noteLeaving(phone)
  const came_back = phone.page.waitForRequest(/\/return\/sign-in/)
  await phone.refuse()
  await came_back
  await phone.heading('已取消签约').waitFor()
  await phone.page.waitForLoadState('networkidle')
  expect(left).toHaveLength(1)
})

test('where cookies are dropped as well the page stops after one proof and says so', async () => {
  await stage.switchUntilEnd({ applet_auth: 'silent' })
  const phone = await withoutStorage()
  noteLeaving(phone)
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
  onTestFinished(() => phone.page.unroute(drop))
  await phone.open('/contracts')
  await phone.button('同意').tap()
  await phone.heading(/没有完成身份确认|云闪付没有确认你的身份/).waitFor()
  await phone.page.waitForLoadState('networkidle')
  expect(left).toHaveLength(1)
})
