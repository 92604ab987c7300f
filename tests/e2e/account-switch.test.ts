import { expect, test } from 'vitest'
import { openWebView, type Phone } from '../support/phone.ts'
import type { Payer } from '../support/payer.ts'
import { setStage } from '../support/stage.ts'
import { plan } from '../support/world.ts'

/** Another person signs in to the wallet of the same phone. A session belongs to the wallet account that is open. */
const stage = setStage()

async function switchWallet(phone: Phone, to: Payer, cookies: 'kept' | 'cleared'): Promise<void> {
  const answer = await phone.context.request.post(
    `${stage.world.sandbox.url}/_control/wallet/user`,
    { data: { user_id: to.wallet_user, cookies } },
  )
  expect(answer.status()).toBe(200)
}

/** How often a web view proved whose wallet is open: by the script, and by leaving for UnionPay's page. */
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

/** Asks the server from inside a page, as a script of its origin can: the cookie goes along. */
const askInPage = (phone: Phone, method: string, path: string): Promise<{ code?: string }> =>
  phone.page.evaluate(
    `fetch('${path}', { method: '${method}', ${method === 'POST' ? `headers: { 'content-type': 'application/json' }, body: '{}'` : ''} }).then((answer) => answer.json())`,
  )
const nothingOfTheFirst = async (phone: Phone): Promise<void> =>
  expect(await phone.page.getByText('无人货柜').count()).toBe(0)

/** A phone whose owner has signed for the vending machine, and the person who holds its wallet next. */
async function handedOver(): Promise<{ phone: Phone; contract: string; next: Payer }> {
  const phone = await stage.phone()
  await phone.sign(plan.vending)
  await phone.button('查看签约').tap()
  await phone.button('解约').waitFor()
  const contract = phone.place().split('/').at(-1) ?? ''
  return { phone, contract, next: await stage.world.payer() }
}

test('cookies kept: whoever holds the wallet next sees only their own, and neither page nor direct call ends the first contract', async () => {
  const { phone, contract, next } = await handedOver()
  const old_session = await sessionOf(phone)
  await switchWallet(phone, next, 'kept')
  const view = await openWebView(phone, stage.world.url)
  await view.open('/')
  for (const [method, path] of [
    ['GET', '/api/contracts'],
    ['GET', '/api/bills'],
    ['GET', '/api/privacy/export'],
    ['POST', `/api/contracts/${contract}/terminate`],
  ] as const)
    expect([path, (await askInPage(view, method, path)).code]).toEqual([path, 'session_unproved'])
  await view.open('/contracts')
  await view.heading('你还没有签约').waitFor()
  await nothingOfTheFirst(view)
  await view.open('/bills')
  await view.page.getByText('还没有账单').first().waitFor()
  await view.open(`/contracts/${contract}/end`)
  await view.heading('没有找到这项内容').waitFor()
  const answer = await fetch(`${stage.world.url}/api/contracts`, {
    headers: { cookie: `wugan_session=${old_session}` },
  })
  expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
    401,
    'not_signed_in',
  ])
  // the web view of the first person, brought to the front again
  await phone.page.bringToFront()
  await phone.page.evaluate("void window.dispatchEvent(new Event('focus'))")
  await phone.heading('没有找到这项内容').waitFor()
  await nothingOfTheFirst(phone)
  const states = await stage.world.control.contracts()
  expect(states.find(({ user_id }) => user_id === phone.payer.wallet_user)?.status).toBe('signed')
})

test('cookies cleared: the next person is signed in as themselves', async () => {
  const { phone, contract, next } = await handedOver()
  await switchWallet(phone, next, 'cleared')
  expect(await sessionOf(phone)).toBe('')
  const view = await openWebView(phone, stage.world.url)
  await view.open('/contracts')
  await view.heading('你还没有签约').waitFor()
  await view.open(`/contracts/${contract}`)
  await view.heading('没有找到这项内容').waitFor()
  await nothingOfTheFirst(view)
})

test('hidden for fifteen minutes: nothing of the first person is on the screen when the page is seen again', async () => {
  const { phone, next } = await handedOver()
  await phone.open('/contracts')
  await phone.link(/无人货柜开门即购/).waitFor()
  const show = (state: 'hidden' | 'visible', minutes_later = 0) =>
    phone.page.evaluate(`{
      Object.defineProperty(document, 'visibilityState', { value: '${state}', configurable: true })
      const now = Date.now
      Date.now = () => now() + ${minutes_later * 60_000}
      document.dispatchEvent(new Event('visibilitychange'))
    }`)
  const proofs = countProofs(phone)
  await show('hidden')
  await show('visible', 14)
  await phone.link(/无人货柜开门即购/).waitFor()
  expect(proofs).toEqual({ script: 0, redirect: 0 })
  await show('hidden')
  await switchWallet(phone, next, 'kept')
  let answer = (): void => {}
  await phone.page.route('**/_pages/bridge/applet-auth', async (route) => {
    await new Promise<void>((resolve) => (answer = resolve))
    await route.continue()
  })
  const asked = phone.page.waitForRequest('**/_pages/bridge/applet-auth')
  await show('visible', 15)
  await asked
  await nothingOfTheFirst(phone)
  answer()
  await phone.heading('你还没有签约').waitFor()
})

