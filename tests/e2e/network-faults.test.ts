import type { Route } from '@playwright/test'
import { expect, test } from '../browser/test.ts'
import { plan } from '../support/world.ts'

const down = (route: Route) =>
  route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad Gateway</h1>' })
const refused = (route: Route) => route.abort('connectionrefused')
const portal = (route: Route) => route.fulfill({ contentType: 'text/html', body: '<p>Log in</p>' })
const busy = (route: Route) =>
  route.fulfill({
    status: 503,
    json: { code: 'database_lost', message: '', what_to_do: '', request_id: 'r-1' },
  })

for (const [name, answer, heading, sentence] of [
  ['a gateway that stands before a dead server', down, '我们的服务暂时不可用', '与你的网络无关'],
  ['a refused connection', refused, '暂时连不上我们的服务', '可能是我们的服务中断'],
  ['a captive portal', portal, '当前网络可能需要先登录', '请先完成网络登录'],
  ['a database that is away', busy, '我们的服务暂时中断', '与你的网络无关'],
] as const) {
  test(`${name} is named on the page, with what was debited, and a retry continues afterwards`, async ({
    phone,
  }) => {
    const asked = /\/api\/contracts$/
    await phone.page.route(asked, answer)
    await phone.open('/contracts')
    await expect(phone.heading(heading)).toBeVisible()
    await expect(phone.page.getByText(sentence)).toBeVisible()
    await expect(phone.page.getByText('查看不会扣款，已经发生的扣款也不受影响。')).toBeVisible()
    await phone.page.unroute(asked)
    await phone.button('重试').tap()
    await expect(phone.heading('你还没有签约')).toBeVisible()
  })
}

test('a server that fails while a signing starts is named, with what was debited and where to check before a retry', async ({
  phone,
}) => {
  await phone.page.route(/\/api\/signings$/, down)
  await phone.open(`/plans/${plan.vending}`)
  await phone.consent.check()
  await phone.button('去签约').tap()
  const alert = phone.page.getByRole('alert').filter({ hasText: '我们的服务暂时不可用' })
  await expect(alert.getByText('这一步本身不会扣款，但可能已经生效')).toBeVisible()
})

test('a missing response to /api/app is reported as a fault of the server, not of the network', async ({
  phone,
  world,
}) => {
  await phone.page.route(`${world.url}/`, async (route) => {
    const answer = await route.fetch()
    const body = (await answer.text()).replace(/<script type="application\/json".*?<\/script>/s, '')
    await route.fulfill({ response: answer, body })
  })
  await phone.page.route(/\/api\/app$/, down)
  await phone.open('/contracts')
  await expect(phone.heading('我们的服务暂时不可用')).toBeVisible()
})

const ulid = '01ARZ3NDEKTSV4RRFFQ69G5FAV'

for (const [name, path, way] of [
  ['my contracts', '/#/contracts', '返回首页'],
  ['a contract', `/#/contracts/${ulid}`, '返回首页'],
  ['the end of a contract', `/#/contracts/${ulid}/end`, '返回首页'],
  ['my bills', '/#/bills', '返回首页'],
  ['a bill', '/#/bills/W1', '返回首页'],
  ['a signing', `/#/signings/${ulid}`, '返回首页'],
  ['a plan that was not delivered', `/#/plans/${'f'.repeat(32)}`, '返回首页'],
  ['its agreement', `/#/plans/${'f'.repeat(32)}/agreement`, '返回首页'],
  ['the way back from a sign-in', '/return/sign-in?code=x&state=y', '返回首页'],
  ['the way back from a signing', '/return/signing?code=x&state=y', '我的签约'],
] as const) {
  test(`after five seconds of waiting ${name} says that nothing is charged and offers a link back`, async ({
    world,
    phone,
  }) => {
    await phone.page.route(/\/api\/(?!app|bridge-signature|session)/, () => undefined) // never answered
    await phone.page.goto(world.url + path)
    await expect(phone.page.getByText(/比平时慢，还在等待结果。.*不会扣款/)).toBeVisible()
    await expect(phone.page.getByRole('link', { name: way }).first()).toBeVisible()
    await phone.link('返回首页').first().tap()
    await expect(phone.heading('签约一次，之后自动付款')).toBeVisible()
    await expect(phone.page.getByText('比平时慢')).toHaveCount(0)
  })
}

test('a sign-in without a response offers a link home, and a late response does not move the payer', async ({
  changeSwitches,
  phone,
  world,
}) => {
  await changeSwitches({ applet_auth: 'silent' })
  let answer = (): void => undefined
  const answered = new Promise<void>((resolve) => (answer = resolve))
  await phone.page.route(/\/api\/sign-in$/, async (route) => {
    await answered
    await route.continue()
  })
  await phone.open('/contracts')
  await expect(phone.page.getByText('比平时慢，还在等待结果。')).toBeVisible()
  await phone.link('返回首页').tap()
  await expect(phone.heading('签约一次，之后自动付款')).toBeVisible()
  const settled = phone.page.waitForResponse(/\/api\/sign-in$/)
  answer()
  await settled
  await phone.page.waitForLoadState('networkidle')
  await expect(phone.page).toHaveURL(`${world.url}/#/`)
})

test('a slow termination offers a link to the contracts, and a late response does not move the payer', async ({
  world,
  openPhone,
}) => {
  const payer = await world.signedIn()
  await payer.sign(plan.vending)
  const phone = await openPhone(payer)
  let answer = (): void => undefined
  const answered = new Promise<void>((resolve) => (answer = resolve))
  await phone.page.route(/\/terminate$/, async (route) => {
    await answered
    await route.continue()
  })
  await phone.open('/contracts')
  await phone.link(/无人货柜开门即购.*生效中/).tap()
  await phone.button('解约').tap()
  await phone.button('确认解约').tap()
  await expect(phone.page.getByText('这一步本身不会扣款；可以先离开')).toBeVisible()
  await phone.link('我的签约').tap()
  await expect(phone.heading('我的签约')).toBeVisible()
  const settled = phone.page.waitForResponse(/\/terminate$/)
  answer()
  await settled
  await phone.page.waitForLoadState('networkidle')
  expect(phone.path()).toBe('/contracts')
})

test('before any script has loaded the page says after five seconds that nothing is charged, and a return keeps its code', async ({
  phone,
  world,
}) => {
  await phone.page.route('**/assets/*.js', () => undefined)
  await phone.page.goto(`${world.url}/#/contracts`, { waitUntil: 'commit' })
  await expect(phone.page.getByText('比平时慢，还在等待结果。')).toBeVisible()
  await phone.link('返回首页').tap()
  await expect(phone.page.getByText('签约一次，之后自动付款')).toBeVisible()
  const returned = `${world.url}/return/signing?code=x&state=y`
  await phone.page.goto(returned, { waitUntil: 'commit' })
  await expect(phone.page.getByText('比平时慢，还在等待结果。')).toBeVisible()
  expect(await phone.link('返回首页').count()).toBe(0)
  const again = phone.page.waitForRequest(returned)
  await phone.link('重试').tap()
  await again
})

test('a link whose page loads slowly says so on the page where it was tapped', async ({
  phone,
}) => {
  await phone.page.route('**/assets/inner-pages*.js', () => undefined)
  await phone.open('/')
  await phone.link(/我的账单/).tap()
  await expect(phone.page.getByText('比平时慢，还在等待结果。')).toBeVisible()
})
