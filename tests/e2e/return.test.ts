import type { Page } from '@playwright/test'
import { expect, test } from '../browser/test.ts'
import { loseFirstResponse } from '../browser/lost-response.ts'
import type { Phone } from '../browser/phone.ts'
import { plan, type World } from '../support/world.ts'

/** The wallet's script gives no code, so signing in leaves for UnionPay's page. */
const silent = { applet_auth: 'silent' } as const

/** Signs at UnionPay and returns the return address, which does not reach the H5. */
async function interceptReturn(phone: Phone, plan_id: string): Promise<string> {
  const pattern = /\/return\/signing/
  const seen = new Promise<string>((resolve) => {
    void phone.page.route(pattern, (route) => {
      resolve(route.request().url())
      return route.abort()
    })
  })
  await phone.openSigningPage(plan_id)
  await phone.agree()
  const address = await seen
  await phone.page.unroute(pattern)
  return address
}

const storedValues = (page: Page) =>
  page.evaluate(() =>
    JSON.stringify([
      Object.entries(localStorage),
      Object.entries(sessionStorage),
      document.cookie,
      history.state,
      location.href,
    ]),
  )
const contractsOf = async (world: World, phone: Phone) =>
  (await world.control.contracts()).filter(({ user_id }) => user_id === phone.payer.wallet_user)

test('after the return the code is in no address, no storage and no log', async ({
  phone,
  world,
}) => {
  const address = await interceptReturn(phone, plan.vending)
  const { searchParams } = new URL(address)
  const [code, state] = [searchParams.get('code') ?? '', searchParams.get('state') ?? '']
  expect([code.length > 10, state.length > 10]).toEqual([true, true])
  await phone.page.goto(address)
  await expect(phone.heading('签约成功')).toBeVisible()
  await expect(phone.page).toHaveURL(new RegExp(`^${world.url}/#/signings/[0-9A-Z]{26}$`))
  const stored = (await storedValues(phone.page)) + world.log.join('\n')
  for (const secret of [code, encodeURIComponent(code), state]) expect(stored).not.toContain(secret)
})

test('the silent sign-in leaves no code in the address or in storage', async ({
  phone,
  world,
  changeSwitches,
}) => {
  await changeSwitches(silent)
  const returned = phone.page.waitForRequest(/\/return\/sign-in\?/)
  await phone.open('/contracts')
  const code = new URL((await returned).url()).searchParams.get('code') ?? ''
  await expect(phone.heading('你还没有签约')).toBeVisible()
  await expect(phone.page).toHaveURL(`${world.url}/#/contracts`)
  expect(code.length).toBeGreaterThan(10)
  expect((await storedValues(phone.page)) + world.log.join('\n')).not.toContain(code)
})

test('a used return link that is opened again shows the result and applies no second time', async ({
  phone,
  world,
}) => {
  const address = await interceptReturn(phone, plan.vending)
  for (let visits = 0; visits < 2; visits++) {
    await phone.page.goto('about:blank')
    await phone.page.goto(address)
    await expect(phone.heading('签约成功')).toBeVisible()
  }
  expect(await contractsOf(world, phone)).toHaveLength(1)
})

for (const [what, switches] of [
  ['a code that was not encoded', { code_encoding: 'raw' }],
  ['no state', { return_state: false }],
] as const) {
  test(`a return with ${what} still creates the contract`, async ({
    phone,
    changeSwitches,
    world,
  }) => {
    await phone.open('/contracts')
    await expect(phone.heading('你还没有签约')).toBeVisible()
    await changeSwitches(switches)
    await phone.sign(plan.vending)
    expect(await contractsOf(world, phone)).toHaveLength(1)
  })
}

