import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { setStage } from '../support/stage.ts'
import { plan } from '../support/world.ts'

/** The desk around the phone, for developers: scenarios by link, messages as tests, every bridge call asked, two languages. */
const stage = setStage()
beforeAll(async () => {
  const { world } = stage
  await writeFile(
    world.sandbox.settings.shop_key_file as string,
    await world.key(['read', 'charge', 'refund']),
  )
})

async function atTheDesk() {
  const payer = await stage.world.signedIn()
  await payer.sign(plan.vending)
  const wallet = await stage.walletPage(payer)
  await wallet.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  return {
    wallet,
    clipboard: async () => String(await wallet.page.evaluate('navigator.clipboard.readText()')),
  }
}

test('a scenario goes to a colleague as a link, and plays there once it is started', async () => {
  const { wallet, clipboard } = await atTheDesk()
  const panel = await wallet.openPanel()
  await panel.getByText('场景', { exact: true }).click()
  await panel
    .getByRole('listitem')
    .filter({ hasText: '余额不足' })
    .getByRole('button', { name: '复制链接' })
    .click()
  await panel.getByRole('button', { name: '已复制' }).waitFor()
  const link = await clipboard()
  expect(link).toContain('/#scenario=')

  const colleague = await wallet.context.newPage()
  await colleague.goto(link)
  await colleague.getByRole('button', { name: '开始', exact: true }).click()
  const shop = colleague.getByRole('complementary', { name: '商店' })
  await shop
    .getByRole('listitem')
    .filter({ hasText: '没有扣成' })
    .filter({ hasText: '64' })
    .waitFor()
  expect(new URL(colleague.url()).hash).toBe('')
})

test('a message of the journal becomes a test', async () => {
  const { wallet, clipboard } = await atTheDesk()
  const journal = await wallet.openJournal()
  const line = journal.getByRole('article').filter({ hasText: 'contract.apply' }).first()
  await line.getByRole('button').first().click()
  await line.getByRole('button', { name: '复制为测试' }).click()
  await line.getByRole('button', { name: '已复制' }).waitFor()
  const text = await clipboard()
  expect(text).toContain("import { expect, test } from 'vitest'")
  expect(text).toContain(`fetch("${stage.world.sandbox.url}/open/access/1.0/contract.apply"`)
  expect(text).toContain('"resp": "00"')
})

test('a copied test of an API call runs as it is, with a key', async () => {
  const { wallet, clipboard } = await atTheDesk()
  await wallet.page
    .getByRole('complementary', { name: '商店' })
    .getByRole('button', { name: /^拿一瓶饮料.*3\.50/ })
    .click()
  const journal = await wallet.openJournal()
  const line = journal.getByRole('article').filter({ hasText: 'POST /v1/charges' }).first()
  await line.getByRole('button').first().click()
  await line.getByRole('button', { name: '复制为测试' }).click()
  await line.getByRole('button', { name: '已复制' }).waitFor()
  const [, body] = (await clipboard()).split("import { expect, test } from 'vitest'")
  process.env['KEY'] = await stage.world.key(['read', 'charge'])
  const runs: Promise<void>[] = []
  const file = join(await mkdtemp(join(tmpdir(), 'wugan-copied-')), 'copied.mjs')
  await writeFile(file, `export const run = (test, expect) => {\n${body}\n}`)
  const copied = (await import(file)) as {
    run(test: (title: string, run: () => Promise<void>) => void, expecting: typeof expect): void
  }
  copied.run((_title, run) => void runs.push(run()), expect)
  expect(runs).toHaveLength(1)
  await Promise.all(runs)
})

test('every bridge call asks the person at the desk, who chooses the answer', async () => {
  const { wallet } = await atTheDesk()
  const panel = await wallet.openPanel()
  await panel.getByText('桥 upsdk', { exact: true }).click()
  await panel.getByRole('checkbox', { name: '每一次桥调用都问我怎么答' }).check()
  await wallet.openH5()
  const dialog = wallet.page.getByRole('dialog')
  const succeed = () => dialog.getByRole('button', { name: '成功', exact: true })
  await dialog.getByRole('heading', { name: 'upsdk.config' }).waitFor()
  await succeed().click()
  // the page sets its title once it is admitted: from here on calls get through
  await dialog.getByRole('heading', { name: 'upsdk.setNavigationBarTitle' }).waitFor()
  // a question that is closing under the hand is answered already; the next look tells
  const answerAll = async () => {
    while ((await dialog.count()) > 0)
      await succeed()
        .click({ timeout: 1_000 })
        .catch(() => undefined)
  }
  await answerAll()
  await wallet.page
    .frames()[1]
    ?.evaluate(
      `window.answered = []; for (const name of ['getLocationCity', 'getSystemInfo']) upsdk[name]({ success: () => answered.push(name) })`,
    )
  await expect
    .poll(async () => {
      await answerAll()
      return wallet.page.frames()[1]?.evaluate('answered')
    })
    .toEqual(['getLocationCity', 'getSystemInfo'])
  await panel.getByRole('checkbox', { name: '每一次桥调用都问我怎么答' }).uncheck()
  await expect.poll(async () => (await stage.world.control.state()).bridge).toEqual({})
})

