import { expect } from '@playwright/test'
import { createMerchant, orderNo, retail } from '../support/charging.ts'
import type { Phone } from './phone.ts'
import { signing_states } from './signing-states.ts'
import { plan, type World } from '../support/world.ts'

/** A state that a page is in for a while only. `bring` leads a phone of its own into it. */
export type State = { bring(phone: Phone, world: World): Promise<void>; asked_privacy?: boolean }

const never = (): Promise<void> => new Promise(() => {})

/** Every state a page can be in beside what it is there for: waiting, empty, offline, refused, at its limit, asked. */
export const states: Record<string, State> = {
  ...signing_states,
  'a plan while its page is on the way': {
    bring: async (phone) => {
      await phone.page.route('**/assets/inner-pages-*.js', never)
      await phone.open(`/plans/${plan.vending}`)
      await expect(phone.page.locator('#waiting')).toBeVisible()
    },
  },
  'a page whose file did not come': {
    bring: async (phone) => {
      await phone.page.route('**/assets/inner-pages-*.js', (route) => route.abort())
      await phone.open(`/plans/${plan.vending}`)
      await expect(phone.page.getByRole('button').first()).toBeVisible()
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
      await expect(phone.page.getByText('我们的服务现在很忙')).toBeVisible()
    },
  },
  'contracts without a network': {
    bring: async (phone) => {
      await phone.open('/contracts')
      await expect(phone.page.getByText('你还没有签约')).toBeVisible()
      await phone.context.setOffline(true)
      await expect(phone.page.getByText('当前没有网络')).toBeVisible()
    },
  },
  'contracts while they load': {
    bring: async (phone) => {
      await phone.page.route('**/api/contracts', never)
      await phone.open('/contracts')
      await expect(phone.page.getByText('正在加载').first()).toBeAttached()
    },
  },
  'contracts that take long': {
    bring: async (phone) => {
      await phone.page.route('**/api/contracts', never)
      await phone.open('/contracts')
      await expect(phone.page.getByText('比平时慢')).toBeVisible()
    },
  },
  'a page whose scripts take long': {
    bring: async (phone, world) => {
      await phone.page.route('**/assets/*.js', never)
      await phone.page.goto(`${world.url}/#/contracts`, { waitUntil: 'commit' })
      await expect(phone.page.getByText('比平时慢')).toBeVisible()
    },
  },
  'a service that is down': {
    bring: async (phone) => {
      await phone.page.route('**/api/contracts', (route) =>
        route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad Gateway</h1>' }),
      )
      await phone.open('/contracts')
      await expect(phone.heading('我们的服务暂时不可用')).toBeVisible()
    },
  },
  'a network that wants a login': {
    bring: async (phone) => {
      await phone.page.route('**/api/contracts', (route) =>
        route.fulfill({ contentType: 'text/html', body: '<h1>Welcome to the hotel</h1>' }),
      )
      await phone.open('/contracts')
      await expect(phone.heading('当前网络可能需要先登录')).toBeVisible()
    },
  },
  'no contract yet': {
    bring: async (phone) => {
      await phone.open('/contracts')
      await expect(phone.page.getByText('你还没有签约')).toBeVisible()
    },
  },
  'no bill yet': {
    bring: async (phone) => {
      await phone.open('/bills')
      await expect(phone.page.getByText('还没有账单')).toBeVisible()
    },
  },
  'a plan that takes no new contract': {
    bring: async (phone, world) => {
      await phone.page.route(`${world.url}/`, async (route) => {
        const answer = await route.fetch()
        await route.fulfill({
          response: answer,
          body: (await answer.text()).replaceAll('"accepts_new":true', '"accepts_new":false'),
        })
      })
      await phone.open(`/plans/${plan.metro}`)
      await expect(phone.page.getByText('这项服务已停止新签约').first()).toBeVisible()
    },
  },
  'a contract at its daily limit': {
    bring: async (phone, world) => {
      await phone.sign(plan.vending)
      const { contracts } = await phone.ask<{ contracts: { id: string }[] }>('/api/contracts')
      const contract = contracts[0]?.id ?? ''
      const merchant = createMerchant(world.url, await world.key(['read', 'charge']))
      for (let time = 0; time < 4; time++)
        await merchant.charge({
          merchant_order_no: orderNo(),
          amount_fen: 5_000,
          description: '年货礼盒',
          contract,
          merchant_no: retail,
        })
      await phone.open(`/contracts/${contract}`)
      await expect(phone.page.getByText('今天的限额已用完')).toBeVisible()
    },
  },
  'the question before the wallet tells who it is': {
    asked_privacy: false,
    bring: async (phone) => {
      await phone.open('/contracts')
      await expect(phone.heading('需要云闪付告诉我们你是谁')).toBeVisible()
    },
  },
}
