import { expect, test as base } from '../browser/test.ts'
import { openWebView, type Phone } from '../browser/phone.ts'
import type { Payer } from '../support/payer.ts'
import { plan } from '../support/world.ts'

/**
 * Signs another user in to the wallet of the same phone. A session belongs to the wallet account
 * that is open.
 */
async function switchWallet(
  phone: Phone,
  sandbox_url: string,
  to: Payer,
  cookies: 'kept' | 'cleared',
): Promise<void> {
  const answer = await phone.context.request.post(`${sandbox_url}/_control/wallet/user`, {
    data: { user_id: to.wallet_user, cookies },
  })
  expect(answer.status()).toBe(200)
}

/** Counts the proofs of a web view: by the wallet's script, and by leaving for UnionPay's page. */
function countProofs(phone: Phone): { script: number; redirect: number } {
  const proofs = { script: 0, redirect: 0 }
  phone.page.on('request', (request) => {
    if (request.url().endsWith('/bridge/applet-auth') && request.method() === 'POST')
      proofs.script++
    if (/\/oauth\.html/.test(request.url())) proofs.redirect++
  })
  return proofs
}

const sessionOf = async (phone: Phone): Promise<string> =>
  (await phone.context.cookies()).find(({ name }) => name === 'wugan_session')?.value ?? ''

/** Sends a request from inside a page, as a script of its origin can: with the cookie. */
const requestInPage = (phone: Phone, method: string, path: string): Promise<{ code?: string }> =>
  phone.page.evaluate(
    async ([address, verb]) => {
      const body = { headers: { 'content-type': 'application/json' }, body: '{}' }
      const answer = await fetch(address, { method: verb, ...(verb === 'POST' ? body : {}) })
      return (await answer.json()) as { code?: string }
    },
    [path, method] as const,
  )
const expectNothingOfFirstPayer = async (phone: Phone): Promise<void> =>
  expect(await phone.page.getByText('无人货柜').count()).toBe(0)

const test = base.extend<{
  /** a phone whose owner signed for the vending machine, and the next user of its wallet */
  signed_phone: { phone: Phone; contract: string; next: Payer }
  /** another web view of this phone */
  openView(phone: Phone): Promise<Phone>
  switchTo(phone: Phone, to: Payer, cookies: 'kept' | 'cleared'): Promise<void>
}>({
  signed_phone: async ({ phone, world }, use) => {
    await phone.sign(plan.vending)
    await phone.button('查看签约').tap()
    await expect(phone.button('解约')).toBeVisible()
    const contract = phone.path().split('/').at(-1) ?? ''
    await use({ phone, contract, next: await world.payer() })
  },
  openView: ({ world }, use) => use((phone) => openWebView(phone, world.url)),
  switchTo: ({ world }, use) =>
    use((phone, to, cookies) => switchWallet(phone, world.sandbox.url, to, cookies)),
})

test("with kept cookies the next wallet user sees only their own data and can end the first user's contract by no page or request", async ({
  world,
  signed_phone,
  openView,
  switchTo,
}) => {
  const { phone, contract, next } = signed_phone
  const old_session = await sessionOf(phone)
  await switchTo(phone, next, 'kept')
  const view = await openView(phone)
  await view.open('/')
  for (const [method, path] of [
    ['GET', '/api/contracts'],
    ['GET', '/api/bills'],
    ['GET', '/api/privacy/export'],
    ['POST', `/api/contracts/${contract}/terminate`],
  ] as const)
    expect([path, (await requestInPage(view, method, path)).code]).toEqual([
      path,
      'session_unproved',
    ])
  await view.open('/contracts')
  await expect(view.heading('你还没有签约')).toBeVisible()
  await expectNothingOfFirstPayer(view)
  await view.open('/bills')
  await expect(view.page.getByText('还没有账单').first()).toBeVisible()
  await view.open(`/contracts/${contract}/end`)
  await expect(view.heading('没有找到这项内容')).toBeVisible()
  const answer = await fetch(`${world.url}/api/contracts`, {
    headers: { cookie: `wugan_session=${old_session}` },
  })
  expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
    401,
    'not_signed_in',
  ])
  // the web view of the first payer comes to the front again
  await phone.page.bringToFront()
  await phone.page.evaluate(() => void window.dispatchEvent(new Event('focus')))
  await expect(phone.heading('没有找到这项内容')).toBeVisible()
  await expectNothingOfFirstPayer(phone)
  const states = await world.control.contracts()
  expect(states.find(({ user_id }) => user_id === phone.payer.wallet_user)?.status).toBe('signed')
})

