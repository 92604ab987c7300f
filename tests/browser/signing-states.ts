import { expect } from '@playwright/test'
import type { Phone } from './phone.ts'
import type { State } from './states.ts'
import { plan, type World } from '../support/world.ts'

/** Makes UnionPay's next response to this payer unreadable or a refusal. */
const injectFault = (
  world: World,
  phone: Phone,
  name: string,
  effect: { kind: 'garbage' } | { kind: 'resp'; resp: string },
) =>
  world.control.addRule({
    interface: name,
    match: { user_id: phone.payer.wallet_user },
    effect,
    times: 1,
  })

/** States while a contract is being signed or ended. */
export const signing_states: Record<string, State> = {
  'a plan with an unticked consent box': {
    enter: async (phone) => {
      await phone.open(`/plans/${plan.vending}`)
      await phone.button('去签约').tap()
      await expect(phone.page.getByText('请先勾选同意，再签约。')).toBeVisible()
    },
  },
  'a plan that asks about the account': {
    enter: async (phone, world) => {
      await phone.open(
        `/plans/${plan.vending}?ticket=${await world.ticket(`member-of-${phone.payer.wallet_user}`, '李雷')}`,
      )
      await phone.consent.check()
      await phone.button('去签约').tap()
      await expect(phone.page.getByText('为该账号付款？')).toBeVisible()
    },
  },
  'the result 处理中': {
    enter: async (phone, world) => {
      await injectFault(world, phone, 'contract.apply', { kind: 'garbage' })
      await phone.openSigningPage(plan.vending)
      await phone.agree()
      await expect(phone.heading('签约处理中')).toBeVisible()
    },
  },
  'the result 失败': {
    enter: async (phone, world) => {
      await injectFault(world, phone, 'contract.apply', { kind: 'resp', resp: 'a31' })
      await phone.openSigningPage(plan.vending)
      await phone.agree()
      await expect(phone.heading('签约失败')).toBeVisible()
    },
  },
  'a pending termination': {
    enter: async (phone, world) => {
      await phone.sign(plan.vending)
      await phone.button('查看签约').tap()
      await injectFault(world, phone, 'contract.relieve', { kind: 'garbage' })
      await phone.button('解约').tap()
      await phone.button('确认解约').tap()
      await expect(phone.heading('解约处理中')).toBeVisible()
    },
  },
  'a failed sign-in': {
    enter: async (phone) => {
      await phone.page.route(/\/api\/(sign-in|session\/proof)$/, (route) =>
        route.fulfill({
          status: 503,
          json: { code: 'overloaded', message: '', what_to_do: '', request_id: 'r-1' },
        }),
      )
      await phone.open('/contracts')
      await expect(phone.heading('我们的服务繁忙')).toBeVisible()
    },
  },
  'a return with an unknown state': {
    enter: async (phone, world) => {
      await phone.page.goto(`${world.url}/return/signing?code=Zm9yZ2Vk&state=neverGivenOut`)
      await expect(phone.heading('没有找到这次签约')).toBeVisible()
    },
  },
  'my data, shown': {
    enter: async (phone) => {
      await phone.open('/contracts')
      await expect(phone.page.getByText('你还没有签约')).toBeVisible()
      await phone.open('/privacy/mine')
      await phone.button('显示我的信息').tap()
      await expect(phone.button('复制全部')).toBeVisible()
    },
  },
  'the question before data is deleted': {
    enter: async (phone) => {
      await phone.open('/privacy/mine?sure=1')
      await expect(phone.page.getByRole('alertdialog')).toBeVisible()
    },
  },
}
