import { expect, test } from './test.ts'

const merchant = '898310148160568'
const entry = {
  kind: 'charge',
  order_id: 'ORDER00000000012345678',
  merchant,
  amount_fen: 350,
  advanced: false,
  booked_at: '2026-11-22T04:00:00.000Z',
  clearing_day: '2026-11-22',
  card: null,
}
const plantedIn = async (url: string): Promise<unknown> =>
  ((await (await fetch(`${url}/_control/statements/plants`)).json()) as { plants: unknown }).plants

for (const viewport of [
  { width: 1280, height: 900 },
  { width: 360, height: 640 },
]) {
  test(`breaks of the statement are added and removed on the panel (${viewport.width})`, async ({
    openContext,
    sandbox_url,
  }) => {
    const page = await (await openContext({ viewport })).newPage()
    await page.route('**/_control/ledger', (route) => route.fulfill({ json: { entries: [entry] } }))
    await page.goto(`${sandbox_url}/`)
    await page.getByRole('button', { name: '面板', exact: true }).click()
    const section = page.locator('details', { has: page.getByText('对账单', { exact: true }) })
    await section.locator('summary').click()
    await section.getByRole('button', { name: '金额加 1 元' }).click()
    await expect(section.getByText('金额加 1 元 · 12345678')).toBeVisible()
    await section.getByRole('button', { name: '迟迟不来' }).click()
    await expect(section.getByText('已设 2 处差异')).toBeVisible()
    expect(await plantedIn(sandbox_url)).toEqual([
      { kind: 'amount', order_id: entry.order_id, amount_fen: 450 },
      { kind: 'late', day: '2026-11-22', merchant },
    ])
    if (process.env['SHOTS'])
      await page.screenshot({ path: `${process.env['SHOTS']}/statement-${viewport.width}.png` })
    await section.getByRole('button', { name: '全部清除' }).click()
    await expect.poll(() => plantedIn(sandbox_url)).toEqual([])
  })
}