test('with cleared cookies the next wallet user is signed in as themselves', async ({
  signed_phone,
  openView,
  switchTo,
}) => {
  const { phone, contract, next } = signed_phone
  await switchTo(phone, next, 'cleared')
  expect(await sessionOf(phone)).toBe('')
  const view = await openView(phone)
  await view.open('/contracts')
  await expect(view.heading('你还没有签约')).toBeVisible()
  await view.open(`/contracts/${contract}`)
  await expect(view.heading('没有找到这项内容')).toBeVisible()
  await expectNothingOfFirstPayer(view)
})

for (const [refused, heading, proofs_made] of [
  [1, '你还没有签约', 2],
  [Infinity, '没有完成身份确认', 2],
] as const)
  test(`a proof whose first request is refused is obtained twice and no more: ${refused} refused`, async ({
    signed_phone,
    openView,
    switchTo,
  }) => {
    const { phone, next } = signed_phone
    await phone.page.close() // its web view would prove too
    await switchTo(phone, next, 'cleared')
    const view = await openView(phone)
    const proofs = countProofs(view)
    // as when another web view, proved at the same moment, replaced the cookie of this proof
    let left = refused
    await view.page.route(/\/api\/(contracts|coming-debits)$/, async (route) => {
      if (route.request().url().endsWith('contracts')) left -= 1
      const replaced = left >= 0 ? { 'x-session-proof': 'P'.repeat(43) } : {}
      await route.continue({ headers: { ...route.request().headers(), ...replaced } })
    })
    await view.open('/contracts')
    await expect(view.heading(heading)).toBeVisible()
    expect(proofs.script).toBe(proofs_made)
    await expectNothingOfFirstPayer(view)
  })

test('a page that was hidden for fifteen minutes shows nothing of the first payer when it becomes visible again', async ({
  signed_phone,
  switchTo,
}) => {
  const { phone, next } = signed_phone
  await phone.open('/contracts')
  await expect(phone.link(/无人货柜开门即购/)).toBeVisible()
  const show = (state: 'hidden' | 'visible', minutes_later = 0) =>
    phone.page.evaluate(
      ([value, later_ms]) => {
        Object.defineProperty(document, 'visibilityState', { value, configurable: true })
        const now = Date.now
        Date.now = () => now() + later_ms
        document.dispatchEvent(new Event('visibilitychange'))
      },
      [state, minutes_later * 60_000] as const,
    )
  const proofs = countProofs(phone)
  await show('hidden')
  await show('visible', 14)
  await expect(phone.link(/无人货柜开门即购/)).toBeVisible()
  expect(proofs).toEqual({ script: 0, redirect: 0 })
  await show('hidden')
  await switchTo(phone, next, 'kept')
  let respond = (): void => {}
  await phone.page.route('**/_pages/bridge/applet-auth', async (route) => {
    await new Promise<void>((resolve) => (respond = resolve))
    await route.continue()
  })
  const asked = phone.page.waitForRequest('**/_pages/bridge/applet-auth')
  await show('visible', 15)
  await asked
  await expectNothingOfFirstPayer(phone)
  respond()
  await expect(phone.heading('你还没有签约')).toBeVisible()
})

for (const [applet_auth, expected] of [
  ['answers', { script: 1, redirect: 0 }],
  ['silent', { script: 0, redirect: 1 }],
] as const) {
  test(`a web view obtains one proof, where appletAuth is ${applet_auth}`, async ({
    changeSwitches,
    signed_phone,
    openView,
  }) => {
    const { phone } = signed_phone
    await changeSwitches({ applet_auth })
    const view = await openView(phone)
    const proofs = countProofs(view)
    await view.open('/contracts')
    await view.link(/无人货柜开门即购/).tap()
    await expect(view.button('解约')).toBeVisible()
    await view.page.reload()
    await expect(view.button('解约')).toBeVisible()
    expect(proofs).toEqual(expected)
    expect(view.path()).toMatch(/^\/contracts\/[0-9A-Z]{26}$/)
  })
}

