import { expect, test } from '../browser/test.ts'
import { plan, type World } from '../support/world.ts'

let members = 0
const member = () => `member-${++members}-of-the-merchant`
const shown = (user_id: string) => new RegExp(`李雷（${user_id.slice(0, 2)}[^）]*）`)

test('a ticket makes the plan page ask for its account before signing, and after a yes the contract belongs to that account', async ({
  phone,
  world,
}) => {
  const user_id = member()
  const ticket = await world.ticket(user_id, '李雷')
  await phone.open(`/plans/${plan.vending}?ticket=${ticket}`)
  await phone.consent.check()
  await phone.button('去签约').tap()
  await expect(phone.page.getByText(shown(user_id))).toBeVisible()
  await expect(phone.page.getByText('为该账号付款？')).toBeVisible()
  expect(await phone.button('拒绝').count()).toBe(0)
  await phone.button('去签约').tap()
  await expect(phone.page.getByText('请先回答是否为该账号付款。')).toBeVisible()
  await phone.button('是，为该账号付款').tap()
  await expect(phone.page.getByText('为该账号付款？')).toHaveCount(0)
  await phone.button('去签约').tap()
  await phone.expectSigningPage()
  await phone.agree()
  await expect(phone.heading('签约成功')).toBeVisible()
  await phone.button('查看签约').tap()
  await expect(phone.page.getByText(shown(user_id))).toBeVisible()
  const merchant_key = await world.key(['read'])
  const { contracts } = await phone.payer.call<{ contracts: object[] }>(
    'GET',
    `/v1/contracts?user_id=${user_id}`,
    undefined,
    { authorization: `Bearer ${merchant_key}` },
  )
  expect(contracts).toMatchObject([{ state: 'active', plan: { plan_id: plan.vending } }])
})

test("a ticket link that is pasted into the sandbox's control panel opens in its phone and asks about the account", async ({
  wallet,
  world,
}) => {
  const panel = await wallet.openPanel()
  const user_id = member()
  const ticket = await world.ticket(user_id, '李雷')
  await panel.getByLabel('打开链接').fill('javascript:alert(1)')
  await panel.getByRole('button', { name: '在手机里打开' }).click()
  await expect(panel.getByRole('alert').getByText('应以 http:// 或 https:// 开头')).toBeVisible()
  expect(await wallet.windows.count()).toBe(0)
  await panel.getByLabel('打开链接').fill(`${world.url}/#/plans/${plan.vending}?ticket=${ticket}`)
  await panel.getByRole('button', { name: '在手机里打开' }).click()
  await wallet.h5.getByRole('checkbox').check()
  await wallet.h5.getByRole('button', { name: '去签约' }).click()
  await expect(wallet.h5.getByText(shown(user_id))).toBeVisible()
  await expect(wallet.h5.getByText('为该账号付款？')).toBeVisible()
  await expect(panel.getByLabel('打开链接')).toHaveValue('')
})

test('after a no to the account the wallet signs for its own user only', async ({
  phone,
  world,
}) => {
  const user_id = member()
  await phone.open(`/plans/${plan.vending}?ticket=${await world.ticket(user_id, '李雷')}`)
  await phone.consent.check()
  await phone.button('去签约').tap()
  await phone.button('否，不是我的账号').tap()
  await expect(phone.page.getByText('你本人（未关联商户账号）')).toBeVisible()
  await phone.button('去签约').tap()
  await phone.expectSigningPage()
  await phone.agree()
  await expect(phone.heading('签约成功')).toBeVisible()
  await phone.button('查看签约').tap()
  await expect(phone.page.getByText('你本人（未关联商户账号）')).toBeVisible()
})

test('a ticket is removed from the address at once and is neither stored nor logged', async ({
  phone,
  world,
}) => {
  const ticket = await world.ticket(member(), '李雷')
  for (const address of [`/?ticket=${ticket}`, `/#ticket=${ticket}`, `/#/?ticket=${ticket}`]) {
    await phone.page.goto('about:blank')
    await phone.page.goto(`${world.url}${address}`)
    await expect(phone.page.getByRole('main')).toBeVisible()
    expect(phone.page.url()).not.toContain('ticket')
  }
  const stored = await phone.page.evaluate(() =>
    JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), history.state]),
  )
  for (const part of ticket.split('.')) expect(stored + world.log.join('\n')).not.toContain(part)
})

test('a ticket of a second account on a wallet that already pays for one shows how to change the account', async ({
  phone,
  world,
}) => {
  const [first, second] = [member(), member()]
  await phone.open(`/plans/${plan.vending}?ticket=${await world.ticket(first, '李雷')}`)
  await phone.consent.check()
  await phone.button('去签约').tap()
  await phone.button('是，为该账号付款').tap()
  await phone.button('去签约').tap()
  await phone.expectSigningPage()
  await phone.agree()
  await expect(phone.heading('签约成功')).toBeVisible()

  await phone.open(`/plans/${plan.membership}?ticket=${await world.ticket(second, '韩梅梅')}`)
  await expect(phone.page.getByText(/这个云闪付已在为另一个账号付款/).first()).toBeVisible()
  expect(await phone.page.getByText('韩梅梅').count()).toBe(0)
  await phone.link('我的签约').first().tap()
  await expect(phone.link(/无人货柜开门即购.*生效中/)).toBeVisible()
})

for (const [kind, heading, mint] of [
  [
    'used',
    '这个链接已经用过',
    async (world: World) => {
      const ticket = await world.ticket(member())
      await (await world.signedIn()).call('POST', '/api/tickets', { ticket })
      return ticket
    },
  ],
  [
    'expired',
    '商户的登录凭证已过期',
    (world: World) => world.ticket(member(), null, { now: () => new Date('2020-01-01T00:00:00Z') }),
  ],
  [
    'forged',
    '商户的登录凭证无效',
    async (world: World) => `${(await world.ticket(member())).slice(0, -8)}AAAAAAAA`,
  ],
] as const) {
  test(`a ${kind} ticket shows ${heading} and a link to the services`, async ({ phone, world }) => {
    await phone.open(`/?ticket=${await mint(world)}`)
    await expect(phone.heading(heading)).toBeVisible()
    await phone.link('返回首页').tap()
    await expect(phone.heading('签约一次，之后自动付款')).toBeVisible()
  })
}
