import { expect, test } from '../browser/test.ts'
import type { Phone } from '../browser/phone.ts'
import { plan } from '../support/world.ts'

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

test("after signing, back leads to the plan and on to the list, and never to UnionPay's used page or the return address", async ({
  phone,
  world,
}) => {
  await throughThePlan(phone)
  await phone.agree()
  await expect(phone.heading('签约成功')).toBeVisible()
  await expect.poll(() => phone.place()).toMatch(/^\/signings\//)
  const visits = noteVisits(phone.page)
  await phone.page.goBack()
  await expect(phone.page.getByText('你已签约这项服务')).toBeVisible()
  expect(phone.place()).toBe(`/plans/${plan.vending}`)
  await phone.page.goBack()
  await expect(
    phone.page.getByText('无人超市').or(phone.page.getByText('智慧零售')).first(),
  ).toBeVisible()
  expect(
    visits.filter((url) => !url.startsWith(`${world.url}/#`) && url !== `${world.url}/`),
  ).toEqual([])
})

test('after refusing, back leads to the plan as well', async ({ phone }) => {
  await throughThePlan(phone)
  await phone.refuse()
  await expect(phone.heading('已取消签约')).toBeVisible()
  await expect.poll(() => phone.place()).toMatch(/^\/signings\//)
  await phone.page.goBack()
  await expect(phone.button('去签约')).toBeVisible()
  expect(phone.place()).toBe(`/plans/${plan.vending}`)
})

test('back takes an open question away, not the page; a no does the same, and leaves nothing behind it in the history', async ({
  openPhone,
  world,
}) => {
  const phone = await openPhone(await world.signedIn())
  await phone.open('/privacy')
  await phone.link('查看、带走或注销我的信息').tap()
  await phone.button('注销').tap()
  await expect(phone.page.getByRole('alertdialog', { name: '注销我的信息' })).toBeVisible()
  await expect
    .poll(() => phone.page.evaluate(() => document.activeElement?.getAttribute('role')))
    .toBe('alertdialog')
  await phone.page.goBack()
  await expect(phone.page.getByRole('alertdialog')).toHaveCount(0)
  await phone.button('注销').tap()
  await phone.button('先不注销').tap()
  await expect(phone.button('注销')).toBeVisible()
  await phone.page.goBack()
  await expect(phone.heading('隐私说明')).toBeVisible()
})