for (const cookies of ['kept', 'cleared'] as const) {
  test(`the home page never requests a proof, with cookies ${cookies}`, async ({
    signed_phone,
    openView,
    switchTo,
  }) => {
    const { phone, next } = signed_phone
    await switchTo(phone, next, cookies)
    const view = await openView(phone)
    const proofs = countProofs(view)
    await view.open('/')
    await expect(view.heading('签约一次，之后自动付款')).toBeVisible()
    await view.page.waitForLoadState('networkidle')
    expect([proofs, view.path()]).toEqual([{ script: 0, redirect: 0 }, '/'])
  })
}

test('the plan page in a new web view shows the contract to the payer who signed it, without leaving the page, and to nobody else', async ({
  signed_phone,
  openView,
  switchTo,
}) => {
  const { phone, next } = signed_phone
  const own = await openView(phone)
  await own.open(`/plans/${plan.vending}`)
  await expect(own.page.getByText('你已签约这项服务')).toBeVisible()
  await switchTo(phone, next, 'kept')
  const view = await openView(phone)
  await view.open(`/plans/${plan.vending}`)
  await expect(view.button('去签约')).toBeVisible()
  await view.page.waitForLoadState('networkidle')
  expect(await view.page.getByText('你已签约这项服务').count()).toBe(0)
})

test("重新签约 after another account's answer starts a new signing for the wallet that is open", async ({
  openPhone,
  world,
  switchTo,
}) => {
  const [phone, next] = [await openPhone(), await world.payer()]
  await phone.openSigningPage(plan.vending)
  const signing_page = phone.page.url()
  await switchTo(phone, next, 'kept')
  await phone.page.goto(signing_page)
  await phone.agree()
  await expect(phone.heading('签约失败')).toBeVisible()
  await phone.button('重新签约').tap()
  await phone.agreeAndContinue()
  await phone.agree()
  await expect(phone.heading('签约成功')).toBeVisible()
  const signed = (await world.control.contracts()).map(({ user_id }) => user_id)
  expect([signed.includes(next.wallet_user), signed.includes(phone.payer.wallet_user)]).toEqual([
    true,
    false,
  ])
})

test('不是我，退出 ends the session on the server and says so; the next personal page needs a new proof', async ({
  world,
  signed_phone,
}) => {
  const { phone } = signed_phone
  await phone.open('/contracts')
  await expect(phone.link(/无人货柜开门即购/)).toBeVisible()
  const [session, proof] = [
    await sessionOf(phone),
    await phone.page.evaluate(() => {
      const proved = JSON.parse(sessionStorage.getItem('wugan.proof') ?? '') as { secret: string }
      return proved.secret
    }),
  ]
  await phone.button('不是我，退出').tap()
  await expect(phone.heading('已退出')).toBeVisible()
  expect(await phone.page.evaluate(() => sessionStorage.getItem('wugan.proof'))).toBeNull()
  const answer = await fetch(`${world.url}/api/contracts`, {
    headers: { cookie: `wugan_session=${session}`, 'x-session-proof': proof },
  })
  expect(answer.status).toBe(401)
  const proofs = countProofs(phone)
  await phone.open('/contracts')
  await expect(phone.link(/无人货柜开门即购/)).toBeVisible()
  expect(proofs).toEqual({ script: 1, redirect: 0 })
})

test('a sign-out that did not reach the server is not reported as done', async ({
  signed_phone,
}) => {
  const { phone } = signed_phone
  await phone.open('/contracts')
  await expect(phone.link(/无人货柜开门即购/)).toBeVisible()
  await phone.page.route('**/api/session', (route) => route.abort())
  await phone.button('不是我，退出').tap()
  await expect(phone.page.getByText('可能还没有退出')).toBeVisible()
  expect(phone.path()).toBe('/contracts')
})
