import { expect } from '@playwright/test'
import type { Phone } from './phone.ts'
import type { State } from './states.ts'
import { plan, type World } from '../support/world.ts'

/** UnionPay's next answer to this person is one that nobody can read, or a refusal */
const spoil = (
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

/** The states between a person's yes and UnionPay's word, at the beginning and at the end of a contract. */
export const signing_states: Record<string, State> = {
  'a plan whose box was not ticked': {
    bring: async (phone) => {
      await phone.open(`/plans/${plan.vending}`)
      await phone.button('去签约').tap()
      await expect(phone.page.getByText('请先勾选同意，再签约。')).toBeVisible()
    },
  },
  'a plan that asks whose account it is': {
    bring: async (phone, world) => {
      await phone.open(
        `/plans/${plan.vending}?ticket=${await world.ticket(`member-of-${phone.payer.wallet_user}`, '李雷')}`,
      )
      await phone.consent.check()
      await phone.button('去签约').tap()
      await expect(phone.page.getByText('为该账号付款？')).toBeVisible()
    },
  },
  'the result 处理中': {
    bring: async (phone, world) => {
      await spoil(world, phone, 'contract.apply', { kind: 'garbage' })
      await phone.toSigningPage(plan.vending)
      await phone.agree()
      await expect(phone.heading('签约处理中')).toBeVisible()
    },
  },
  'the result 失败': {
    bring: async (phone, world) => {
      await spoil(world, phone, 'contract.apply', { kind: 'resp', resp: 'a31' })
      await phone.toSigningPage(plan.vending)
      await phone.agree()
      await expect(phone.heading('签约失败')).toBeVisible()
    },
  },
  'an ending on its way': {
    bring: async (phone, world) => {
      await phone.sign(plan.vending)
      await phone.button('查看签约').tap()
      await spoil(world, phone, 'contract.relieve', { kind: 'garbage' })
      await phone.button('解约').tap()
      await phone.button('确认解约').tap()
      await expect(phone.heading('解约处理中')).toBeVisible()
    },
  },
  'a sign-in that failed': {
    bring: async (phone) => {
      await phone.page.route(/\/api\/(sign-in|session\/proof)$/, (route) =>
        route.fulfill({
          status: 503,
          json: { code: 'overloaded', message: '', what_to_do: '', request_id: 'r-1' },
        }),
      )
      await phone.open('/contracts')
      await expect(phone.heading('我们的服务现在很忙')).toBeVisible()
    },
  },
  'a return that nobody asked for': {
    bring: async (phone, world) => {
      await phone.page.goto(`${world.url}/return/signing?code=Zm9yZ2Vk&state=neverGivenOut`)
      await expect(phone.heading('没有找到这次签约')).toBeVisible()
    },
  },
  'my records, shown': {
    bring: async (phone) => {
      await phone.open('/contracts')
      await expect(phone.page.getByText('你还没有签约')).toBeVisible()
      await phone.open('/privacy/mine')
      await phone.button('显示我的信息').tap()
      await expect(phone.button('复制全部')).toBeVisible()
    },
  },
  'the question before all is erased': {
    bring: async (phone) => {
      await phone.open('/privacy/mine?sure=1')
      await expect(phone.page.getByRole('alertdialog')).toBeVisible()
    },
  },
}
