import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Fixtures } from '../browser/test.ts'
import { createOperator, password } from '../support/operator.ts'
import { plan } from '../support/world.ts'

async function openConsole(
  { world, openContext }: Pick<Fixtures, 'world' | 'openContext'>,
  options: { width?: number; colorScheme?: 'dark' },
) {
  const { width = 1280, ...more } = options
  const context = await openContext({ viewport: { width, height: 900 }, ...more })
  const page = await context.newPage()
  await page.goto(`${world.url}/console`)
  await page.getByLabel('用户名').fill('anna')
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: '登录' }).click()
  await expect(page.getByRole('listitem').getByText('成功率')).toBeVisible()
  return page
}

test.beforeAll(({ world }) => createOperator(world.url, world.database, 'anna', 'viewer'))

test('附录1 is filled from the plan catalogue, completed by hand and printed on one A4 page', async ({
  world,
  openContext,
}) => {
  const page = await openConsole({ world, openContext }, { colorScheme: 'dark' })
  await page.getByRole('link', { name: '签约模板' }).click()
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
  await expect(row('模板编号')).toHaveText(plan.metro)

  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  await expect(page.getByRole('navigation')).toBeHidden()
  await expect(page.getByRole('button', { name: '打印或存为 PDF' })).toBeHidden()
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
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

test(
  'no form has an accessibility violation or is wider than its window',
  { tag: '@dark' },
  async ({ world, openContext, viewport }) => {
    const page = await openConsole({ world, openContext }, { width: viewport?.width ?? 1280 })
    for (const plan_id of [plan.metro, plan.vending]) {
      await page.goto(`${world.url}/console/#/plans/${plan_id}/form`)
      await expect(page.getByRole('table')).toBeVisible()
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html ?? ''}`)).toEqual([])
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
      ).toBe(true)
    }
    await page.goto(`${world.url}/console/#/plans/none/form`)
    await expect(page.getByText('没有找到这个签约模板')).toBeVisible()
  },
)