test.each([
  ['answers', { script: 1, redirect: 0 }],
  ['silent', { script: 0, redirect: 1 }],
] as const)('a web view is proved once, where appletAuth is %s', async (applet_auth, expected) => {
  const { phone } = await handedOver()
  await stage.switchUntilEnd({ applet_auth })
  const view = await openWebView(phone, stage.world.url)
  const proofs = countProofs(view)
  await view.open('/contracts')
  await view.link(/无人货柜开门即购/).tap()
  await view.button('解约').waitFor()
  await view.page.reload()
  await view.button('解约').waitFor()
  expect(proofs).toEqual(expected)
  expect(view.place()).toMatch(/^\/contracts\/[0-9A-Z]{26}$/)
})

test.each(['kept', 'cleared'] as const)(
  'the home page never asks whose wallet is open, cookies %s',
  async (cookies) => {
    const { phone, next } = await handedOver()
    await switchWallet(phone, next, cookies)
    const view = await openWebView(phone, stage.world.url)
    const proofs = countProofs(view)
    await view.open('/')
    await view.heading('签约一次，之后自动付款').waitFor()
    await view.page.waitForLoadState('networkidle')
    expect([proofs, view.place()]).toEqual([{ script: 0, redirect: 0 }, '/'])
  },
)

test('the page of a plan tells its signer so in a new web view, without leaving, and tells nobody else', async () => {
  const { phone, next } = await handedOver()
  const own = await openWebView(phone, stage.world.url)
  await own.open(`/plans/${plan.vending}`)
  await own.page.getByText('你已签约这项服务').waitFor()
  await switchWallet(phone, next, 'kept')
  const view = await openWebView(phone, stage.world.url)
  await view.open(`/plans/${plan.vending}`)
  await view.button('去签约').waitFor()
  await view.page.waitForLoadState('networkidle')
  expect(await view.page.getByText('你已签约这项服务').count()).toBe(0)
})

test("after the answer of another account 重新签约 signs anew, for whoever's wallet is open", async () => {
  const [phone, next] = [await stage.phone(), await stage.world.payer()]
  await phone.toSigningPage(plan.vending)
  const signing_page = phone.page.url()
  await switchWallet(phone, next, 'kept')
  await phone.page.goto(signing_page)
  await phone.agree()
  await phone.heading('签约失败').waitFor()
  await phone.button('重新签约').tap()
  await phone.consentAndGo()
  await phone.agree()
  await phone.heading('签约成功').waitFor()
  const signed = (await stage.world.control.contracts()).map(({ user_id }) => user_id)
  expect([signed.includes(next.wallet_user), signed.includes(phone.payer.wallet_user)]).toEqual([
    true,
    false,
  ])
})

test('不是我，退出 ends the session on the server and says so; the next look is proved anew', async () => {
  const { phone } = await handedOver()
  await phone.open('/contracts')
  await phone.link(/无人货柜开门即购/).waitFor()
  const [session, proof] = [
    await sessionOf(phone),
    await phone.page.evaluate<string>(`JSON.parse(sessionStorage.getItem('wugan.proof')).secret`),
  ]
  await phone.button('不是我，退出').tap()
  await phone.heading('已退出').waitFor()
  expect(await phone.page.evaluate(`sessionStorage.getItem('wugan.proof')`)).toBeNull()
  const answer = await fetch(`${stage.world.url}/api/contracts`, {
    headers: { cookie: `wugan_session=${session}`, 'x-session-proof': proof },
  })
  expect(answer.status).toBe(401)
  const proofs = countProofs(phone)
  await phone.open('/contracts')
  await phone.link(/无人货柜开门即购/).waitFor()
  expect(proofs).toEqual({ script: 1, redirect: 0 })
})

test('a way out that the server did not hear of is not claimed', async () => {
  const { phone } = await handedOver()
  await phone.open('/contracts')
  await phone.link(/无人货柜开门即购/).waitFor()
  await phone.page.route('**/api/session', (route) => route.abort())
  await phone.button('不是我，退出').tap()
  await phone.page.getByText('可能还没有退出').waitFor()
  expect(phone.place()).toBe('/contracts')
})