test('a sign-in that returns without its state is refused and can be retried', async ({
  phone,
  changeSwitches,
  world,
}) => {
  await changeSwitches(silent)
  await changeSwitches({ return_state: false })
  await phone.open('/contracts')
  await expect(phone.heading('云闪付没有确认你的身份')).toBeVisible()
  expect(phone.page.url()).not.toContain('code=')
  await world.control.change({ return_state: true })
  // the silent sign-in happens once; the payer starts the second one
  await phone.link('我的签约').tap()
  await phone.button('重试').tap()
  await expect(phone.heading('你还没有签约')).toBeVisible()
})

test('after a lost response to the silent sign-in a retry signs in once more and opens the intended page', async ({
  phone,
  changeSwitches,
}) => {
  await changeSwitches(silent)
  const asked: string[] = []
  phone.page.on(
    'request',
    (request) => void (request.url().endsWith('/api/sign-in') && asked.push(request.url())),
  )
  await loseFirstResponse(phone, '**/api/sign-in/return')
  await phone.open('/contracts')
  await expect(phone.heading('暂时连不上我们的服务')).toBeVisible()
  await phone.button('重试').tap()
  await expect(phone.heading('你还没有签约')).toBeVisible()
  expect(phone.path()).toBe('/contracts')
  expect(asked).toHaveLength(2)
})

test('after a lost sign-in response on the way to a signing the consent still holds and the signing continues', async ({
  phone,
  changeSwitches,
}) => {
  await changeSwitches(silent)
  await loseFirstResponse(phone, '**/api/sign-in/return')
  await phone.open(`/plans/${plan.vending}`)
  await phone.consent.check()
  await phone.button('去签约').tap()
  await expect(phone.heading('暂时连不上我们的服务')).toBeVisible()
  await phone.button('重试').tap()
  await phone.expectSigningPage()
})

test('a used return link shows nothing of the signing to another person', async ({
  phone,
  openPhone,
}) => {
  const address = await interceptReturn(phone, plan.vending)
  await phone.page.goto(address)
  await expect(phone.heading('签约成功')).toBeVisible()
  const stranger = await openPhone()
  await stranger.page.goto(address)
  await expect(stranger.heading('这次签约的结果已经处理过')).toBeVisible()
  expect(await stranger.page.getByText('无人货柜').count()).toBe(0)
  await stranger.link('返回首页').tap()
  await expect(stranger.heading('签约一次，之后自动付款')).toBeVisible()
})

test("the return of another person's signing is refused with a reason and creates no contract", async ({
  openPhone,
  world,
}) => {
  const [starter, stranger] = [await openPhone(), await openPhone()]
  const address = await interceptReturn(starter, plan.vending)
  await stranger.open('/contracts')
  await expect(stranger.heading('你还没有签约')).toBeVisible()
  await stranger.page.goto(address)
  await expect(stranger.heading('这次签约是由其他人发起的')).toBeVisible()
  expect(stranger.page.url()).not.toContain('code=')
  expect([await contractsOf(world, starter), await contractsOf(world, stranger)]).toEqual([[], []])
  await stranger.link('我的签约').tap()
  await expect(stranger.heading('你还没有签约')).toBeVisible()
})

test('a code of another wallet ends the signing with 签约失败 and the reason, without an apply', async ({
  openPhone,
  world,
}) => {
  const [starter, other] = [await openPhone(), await world.payer()]
  await starter.openSigningPage(plan.vending)
  const signing_page = starter.page.url()
  // another user's wallet opens on the same phone before 同意
  await starter.context.addCookies([
    { name: 'sandbox_wallet', value: other.wallet_user, domain: 'localhost', path: '/' },
  ])
  await starter.page.goto(signing_page)
  await starter.agree()
  await expect(starter.heading('签约失败')).toBeVisible()
  await expect(starter.page.getByText('同意签约的云闪付账户不是发起签约的账户。')).toBeVisible()
  await expect(starter.button('重新签约')).toBeVisible()
  expect(
    (await world.calls('contract.apply')).filter(({ user_id }) => user_id === other.wallet_user),
  ).toEqual([])
})

