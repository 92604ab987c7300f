import { expect } from '@playwright/test'
import { createMerchant, orderNo, retail } from '../support/charging.ts'
import type { Phone } from './phone.ts'
import { signing_states } from './signing-states.ts'
import { plan, type World } from '../support/world.ts'

/** A temporary state of a page. `enter` leads a phone of its own into it. */
export type State = { enter(phone: Phone, world: World): Promise<void>; privacy_agreed?: boolean }

const neverResponds = (): Promise<void> => new Promise(() => {})

/**
 * Every temporary state of a page: loading, empty, offline, refused, at its limit, with a question.
 */
export const states: Record<string, State> = {
  ...signing_states,
  'a plan while its script loads': {
    enter: async (phone) => {
      await phone.page.route('**/assets/inner-pages-*.js', neverResponds)
      await phone.open(`/plans/${plan.vending}`)
      await expect(phone.page.locator('#waiting')).toBeVisible()
    },
  },
  'a page whose script failed to load': {
    enter: async (phone) => {
      await phone.page.route('**/assets/inner-pages-*.js', (route) => route.abort())
      await phone.open(`/plans/${plan.vending}`)
      await expect(phone.page.getByRole('button').first()).toBeVisible()
    },
  },
  'contracts that failed to load': {
    enter: async (phone) => {
      await phone.page.route('**/api/contracts', (route) =>
        route.fulfill({
          status: 503,
          json: { code: 'overloaded', message: '', what_to_do: '', request_id: 'r-1' },
        }),
      )
      await phone.open('/contracts')
      await expect(phone.page.getByText('我们的服务繁忙')).toBeVisible()
    },
  },
  'contracts without a network': {
    enter: async (phone) => {
      await phone.open('/contracts')
      await expect(phone.page.getByText('你还没有签约')).toBeVisible()
      await phone.context.setOffline(true)
      await expect(phone.page.getByText('当前没有网络')).toBeVisible()
    },
  },
  'contracts while they load': {
    enter: async (phone) => {
      await phone.page.route('**/api/contracts', neverResponds)
      await phone.open('/contracts')
      await expect(phone.page.getByText('正在加载').first()).toBeAttached()
    },
  },
  'contracts that load slowly': {
    enter: async (phone) => {
      await phone.page.route('**/api/contracts', neverResponds)
      await phone.open('/contracts')
      await expect(phone.page.getByText('比平时慢')).toBeVisible()
    },
  },
  'a page whose scripts load slowly': {
    enter: async (phone, world) => {
      await phone.page.route('**/assets/*.js', neverResponds)
      await phone.page.goto(`${world.url}/#/contracts`, { waitUntil: 'commit' })
      await expect(phone.page.getByText('比平时慢')).toBeVisible()
    },
  },
  'an unavailable service': {
    enter: async (phone) => {
      await phone.page.route('**/api/contracts', (route) =>
        route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad Gateway</h1>' }),
      )
      await phone.open('/contracts')
      await expect(phone.heading('我们的服务暂时不可用')).toBeVisible()
    },
  },
  'a network that requires a login': {
    enter: async (phone) => {
      await phone.page.route('**/api/contracts', (route) =>
        route.fulfill({ contentType: 'text/html', body: '<h1>Welcome to the hotel</h1>' }),
      )
      await phone.open('/contracts')
      await expect(phone.heading('当前网络可能需要先登录')).toBeVisible()
    },
  },
  'no contract yet': {
    enter: async (phone) => {
      await phone.open('/contracts')
      await expect(phone.page.getByText('你还没有签约')).toBeVisible()
    },
  },
  'no bill yet': {
    enter: async (phone) => {
      await phone.open('/bills')
      await expect(phone.page.getByText('还没有账单')).toBeVisible()
    },
  },
  'a plan that is closed to new contracts': {
    enter: async (phone, world) => {
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
    enter: async (phone, world) => {
      await phone.sign(plan.vending)
      const { contracts } = await phone.fetchJson<{ contracts: { id: string }[] }>('/api/contracts')
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
  'the privacy question': {
    privacy_agreed: false,
    enter: async (phone) => {
      await phone.open('/contracts')
      await expect(phone.heading('需要云闪付确认你的身份')).toBeVisible()
    },
  },
}
