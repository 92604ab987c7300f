import { AxeBuilder } from '@axe-core/playwright'
import { expect, onTestFinished, test } from 'vitest'
import { createOperator, password } from '../support/operator.ts'
import { setStage } from '../support/stage.ts'
import { plan } from '../support/world.ts'

const stage = setStage()

async function openConsole(colorScheme: 'light' | 'dark' = 'light', width = 1280) {
  const context = await stage.browser.newContext({ viewport: { width, height: 900 }, colorScheme })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  await page.goto(`${stage.world.url}/console`)
  await page.getByLabel('用户名').fill('anna')
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByRole('listitem').getByText('成功率').waitFor()
  return page
}

test('附录1 is filled from the plan catalogue, completed by hand, and becomes one A4 page', async () => {
  await createOperator(stage.world.url, stage.world.database, 'anna', 'viewer')
  const page = await openConsole('dark')
  await page.getByRole('link', { name: '套餐' }).click()
  await page
    .locator('section', { hasText: '地铁先乘后付' })
    .getByRole('link', { name: '申请表（附录1）' })
    .click()
  const row = (name: string) => page.getByRole('row', { name }).getByRole('cell')
  for (const [name, answer] of [
    ['接入方简称', '青禾地铁'],
    ['签约模板标题', '地铁先乘后付'],
    ['签约套餐内容', '进出站扫乘车码，出站后按里程扣款。单笔不超过 20 元，每日不超过 100 元。'],
    ['单用户单笔限额', '20.00 元'],
    ['单用户单日限额', '100.00 元'],
    ['签约时需绑信用卡', '☐ 是☑ 否'],
    ['校验手机号', '☐ 是☑ 否'],
    ['校验身份证号', '☐ 是☑ 否'],
    ['银联垫付', '☑ 是☐ 否原因：离线乘车，出站时无法联机扣款'],
    ['固定商户号扣款', '☐ 是☑ 否原因：各线路运营公司使用各自的商户号'],
    ['解约结果通知地址', 'https://pay.example.com/notify/termination'],
  ])
    expect((await row(name ?? '').innerText()).replaceAll(/\s*\n\s*/g, ''), name).toBe(answer)
  await page.getByLabel('填写人').fill('王芳')
  await page.getByLabel('填写时间').fill('2026-11-23')
  await page.getByLabel('申请方').fill('青禾便民科技有限公司')
  await page.getByLabel('联系方式').fill('13800000000')
  await page.getByLabel('变更').check()
  expect(await row('模板编号').innerText()).toBe(plan.metro)

  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  expect(await page.getByRole('navigation').isVisible()).toBe(false)
  expect(await page.getByRole('button', { name: '打印或存为 PDF' }).isVisible()).toBe(false)
  expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(
    'rgb(255, 255, 255)',
  )
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  expect(pdf).toMatch(/^%PDF-/)
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
  expect(
    pdf
      .match(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/)
      ?.slice(1)
      .map((points) => Math.round(Number(points))),
  ).toEqual([595, 842])
})

test.each([
  ['light', 1280],
  ['dark', 360],
] as const)(
  'no form has an accessibility violation or is wider than its window (%s, %i px)',
  async (colorScheme, width) => {
    const page = await openConsole(colorScheme, width)
    for (const plan_id of [plan.metro, plan.vending]) {
      await page.goto(`${stage.world.url}/console/#/plans/${plan_id}/form`)
      await page.getByRole('table').waitFor()
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html ?? ''}`)).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(
        true,
      )
    }
    await page.goto(`${stage.world.url}/console/#/plans/none/form`)
    await page.getByText('套餐目录里没有这个 plan_id').waitFor()
  },
)
