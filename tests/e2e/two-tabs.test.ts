import { expect, test } from 'vitest'
import { setStage } from '../support/stage.ts'
import { plan } from '../support/world.ts'

const stage = setStage()

test('who agrees in two tabs reads in the second that they have signed already, and goes on to the contract', async () => {
  const phone = await stage.phone()
  await phone.toSigningPage(plan.vending)
  const signing_page = phone.page.url()
  await phone.payer.signIn()
  const { signing_page_url } = await phone.payer.start(plan.vending)
  await phone.page.goto(signing_page_url)
  await phone.agree()
  await phone.heading('签约成功').waitFor()
  await phone.page.goto(signing_page)
  await phone.agree()
  await phone.heading('你已签约').waitFor()
  expect(await phone.page.getByText('签约失败').count()).toBe(0)
  await phone.button('查看签约').tap()
  await phone.page.getByText('生效中').first().waitFor()
})
