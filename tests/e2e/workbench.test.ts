import { writeFile } from 'node:fs/promises'
import { expect, test as base } from '../browser/test.ts'
import type { WalletPage } from '../browser/wallet-page.ts'
import { plan } from '../support/world.ts'

declare global {
  interface Window {
    /** bridge calls that were answered */
    answered?: string[]
    touched?: boolean
  }
}

/**
 * The workbench around the phone, for developers: every bridge call asked, messages as curl,
 * platforms and sizes, two languages.
 */
const test = base.extend<{ wallet: WalletPage; clipboard(): Promise<string> }>({
  /** the wallet page of a payer who signed for the vending machine */
  wallet: async ({ world, openWallet }, use) => {
    const payer = await world.signedIn()
    await payer.sign(plan.vending)
    const wallet = await openWallet(payer)
    await wallet.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await use(wallet)
  },
  clipboard: ({ wallet }, use) =>
    use(() => wallet.page.evaluate(() => navigator.clipboard.readText())),
})

test.beforeAll(async ({ world }) => {
  await writeFile(
    world.sandbox.settings.shop_key_file as string,
    await world.key(['read', 'charge', 'refund']),
  )
})

test('a message of the journal is copied as curl', async ({ world, wallet, clipboard }) => {
  const journal = await wallet.openJournal()
  const line = journal.getByRole('article').filter({ hasText: 'contract.apply' }).first()
  await line.getByRole('button').first().click()
  await line.getByRole('button', { name: '复制为 curl' }).click()
  await expect(line.getByRole('button', { name: '已复制' })).toBeVisible()
  expect(await clipboard()).toContain(`${world.sandbox.url}/open/access/1.0/contract.apply`)
})

test('every bridge call can ask the developer to choose the response', async ({
  world,
  wallet,
}) => {
  const panel = await wallet.openPanel()
  await panel.getByText('桥 upsdk', { exact: true }).click()
  await panel.getByRole('checkbox', { name: '每一次桥调用都问我怎么答' }).check()
  await wallet.openH5()
  const dialog = wallet.page.getByRole('dialog')
  const succeed = () => dialog.getByRole('button', { name: '成功', exact: true })
  await expect(dialog.getByRole('heading', { name: 'upsdk.config' })).toBeVisible()
  await succeed().click()
  // the page sets its title once it is admitted; calls work from here on
  await expect(dialog.getByRole('heading', { name: 'upsdk.setNavigationBarTitle' })).toBeVisible()
  // a dialog that closes during the click was already answered; the loop checks again
  const answerAll = async () => {
    while ((await dialog.count()) > 0)
      await succeed()
        .click({ timeout: 1_000 })
        .catch(() => undefined)
  }
  await answerAll()
  await wallet.page.frames()[1]?.evaluate(() => {
    const answered: string[] = []
    window.answered = answered
    for (const name of ['getLocationCity', 'getSystemInfo'])
      window.upsdk?.[name]?.({ success: () => void answered.push(name) })
  })
  await expect
    .poll(async () => {
      await answerAll()
      return wallet.page.frames()[1]?.evaluate(() => window.answered)
    })
    .toEqual(['getLocationCity', 'getSystemInfo'])
  await panel.getByRole('checkbox', { name: '每一次桥调用都问我怎么答' }).uncheck()
  await expect.poll(async () => (await world.control.state()).bridge).toEqual({})
})

test('the workbench can be switched to English and remembers it', async ({ wallet }) => {
  await wallet.page.getByRole('button', { name: 'EN', exact: true }).click()
  await wallet.page.getByRole('button', { name: 'Panel', exact: true }).click()
  await wallet.page.reload()
  const shop = wallet.page.getByRole('complementary', { name: 'Shop' })
  await expect(shop.getByRole('button', { name: /^Take a drink ?¥3\.50/ })).toBeVisible()
  await wallet.page.getByRole('button', { name: 'Panel', exact: true }).click()
  const panel = wallet.page.getByRole('complementary', { name: 'Control panel' })
  await expect(panel.getByText('Termination notices')).toBeVisible()
  const headings = await panel.locator('summary b').allTextContents()
  expect(headings.filter((text) => /[一-鿿]/.test(text))).toEqual([])
})

test('the phone can be set to dark and back, independently of the computer', async ({ wallet }) => {
  await wallet.openH5()
  await expect(wallet.h5.getByText('无人货柜开门即购').first()).toBeVisible()
  const ground = () =>
    wallet.h5.locator('html').evaluate((html) => getComputedStyle(html).backgroundColor)
  const light = await ground()
  const panel = await wallet.openPanel()
  const appearance = panel
    .getByRole('group', { name: '外观' })
    .or(panel.getByRole('radiogroup', { name: '外观' }))
  await appearance.getByText('深色').click()
  await expect.poll(ground).not.toBe(light)
  await appearance.getByText('跟随系统').click()
  await expect.poll(ground).toBe(light)
})

test('size and text size of the phone can be selected, and the mouse acts as a finger in it', async ({
  wallet,
}) => {
  const panel = await wallet.openPanel()
  const choose = (group: string, name: string) =>
    panel.getByRole('group', { name: group }).getByRole('button', { name, exact: true }).click()
  await choose('尺寸', '375×667')
  await wallet.openH5()
  await expect(wallet.h5.getByText('无人货柜开门即购').first()).toBeVisible()
  const width = () => wallet.page.frames()[1]?.evaluate(() => innerWidth)
  expect(await width()).toBe(375)
  await choose('尺寸', '430×932')
  await expect.poll(width).toBe(430)

  const size = () =>
    wallet.h5
      .locator('h1')
      .first()
      .evaluate((title) => parseFloat(getComputedStyle(title).fontSize))
  const usual = await size()
  await choose('字号', '200 %')
  await expect.poll(size).toBe(usual * 2)
  const beyond = await wallet.h5.locator('html').evaluate((html) => html.scrollWidth - innerWidth)
  expect(beyond).toBe(0)
  await wallet.h5.getByRole('link', { name: '隐私说明' }).click()
  await expect(wallet.h5.getByRole('heading', { name: '隐私说明' }).first()).toBeVisible()
  await expect.poll(size).toBe(usual * 2)
  await choose('字号', '100 %')
  await expect.poll(size).toBe(usual)

  await wallet.back()
  const heading = wallet.h5.getByRole('heading', { name: '签约一次，之后自动付款' })
  await expect(heading).toBeVisible()
  await heading.evaluate(() =>
    document.addEventListener('touchstart', () => (window.touched = true), true),
  )
  await heading.click()
  expect(await heading.evaluate(() => window.touched)).toBe(true)
})

test('the phone takes platform, size, text size and colours from the panel', async ({
  changeSwitches,
  world,
  wallet,
}) => {
  await changeSwitches({ personality: 'android' })
  const panel = await wallet.openPanel()
  for (const [group, name] of [
    ['平台', 'HarmonyOS'],
    ['尺寸', '430×932'],
    ['字号', '200 %'],
    ['外观', '深色'],
  ] as const) {
    await panel
      .getByRole('group', { name: group })
      .getByRole('button', { name, exact: true })
      .click()
  }
  await expect
    .poll(async () => (await world.control.state()).settings.personality)
    .toBe('harmonyos')
  await wallet.openH5()
  const shown = () =>
    wallet.page.frames()[1]?.evaluate(() => {
      const { fontSize, colorScheme } = document.documentElement.style
      return [innerWidth, fontSize, colorScheme]
    })
  await expect.poll(shown).toEqual([430, '200%', 'dark'])
  expect((await world.control.state()).settings.personality).toBe('harmonyos')
})
