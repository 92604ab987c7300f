import { createMerchant, orderNo, retail } from './charging.ts'
import type { Phone } from './phone.ts'
import { signingStatesOf } from './signing-states.ts'
import type { Stage } from './stage.ts'
import { plan } from './world.ts'

/** A state that a page is in for a while only. `bring` leads a phone of its own into it. */
export type State = { bring(phone: Phone): Promise<void>; asked_privacy?: boolean }

const never = (): Promise<void> => new Promise(() => {})

/** Every state a page can be in beside what it is there for: waiting, empty, offline, refused, at its limit, asked. */
export function statesOf(stage: Stage): Record<string, State> {
  return {
    ...signingStatesOf(stage),
    'a plan while its page is on the way': {
      bring: async (phone) => {
        await phone.page.route('**/assets/inner-pages-*.js', never)
        await phone.open(`/plans/${plan.vending}`)
        await phone.page.locator('#waiting').waitFor()
      },
    },
    'a page whose file did not come': {
      bring: async (phone) => {
        await phone.page.route('**/assets/inner-pages-*.js', (route) => route.abort())
        await phone.open(`/plans/${plan.vending}`)
        await phone.page.getByRole('button').first().waitFor()
      },
    },
    'contracts that did not come': {
      bring: async (phone) => {
        await phone.page.route('**/api/contracts', (route) =>
          route.fulfill({
            status: 503,
            json: { code: 'overloaded', message: '', what_to_do: '', request_id: 'r-1' },
          }),
        )
        await phone.open('/contracts')
        await phone.page.getByText('我们的服务现在很忙').waitFor()
      },
    },
    'contracts without a network': {
      bring: async (phone) => {
        await phone.open('/contracts')
        await phone.page.getByText('你还没有签约').waitFor()
        await phone.context.setOffline(true)
        await phone.page.getByText('当前没有网络').waitFor()
      },
    },
    'contracts while they load': {
      bring: async (phone) => {
        await phone.page.route('**/api/contracts', never)
        await phone.open('/contracts')
        await phone.page.getByText('正在加载').first().waitFor({ state: 'attached' })
      },
    },
    'contracts that take long': {
      bring: async (phone) => {
        await phone.page.route('**/api/contracts', never)
        await phone.open('/contracts')
        await phone.page.getByText('比平时慢').waitFor()
      },
    },
    'a page whose scripts take long': {
      bring: async (phone) => {
        await phone.page.route('**/assets/*.js', never)
        await phone.page.goto(`${stage.world.url}/#/contracts`, { waitUntil: 'commit' })
        await phone.page.getByText('比平时慢').waitFor()
      },
    },
    'a service that is down': {
      bring: async (phone) => {
        await phone.page.route('**/api/contracts', (route) =>
          route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad Gateway</h1>' }),
        )
        await phone.open('/contracts')
        await phone.heading('我们的服务暂时不可用').waitFor()
      },
    },
    'a network that wants a login': {
      bring: async (phone) => {
        await phone.page.route('**/api/contracts', (route) =>
          route.fulfill({ contentType: 'text/html', body: '<h1>Welcome to the hotel</h1>' }),
        )
        await phone.open('/contracts')
        await phone.heading('当前网络可能需要先登录').waitFor()
      },
    },
    'no contract yet': {
      bring: async (phone) => {
        await phone.open('/contracts')
        await phone.page.getByText('你还没有签约').waitFor()
      },
    },
    'no bill yet': {
      bring: async (phone) => {
        await phone.open('/bills')
        await phone.page.getByText('还没有账单').waitFor()
      },
    },
    'a plan that takes no new contract': {
      bring: async (phone) => {
        await phone.page.route(`${stage.world.url}/`, async (route) => {
          const answer = await route.fetch()
          await route.fulfill({
            response: answer,
            body: (await answer.text()).replaceAll('"accepts_new":true', '"accepts_new":false'),
          })
        })
        await phone.open(`/plans/${plan.metro}`)
        await phone.page.getByText('这项服务已停止新签约').first().waitFor()
      },
    },
    'a contract at its daily limit': {
      bring: async (phone) => {
        await phone.sign(plan.vending)
        const { contracts } = await phone.ask<{ contracts: { id: string }[] }>('/api/contracts')
        const contract = contracts[0]?.id ?? ''
        const merchant = createMerchant(stage.world.url, await stage.world.key(['read', 'charge']))
        for (let time = 0; time < 4; time++)
          await merchant.charge({
            merchant_order_no: orderNo(),
            amount_fen: 5_000,
            description: '年货礼盒',
            contract,
            merchant_no: retail,
          })
        await phone.open(`/contracts/${contract}`)
        await phone.page.getByText('今天的限额已用完').waitFor()
      },
    },
    'the question before the wallet tells who it is': {
      asked_privacy: false,
      bring: async (phone) => {
        await phone.open('/contracts')
        await phone.heading('需要云闪付告诉我们你是谁').waitFor()
      },
    },
  }
}