test('a return with an unknown state shows a message and a link to the home page', async ({
  phone,
  world,
}) => {
  await phone.page.goto(`${world.url}/return/signing?code=Zm9yZ2Vk&state=neverGivenOut`)
  await expect(phone.heading('没有找到这次签约')).toBeVisible()
  await expect(phone.page).toHaveURL(/\/#\/problem$/)
  await phone.page.reload()
  await expect(phone.heading('签约一次，之后自动付款')).toBeVisible()
})

test('an app that is killed at the signing page and reopened shows the unfinished signing and can continue it', async ({
  phone,
  openPhone,
}) => {
  await phone.openSigningPage(plan.vending)
  await phone.page.goBack()
  await expect(phone.heading('你还没有完成签约')).toBeVisible()
  const [address, storageState] = [phone.page.url(), await phone.context.storageState()]
  await phone.context.close()
  const again = await openPhone(phone.payer, { storageState })
  await again.page.goto(address)
  await expect(again.heading('你还没有完成签约')).toBeVisible()
  await again.button('继续签约').tap()
  await again.expectSigningPage()
  await again.agree()
  await expect(again.heading('签约成功')).toBeVisible()
})

test('an app that is killed and loses its cookies signs in silently at the same address and shows the result', async ({
  phone,
  openPhone,
}) => {
  await phone.sign(plan.vending)
  const address = phone.page.url()
  await phone.context.close()
  const again = await openPhone(phone.payer)
  await again.page.goto(address)
  await expect(again.heading('签约成功')).toBeVisible()
  await expect(again.page).toHaveURL(address)
})

test('a page that is restored from memory shows the state of the signing, not the old spinner', async ({
  phone,
}) => {
  await phone.page.route(/\/noPwd\/html\/open\.html/, (route) => route.fulfill({ status: 204 })) // the signing page never loads
  await phone.open(`/plans/${plan.vending}`)
  await phone.consent.check()
  await phone.button('去签约').tap()
  await expect(phone.page.getByText('正在打开云闪付签约页')).toBeVisible()
  await phone.page.evaluate(
    () => void window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })),
  )
  await expect(phone.heading('你还没有完成签约')).toBeVisible()
  expect(await phone.page.getByText('正在打开云闪付签约页').count()).toBe(0)
})

test('two taps on 去签约 start one signing', async ({ phone }) => {
  await phone.open('/contracts')
  await expect(phone.heading('你还没有签约')).toBeVisible()
  const starts: string[] = []
  phone.page.on(
    'request',
    (request) =>
      void (
        request.method() === 'POST' &&
        request.url().endsWith('/api/signings') &&
        starts.push(request.url())
      ),
  )
  await phone.open(`/plans/${plan.vending}`)
  await phone.consent.check()
  await phone.button('去签约').dblclick()
  await phone.expectSigningPage()
  expect(starts).toHaveLength(1)
})

test('去签约 during a pending proof opens the signing page and does not leave for a sign-in', async ({
  phone,
}) => {
  const { page } = phone
  await phone.open('/contracts')
  await expect(phone.heading('你还没有签约')).toBeVisible()
  let asked = 0
  const seen = Promise.withResolvers<void>()
  const proved = page
    .waitForResponse(/\/api\/session\/proof$/)
    .then(() => page.waitForRequest(/\/contract$/))
  await page.route(/\/api\/session\/proof$/, async (route) => {
    await seen.promise
    await route.continue()
  })
  await page.route(/\/api\/session$/, async (route) => {
    // the request of the tap: the server answers it before the proof, and the page receives it
    // afterwards
    const tapped = ++asked === 2
    const response = await route.fetch()
    if (tapped) {
      seen.resolve()
      await proved
    }
    await route.fulfill({ response })
  })
  await phone.openSigningPage(plan.vending)
  expect(asked).toBe(3)
})
