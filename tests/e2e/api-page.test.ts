import { expect, test } from '../browser/test.ts'

test('a developer reads the operations by group, looks up an error code and calls the running server with a key, and nothing comes from elsewhere', async ({
  world,
  openContext,
}) => {
  const page = await (await openContext({ viewport: { width: 1280, height: 900 } })).newPage()
  const asked: string[] = []
  const complaints: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  await page.goto(`${world.url}/docs`)
  await expect(page.locator('h3[data-tag]')).toHaveText([
    /^Charges/,
    /^Refunds/,
    /^Contracts/,
    /^Signings/,
    /^Plans/,
    /^Debit notices/,
    /^Reconciliation/,
    /^Webhooks/,
    /^Notifications of UnionPay/,
    /^Health/,
  ])
  const code = page.getByRole('cell', { name: 'idempotency_key_reused' })
  await expect(code).toBeHidden()
  await page.getByText(/^Error codes/).click()
  await expect(code).toBeVisible()

  await page.getByRole('button', { name: 'Authorize' }).click()
  await page.locator('#auth-bearer-value').fill(await world.key(['read']))
  await page.getByRole('button', { name: 'Apply credentials' }).click()
  await page.getByRole('button', { name: 'Close', exact: true }).click()
  const plans = page.locator('#operations-Plans-listPlans')
  await plans.locator('.opblock-summary-control').click()
  await plans.getByRole('button', { name: 'Try it out' }).click()
  await plans.getByRole('button', { name: 'Execute' }).click()
  const answer = plans.locator('.live-responses-table')
  await expect(answer.locator('tbody .response-col_status').first()).toHaveText('200')
  await expect(answer).toContainText('无人货柜开门即购')

  expect(complaints).toEqual([])
  expect(asked.filter((url) => !url.startsWith(world.url) && !url.startsWith('data:'))).toEqual([])
})
