import { writeFile } from 'node:fs/promises'
import { expect, test as base, type Fixtures } from '../browser/test.ts'
import { plan } from '../support/world.ts'

/** The merchant's own app, on a phone with a wallet. */
async function openApp(
  { world, openContext }: Pick<Fixtures, 'world' | 'openContext'>,
  user_id: string,
) {
  const payer = await world.payer()
  const context = await openContext({
    viewport: { width: 1280, height: 1100 },
    locale: 'zh-CN',
  })
  await context.addCookies([
    { name: 'sandbox_wallet', value: payer.wallet_user, domain: 'localhost', path: '/' },
  ])
  const page = await context.newPage()
  await page.goto(`${world.sandbox.url}/native-app`)
  await page.getByLabel(/user_id/).fill(user_id)
  const sdk = page.getByRole('dialog', { name: '云闪付签约' })
  return {
    page,
    payer,
    sdk,
    start: (title: string) =>
      page
        .getByRole('listitem')
        .filter({ hasText: title })
        .getByRole('button', { name: '开通' })
        .click(),
    steps: page.getByRole('complementary', { name: '调用过程' }),
  }
}

const test = base.extend<{
  /** opens the app as the merchant's user with this number */
  openAs(user_id: string): Promise<Awaited<ReturnType<typeof openApp>>>
}>({
  openAs: ({ world, openContext }, use) =>
    use((user_id) => openApp({ world, openContext }, user_id)),
})
test.beforeAll(async ({ world }) =>
  writeFile(
    world.sandbox.settings.shop_key_file ?? '',
    await world.key(['read', 'sign', 'terminate']),
  ),
)

test("an SDK signing is started by the app's server, completed by the code, and its contract can be seen and ended", async ({
  world,
  openAs,
}) => {
  const app = await openAs('metro-1')
  await app.start('地铁先乘后付')
  await app.sdk.getByRole('checkbox').check()
  await app.sdk.getByRole('button', { name: '同意并开通' }).click()
  const contract = app.page.getByRole('listitem').filter({ hasText: '已开通' })
  await expect(contract.getByText('地铁先乘后付')).toBeVisible()
  await expect(app.steps.getByText(/POST \/v1\/signings\/.*\/complete/)).toBeVisible()
  const [at_unionpay] = (await world.control.contracts()).filter(
    ({ user_id }) => user_id === app.payer.wallet_user,
  )
  expect(at_unionpay).toMatchObject({ plan_id: plan.metro, status: 'signed' })
  await contract.getByRole('button', { name: '解约' }).click()
  await contract.getByRole('button', { name: '确认解约' }).click()
  await expect(app.page.getByRole('listitem').filter({ hasText: '已解约' })).toBeVisible()
})

test('a refusal in the SDK is reported to the app and creates no contract', async ({
  world,
  openAs,
}) => {
  const app = await openAs('metro-2')
  await app.start('无人货柜开门即购')
  await app.sdk.getByRole('button', { name: '拒绝' }).click()
  await expect(app.sdk).toHaveCount(0)
  await expect(app.steps.getByText('N62199').first()).toBeVisible()
  expect(
    (await world.control.contracts()).filter(({ user_id }) => user_id === app.payer.wallet_user),
  ).toEqual([])
})

test('a contract that was signed in the app is listed in the H5 of the same wallet', async ({
  openPhone,
  openAs,
}) => {
  const app = await openAs('metro-3')
  await app.start('无人货柜开门即购')
  await app.sdk.getByRole('checkbox').check()
  await app.sdk.getByRole('button', { name: '同意并开通' }).click()
  await expect(app.page.getByRole('listitem').filter({ hasText: '已开通' })).toBeVisible()
  const phone = await openPhone(app.payer)
  await phone.open('/contracts')
  await phone.link(/无人货柜开门即购.*生效中/).tap()
  await expect(phone.page.getByText('商户 App')).toBeVisible()
})

test('a wallet that pays for one account cannot sign for another', async ({ world, openAs }) => {
  const app = await openAs('metro-4')
  await app.start('无人货柜开门即购')
  await app.sdk.getByRole('checkbox').check()
  await app.sdk.getByRole('button', { name: '同意并开通' }).click()
  await expect(app.page.getByRole('listitem').filter({ hasText: '已开通' })).toBeVisible()
  await expect(app.sdk).toHaveCount(0) // it closes with an animation
  await app.page.getByLabel(/user_id/).fill('metro-5')
  await app.start('月度会员自动续期')
  await app.sdk.getByRole('checkbox').check()
  await app.sdk.getByRole('button', { name: '同意并开通' }).click()
  await expect(app.steps.getByText(/wallet_foreign|这个云闪付属于/).first()).toBeVisible()
  expect(
    (await world.control.contracts()).filter(({ user_id }) => user_id === app.payer.wallet_user),
  ).toHaveLength(1)
})
