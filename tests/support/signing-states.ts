import type { Phone } from './phone.ts'
import type { Stage } from './stage.ts'
import type { State } from './states.ts'
import { plan } from './world.ts'

/** The states between a person's yes and UnionPay's word, at the beginning and at the end of a contract. */
export function signingStatesOf(stage: Stage): Record<string, State> {
  /** UnionPay's next answer to this person is one that nobody can read, or a refusal */
  const spoil = (
    phone: Phone,
    name: string,
    effect: { kind: 'garbage' } | { kind: 'resp'; resp: string },
  ) =>
    stage.world.control.addRule({
      interface: name,
      match: { user_id: phone.payer.wallet_user },
      effect,
      times: 1,
    })

  return {
    'a plan whose box was not ticked': {
      bring: async (phone) => {
        await phone.open(`/plans/${plan.vending}`)
        await phone.button('去签约').tap()
        await phone.page.getByText('请先勾选同意，再签约。').waitFor()
      },
    },
    'a plan that asks whose account it is': {
      bring: async (phone) => {
        await phone.open(
          `/plans/${plan.vending}?ticket=${await stage.world.ticket(`member-of-${phone.payer.wallet_user}`, '李雷')}`,
        )
        await phone.consent.check()
        await phone.button('去签约').tap()
        await phone.page.getByText('为该账号付款？').waitFor()
      },
    },
    'the result 处理中': {
      bring: async (phone) => {
        await spoil(phone, 'contract.apply', { kind: 'garbage' })
        await phone.toSigningPage(plan.vending)
        await phone.agree()
        await phone.heading('签约处理中').waitFor()
      },
    },
    'the result 失败': {
      bring: async (phone) => {
        await spoil(phone, 'contract.apply', { kind: 'resp', resp: 'a31' })
        await phone.toSigningPage(plan.vending)
        await phone.agree()
        await phone.heading('签约失败').waitFor()
      },
    },
    'an ending on its way': {
      bring: async (phone) => {
        await phone.sign(plan.vending)
        await phone.button('查看签约').tap()
        await spoil(phone, 'contract.relieve', { kind: 'garbage' })
        await phone.button('解约').tap()
        await phone.button('确认解约').tap()
        await phone.heading('解约处理中').waitFor()
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
        await phone.heading('我们的服务现在很忙').waitFor()
      },
    },
    'a return that nobody asked for': {
      bring: async (phone) => {
        await phone.page.goto(`${stage.world.url}/return/signing?code=Zm9yZ2Vk&state=neverGivenOut`)
        await phone.heading('没有找到这次签约').waitFor()
      },
    },
    'my records, shown': {
      bring: async (phone) => {
        await phone.open('/contracts')
        await phone.page.getByText('你还没有签约').waitFor()
        await phone.open('/privacy/mine')
        await phone.button('显示我的信息').tap()
        await phone.button('复制全部').waitFor()
      },
    },
    'the question before all is erased': {
      bring: async (phone) => {
        await phone.open('/privacy/mine?sure=1')
        await phone.page.getByRole('alertdialog').waitFor()
      },
    },
  }
}
