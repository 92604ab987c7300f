import { writeFile } from 'node:fs/promises'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { setStage } from '../support/stage.ts'
import { plan } from '../support/world.ts'

const stage = setStage()
beforeAll(async () =>
  writeFile(
    stage.world.sandbox.settings.shop_key_file ?? '',
    await stage.world.key(['read', 'sign', 'terminate']),
  ),
)

/** The merchant's own app, on a phone with this person's wallet. */
async function openApp(user_id: string) {
  const payer = await stage.world.payer()
  const context = await stage.browser.newContext({
    viewport: { width: 1280, height: 1100 },
    locale: 'zh-CN',
  })
  onTestFinished(() => context.close())
  await context.addCookies([
    { name: 'sandbox_wallet', value: payer.wallet_user, domain: 'localhost', path: '/' },
  ])
  const page = await context.newPage()
  await page.goto(`${stage.world.sandbox.url}/native-app`)
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

test("SDK signing: the app's server starts it, the wallet agrees, the code completes it, and the contract is seen and ended", async () => {
  const app = await openApp('metro-1')
  await app.start('地铁先乘后付')
  await app.sdk.getByRole('checkbox').check()
  await app.sdk.getByRole('button', { name: '同意并开通' }).click()
  const contract = app.page.getByRole('listitem').filter({ hasText: '已开通' })
  await contract.getByText('地铁先乘后付').waitFor()
  await app.steps.getByText(/POST \/v1\/signings\/.*\/complete/).waitFor()
  const [at_unionpay] = (await stage.world.control.contracts()).filter(
    ({ user_id }) => user_id === app.payer.wallet_user,
  )
  expect(at_unionpay).toMatchObject({ plan_id: plan.metro, status: 'signed' })
  await contract.getByRole('button', { name: '解约' }).click()
  await contract.getByRole('button', { name: '确认解约' }).click()
  await app.page.getByRole('listitem').filter({ hasText: '已解约' }).waitFor()
})

test('refused in the SDK: the app hears of it and no contract is made', async () => {
  const app = await openApp('metro-2')
  await app.start('无人货柜开门即购')
  await app.sdk.getByRole('button', { name: '拒绝' }).click()
  await app.sdk.waitFor({ state: 'detached' })
  await app.steps.getByText('N62199').first().waitFor()
  expect(
    (await stage.world.control.contracts()).filter(
      ({ user_id }) => user_id === app.payer.wallet_user,
    ),
  ).toEqual([])
})

test('signed in the app, seen in the H5: the same wallet finds its contract there', async () => {
  const app = await openApp('metro-3')
  await app.start('无人货柜开门即购')
  await app.sdk.getByRole('checkbox').check()
  await app.sdk.getByRole('button', { name: '同意并开通' }).click()
  await app.page.getByRole('listitem').filter({ hasText: '已开通' }).waitFor()
  const phone = await stage.phone(app.payer)
  await phone.open('/contracts')
  await phone.link(/无人货柜开门即购.*生效中/).tap()
  await phone.page.getByText('商户 App').waitFor()
})

test('a wallet that pays for one account is refused for another', async () => {
  const app = await openApp('metro-4')
  await app.start('无人货柜开门即购')
  await app.sdk.getByRole('checkbox').check()
  await app.sdk.getByRole('button', { name: '同意并开通' }).click()
  await app.page.getByRole('listitem').filter({ hasText: '已开通' }).waitFor()
  await app.sdk.waitFor({ state: 'detached' }) // it leaves with a movement
  await app.page.getByLabel(/user_id/).fill('metro-5')
  await app.start('月度会员自动续期')
  await app.sdk.getByRole('checkbox').check()
  await app.sdk.getByRole('button', { name: '同意并开通' }).click()
  await app.steps
    .getByText(/wallet_foreign|这个云闪付属于/)
    .first()
    .waitFor()
  expect(
    (await stage.world.control.contracts()).filter(
      ({ user_id }) => user_id === app.payer.wallet_user,
    ),
  ).toHaveLength(1)
})
