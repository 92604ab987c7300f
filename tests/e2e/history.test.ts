import { expect, test } from '../browser/test.ts'
import type { Phone } from '../browser/phone.ts'
import { plan } from '../support/world.ts'

/** Records every address that the page visits from now on, without the query. */
function recordNavigations(page: {
  on(
    event: 'framenavigated',
    listener: (frame: { url(): string; parentFrame(): unknown }) => void,
  ): void
}): string[] {
  const visits: string[] = []
  page.on('framenavigated', (frame) => {
    if (frame.parentFrame() === null) visits.push(frame.url().split('?')[0] ?? '')
  })
  return visits
}

/** Goes from the list over the plan to UnionPay's page. */
async function openSigningPageFromHome(phone: Phone): Promise<void> {
  await phone.open('/')
  await phone.link(/无人货柜开门即购/).tap()
  await phone.agreeAndContinue()
}

test("after a signing the back key leads to the plan and the list, never to UnionPay's used page or the return address", async ({
  phone,
  world,
}) => {
  await openSigningPageFromHome(phone)
  await phone.agree()
  await expect(phone.heading('签约成功')).toBeVisible()
  await expect.poll(() => phone.path()).toMatch(/^\/signings\//)
  const visits = recordNavigations(phone.page)
  await phone.page.goBack()
  await expect(phone.page.getByText('你已签约这项服务')).toBeVisible()
  expect(phone.path()).toBe(`/plans/${plan.vending}`)
  await phone.page.goBack()
  await expect(
    phone.page.getByText('无人超市').or(phone.page.getByText('智慧零售')).first(),
  ).toBeVisible()
  expect(
    visits.filter((url) => !url.startsWith(`${world.url}/#`) && url !== `${world.url}/`),
  ).toEqual([])
})

test('after a refusal the back key leads to the plan', async ({ phone }) => {
  await openSigningPageFromHome(phone)
  await phone.refuse()
  await expect(phone.heading('已取消签约')).toBeVisible()
  await expect.poll(() => phone.path()).toMatch(/^\/signings\//)
  await phone.page.goBack()
  await expect(phone.button('去签约')).toBeVisible()
  expect(phone.path()).toBe(`/plans/${plan.vending}`)
})

test('the back key and a no close an open question without leaving the page or adding a history entry', async ({
  openPhone,
  world,
}) => {
  const phone = await openPhone(await world.signedIn())
  await phone.open('/privacy')
  await phone.link('查看、导出或删除我的信息').tap()
  await phone.button('删除').tap()
  await expect(phone.page.getByRole('alertdialog', { name: '删除我的信息' })).toBeVisible()
  await expect
    .poll(() => phone.page.evaluate(() => document.activeElement?.getAttribute('role')))
    .toBe('alertdialog')
  await phone.page.goBack()
  await expect(phone.page.getByRole('alertdialog')).toHaveCount(0)
  await phone.button('删除').tap()
  await phone.button('暂不删除').tap()
  await expect(phone.button('删除')).toBeVisible()
  await phone.page.goBack()
  await expect(phone.heading('隐私说明')).toBeVisible()
})
