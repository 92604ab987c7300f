import { createServer, type IncomingHttpHeaders } from 'node:http'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { products } from '../../examples/shop/products.ts'
import { createCaller, retailPlan } from '../support/open-platform-caller.ts'
import { startSandbox, type RunningSandbox } from '../support/sandbox.ts'

/** Stands in for the merchant server: records the shop's requests, answers a pending charge. */
const asked: { method: string; url: string; headers: IncomingHttpHeaders; body: string }[] = []
const server = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk: Buffer) => void (body += chunk.toString('utf8')))
  request.on('end', () => {
    asked.push({
      method: request.method ?? '',
      url: request.url ?? '',
      headers: request.headers,
      body,
    })
    response
      .writeHead(201, { 'content-type': 'application/json' })
      .end(JSON.stringify({ charge_id: 'ch1', status: 'pending' }))
  })
})

let sandbox: RunningSandbox
let folder: string
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const bound = server.address()
  folder = await mkdtemp(join(tmpdir(), 'wugan-shop-'))
  sandbox = await startSandbox({
    shop_server_url: `http://localhost:${typeof bound === 'object' && bound ? bound.port : 0}`,
    shop_key_file: join(folder, 'key'),
  })
  await writeFile(sandbox.settings.shop_key_file as string, 'shop-key\n')
})
beforeEach(async () => {
  asked.length = 0
  await sandbox.control.reset()
})
afterAll(async () => {
  await sandbox.stop()
  await new Promise((resolve) => server.close(resolve))
  await rm(folder, { recursive: true })
})

const page = async (path: string, body?: unknown) => {
  const answer = await fetch(
    `${sandbox.url}/_pages/shop${path}`,
    body === undefined
      ? {}
      : {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        },
  )
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}
const sign = async (): Promise<string> => {
  const merchant = createCaller(sandbox.url, sandbox.control)
  await merchant.refresh()
  return (await merchant.sign('wallet-1', retailPlan)).contract_id
}

test('every use of the manual is a product, and each group has one with a full implementation', () => {
  expect(new Set(products.map((one) => one.use))).toEqual(
    new Set([
      '公交码',
      '地铁',
      '打车',
      '无感停车',
      '无感高速',
      '无感加油',
      '无人超市',
      '无人货柜',
      '无感结账',
      '公缴自动代扣',
      '会员自动续期',
    ]),
  )
  const worked_out = new Set(
    products.filter((one) => one.scene !== null && one.plan_id !== null).map((one) => one.group),
  )
  expect(worked_out).toEqual(new Set(['交通出行', '车主服务', '智慧零售', '生活缴费']))
})

test('a product says whether this wallet has signed for it', async () => {
  const contract_id = await sign()
  const { body } = await page('/products')
  expect(body.products).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ product_id: 'drink', signed: true, contract_id }),
      expect.objectContaining({ product_id: 'water', signed: false, contract_id: null }),
    ]),
  )
})

test('buying a drink requests the charge from the merchant server, as a back end would', async () => {
  const contract_id = await sign()
  const { status, body } = await page('/buy', { product_id: 'drink' })
  expect([status, body]).toMatchObject([
    201,
    { charge_id: 'ch1', product_id: 'drink', purchase_id: expect.any(String) },
  ])
  const [charge] = asked
  expect(charge).toMatchObject({ method: 'POST', url: '/v1/charges' })
  expect(charge?.headers).toMatchObject({
    authorization: 'Bearer shop-key',
    'idempotency-key': body.purchase_id,
  })
  expect(JSON.parse(charge?.body ?? '')).toEqual({
    contract_id,
    merchant_order_no: expect.stringMatching(/^SHOP\d{20}$/),
    amount_fen: 350,
    description: '乌龙茶 500 毫升',
    merchant_no: '898310148160568',
  })
})

test('a repeated purchase sends the same key and the same number', async () => {
  await sign()
  for (const _press of [1, 2])
    await page('/buy', { product_id: 'drink', purchase_id: 'press-0001' })
  expect(asked[0]?.headers['idempotency-key']).toBe(asked[1]?.headers['idempotency-key'])
  expect(asked[0]?.body).toBe(asked[1]?.body)
})

test('a native user is named by user_id and plan_id', async () => {
  await page('/buy', { product_id: 'membership', user_id: 'metro-7', amount_fen: 1_200 })
  expect(JSON.parse(asked[0]?.body ?? '')).toMatchObject({
    user_id: 'metro-7',
    plan_id: 'a1f0c3d2e4b5968778695a4b3c2d1e05',
    amount_fen: 1_200,
  })
})

test('an unknown product, one without a plan, and one without a contract never reach the merchant', async () => {
  expect(await page('/buy', { product_id: 'nothing' })).toMatchObject({
    status: 404,
    body: { error: 'unknown_product' },
  })
  expect(await page('/buy', { product_id: 'taxi_ride' })).toMatchObject({
    status: 409,
    body: { error: 'no_plan' },
  })
  expect(await page('/buy', { product_id: 'drink' })).toMatchObject({
    status: 409,
    body: { error: 'not_signed', plan_id: retailPlan },
  })
  expect(asked).toEqual([])
})
