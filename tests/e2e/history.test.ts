import { expect, test } from 'vitest'
import type { Phone } from '../support/phone.ts'
import { setStage } from '../support/stage.ts'
import { plan } from '../support/world.ts'

const stage = setStage()

/** Every page the browser was on since, without what stands behind `?`. */
function noteVisits(page: {
  on(
    event: 'framenavigated',
    seen: (frame: { url(): string; parentFrame(): unknown }) => void,
  ): void
}): string[] {
  const visits: string[] = []
  page.on('framenavigated', (frame) => {
    if (frame.parentFrame() === null) visits.push(frame.url().split('?')[0] ?? '')
  })
  return visits
}

/** From the list over the plan to UnionPay's page, as a finger goes. */
async function throughThePlan(phone: Phone): Promise<void> {
  await phone.open('/')
  await phone.link(/无人货柜开门即购/).tap()
  await phone.consentAndGo()
}

test("after signing, back leads to the plan and on to the list, and never to UnionPay's used page or the return address", async () => {
  const phone = await stage.phone()
  await throughThePlan(phone)
  await phone.agree()
  await phone.heading('签约成功').waitFor()
  await expect.poll(() => phone.place()).toMatch(/^\/signings\//)
  const visits = noteVisits(phone.page)
  await phone.page.goBack()
  await phone.page.getByText('你已签约这项服务').waitFor()
  expect(phone.place()).toBe(`/plans/${plan.vending}`)
  await phone.page.goBack()
  await phone.page.getByText('无人超市').or(phone.page.getByText('智慧零售')).first().waitFor()
  expect(
    visits.filter(
      (url) => !url.startsWith(`${stage.world.url}/#`) && url !== `${stage.world.url}/`,
    ),
  ).toEqual([])
})

test('after refusing, back leads to the plan as well', async () => {
  const phone = await stage.phone()
  await throughThePlan(phone)
  await phone.refuse()
  await phone.heading('已取消签约').waitFor()
  await expect.poll(() => phone.place()).toMatch(/^\/signings\//)
  await phone.page.goBack()
  await phone.button('去签约').waitFor()
  expect(phone.place()).toBe(`/plans/${plan.vending}`)
})

test('back takes an open question away, not the page; a no does the same, and leaves nothing behind it in the history', async () => {
  const phone = await stage.phone(await stage.world.signedIn())
  await phone.open('/privacy')
  await phone.link('查看、带走或注销我的信息').tap()
  await phone.button('注销').tap()
  await phone.page.getByRole('alertdialog', { name: '注销我的信息' }).waitFor()
  await expect
    .poll(() => phone.page.evaluate('document.activeElement.getAttribute("role")'))
    .toBe('alertdialog')
  await phone.page.goBack()
  await phone.page.getByRole('alertdialog').waitFor({ state: 'detached' })
  await phone.button('注销').tap()
  await phone.button('先不注销').tap()
  await phone.button('注销').waitFor()
  await phone.page.goBack()
  await phone.heading('隐私说明').waitFor()
})
