import { expect, test } from '../browser/test.ts'
import { plan } from '../support/world.ts'

test('a payer who agrees in two tabs reads in the second that they have already signed, with a link to the contract', async ({
  phone,
}) => {
  await phone.openSigningPage(plan.vending)
  const signing_page = phone.page.url()
  await phone.payer.signIn()
  const { signing_page_url } = await phone.payer.start(plan.vending)
  await phone.page.goto(signing_page_url)
  await phone.agree()
  await expect(phone.heading('签约成功')).toBeVisible()
  await phone.page.goto(signing_page)
  await phone.agree()
  await expect(phone.heading('你已签约')).toBeVisible()
  expect(await phone.page.getByText('签约失败').count()).toBe(0)
  await phone.button('查看签约').tap()
  await expect(phone.page.getByText('生效中').first()).toBeVisible()
})