test('the desk speaks English, and keeps to it', async () => {
  const { wallet } = await atTheDesk()
  await wallet.page.getByRole('button', { name: 'EN', exact: true }).click()
  await wallet.page.getByRole('button', { name: 'Panel', exact: true }).click()
  await wallet.page.reload()
  const shop = wallet.page.getByRole('complementary', { name: 'Shop' })
  await shop.getByRole('button', { name: /^Take a drink ?¥3\.50/ }).waitFor()
  await wallet.page.getByRole('button', { name: 'Panel', exact: true }).click()
  const panel = wallet.page.getByRole('complementary', { name: 'Control panel' })
  await panel.getByText('Termination notices').waitFor()
  const headings = await panel.locator('summary b').allTextContents()
  expect(headings.filter((text) => /[一-鿿]/.test(text))).toEqual([])
})

test('the phone can be set to dark and back, whatever the computer is', async () => {
  const { wallet } = await atTheDesk()
  await wallet.openH5()
  await wallet.h5.getByText('无人货柜开门即购').first().waitFor()
  type Page = { getComputedStyle(of: unknown): { backgroundColor: string } }
  const ground = () =>
    wallet.h5
      .locator('html')
      .evaluate(
        (html: unknown) => (globalThis as unknown as Page).getComputedStyle(html).backgroundColor,
      )
  const light = await ground()
  const panel = await wallet.openPanel()
  const appearance = panel
    .getByRole('group', { name: '外观' })
    .or(panel.getByRole('radiogroup', { name: '外观' }))
  await appearance.getByText('深色').click()
  await expect.poll(ground).not.toBe(light)
  await appearance.getByText('随电脑').click()
  await expect.poll(ground).toBe(light)
})

test('size and text size of the phone can be chosen, and the mouse is a finger in it', async () => {
  const { wallet } = await atTheDesk()
  const panel = await wallet.openPanel()
  const choose = (group: string, name: string) =>
    panel.getByRole('group', { name: group }).getByRole('button', { name, exact: true }).click()
  await choose('尺寸', '375×667')
  await wallet.openH5()
  await wallet.h5.getByText('无人货柜开门即购').first().waitFor()
  const inPage = (expression: string) => wallet.page.frames()[1]?.evaluate(expression)
  expect(await inPage('innerWidth')).toBe(375)
  await choose('尺寸', '430×932')
  await expect.poll(() => inPage('innerWidth')).toBe(430)

  const size = () => inPage(`parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)`)
  const usual = Number(await size())
  await choose('字号', '200 %')
  await expect.poll(size).toBe(usual * 2)
  expect(await inPage('document.documentElement.scrollWidth - innerWidth')).toBe(0)
  await wallet.h5.getByRole('link', { name: '隐私说明' }).click()
  await wallet.h5.getByRole('heading', { name: '隐私说明' }).first().waitFor()
  await expect.poll(size).toBe(usual * 2)
  await choose('字号', '100 %')
  await expect.poll(size).toBe(usual)

  await wallet.back()
  const heading = wallet.h5.getByRole('heading', { name: '签约一次，之后自动付款' })
  await heading.waitFor()
  await inPage(`void document.addEventListener('touchstart', () => (window.touched = true), true)`)
  await heading.click()
  expect(await inPage('window.touched')).toBe(true)
})

test('the desk as it stands goes into a link: platform, size, text size, colours', async () => {
  const { wallet, clipboard } = await atTheDesk()
  await stage.switchUntilEnd({ personality: 'android' })
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
    .poll(async () => (await stage.world.control.state()).settings.personality)
    .toBe('harmonyos')
  await panel.getByText('场景', { exact: true }).click()
  await panel.getByRole('button', { name: '把现在的设定复制为链接' }).click()
  await expect.poll(clipboard).toContain('/#scenario=')
  const link = await clipboard()
  await stage.world.control.change({ personality: 'android' })

  const colleague = await wallet.context.newPage()
  await colleague.goto(link)
  await colleague.getByRole('button', { name: '开始', exact: true }).click()
  await colleague
    .frameLocator('iframe')
    .getByRole('heading', { name: '签约一次，之后自动付款' })
    .waitFor()
  const shown = () =>
    colleague
      .frames()[1]
      ?.evaluate(
        '[innerWidth, document.documentElement.style.fontSize, document.documentElement.style.colorScheme]',
      )
  await expect.poll(shown).toEqual([430, '200%', 'dark'])
  expect((await stage.world.control.state()).settings.personality).toBe('harmonyos')
})
