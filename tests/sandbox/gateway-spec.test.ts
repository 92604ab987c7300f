import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { firstMerchant, openPfx, secondMerchant, type Fields } from '../support/gateway-caller.ts'
import { splitAnswer } from '../support/gateway-verifier.ts'
import { startGatewayWorld, type GatewayWorld } from '../support/gateway-world.ts'

let world: GatewayWorld
beforeAll(async () => void (world = await startGatewayWorld()))
beforeEach(() => world.begin())
afterAll(() => world.stop())

const nothingMoved = async () => expect(await world.gateway.ledger()).toEqual([])
const refused = (code: string, name: string) => ({
  respCode: code,
  respMsg: expect.stringMatching(new RegExp(`：.*${name}.*\\[\\d{7}\\]$`)),
})

const envelope = [
  'version',
  'encoding',
  'signMethod',
  'txnType',
  'txnSubType',
  'bizType',
  'accessType',
  'merId',
  'txnTime',
]
const tables = {
  charge: [
    ...envelope,
    'channelType',
    'orderId',
    'txnAmt',
    'currencyCode',
    'backUrl',
    'tokenPayData',
  ],
  refund: [...envelope, 'channelType', 'orderId', 'txnAmt', 'backUrl', 'origQryId'],
  cancel: [...envelope, 'channelType', 'orderId', 'txnAmt', 'backUrl', 'origQryId'],
  certificate: [...envelope, 'channelType', 'orderId', 'certType'],
  query: [...envelope, 'orderId'],
}
type Name = keyof typeof tables
const send = async (name: Name, change: Record<string, string | undefined>) => {
  const { merchant, contract_id } = world
  const query_id = '202611230000000000018'
  if (name === 'charge') return merchant.charge(contract_id, 350, change)
  if (name === 'certificate') return merchant.certificate(change)
  if (name === 'query')
    return merchant.query(
      {
        fields: {
          orderId: 'NOSUCHORDER1',
          txnTime: await merchant.beijing(),
          merId: firstMerchant,
        },
      },
      change,
    )
  return merchant.requestRefund(name, query_id, 350, change)
}

test.each(
  Object.entries(tables).flatMap(([name, fields]) =>
    fields.map((field) => [name as Name, field] as const),
  ),
)('a request %s without %s is 13, and the answer names the field', async (name, field) => {
  const { answer } = await send(name, {
    [field]: undefined,
    ...(field === 'signMethod' ? { signature: 'AAAA' } : {}),
  })
  expect(answer).toMatchObject(refused('13', field))
  expect(world.verify(answer).problem).toBeNull()
  expect(answer).not.toHaveProperty('queryId')
  await nothingMoved()
})

test.each([
  ['version', '6.0.0'],
  ['encoding', 'GBK'],
  ['signMethod', '22'],
  ['bizType', '9'],
  ['channelType', '05'],
  ['accessType', '3'],
  ['merId', '8983'],
  ['orderId', 'A-B_C12345'],
  ['orderId', 'SHORT7x'],
  ['orderId', 'X'.repeat(33)],
  ['txnTime', '2026-11-22'],
  ['txnTime', '20261301000000'],
  ['txnTime', '20260231120000'],
  ['txnAmt', '0'],
  ['txnAmt', '1.5'],
  ['txnAmt', '0350'],
  ['txnAmt', '-1'],
  ['txnAmt', '1234567890123'],
  ['currencyCode', '840'],
  ['backUrl', 'nowhere'],
  ['backUrl', `http://x/${'a'.repeat(256)}`],
  ['tokenPayData', 'token=1'],
  ['tokenPayData', '{token}'],
  ['reqReserved', 'x'.repeat(1_025)],
  ['orderDesc', ''],
  ['signature', '签名'],
])('a charge whose %s is "%s" is 10, and the answer names the field', async (field, value) => {
  const { answer } = await send('charge', { [field]: value })
  expect(answer).toMatchObject(refused('10', field))
  await nothingMoved()
})

test.each([
  ['1', 'acqInsCode'],
  ['2', 'subMerId'],
])('accessType %s makes %s required', async (accessType, field) => {
  expect((await send('charge', { accessType })).answer).toMatchObject(refused('13', field))
})

test('a txnTime of another time zone is 10', async () => {
  const utc = new Date().toISOString().slice(0, 19).replace(/\D/g, '')
  expect((await send('charge', { txnTime: utc })).answer).toMatchObject(refused('10', 'txnTime'))
})

test('a query is accepted under any bizType that clients use, a certificate request under the generic one', async () => {
  expect((await send('query', { bizType: '000999' })).answer).toMatchObject(
    refused('10', 'bizType'),
  )
  for (const bizType of ['000000', '000201', '000301', '000501', '000802', '000902'])
    expect((await send('query', { bizType })).answer.respCode).toMatch(/^(34|37)$/) // unknown, or queried too often
  expect((await send('certificate', { bizType: '000902' })).answer).toMatchObject(
    refused('10', 'bizType'),
  )
})

test('origOrderId with origTxnTime names the original too; one of them alone does not', async () => {
  const { fields, queryId } = await world.paid()
  const by = { origQryId: undefined, origOrderId: fields.orderId, origTxnTime: fields.txnTime }
  expect(
    (await world.merchant.requestRefund('refund', queryId, 100, { ...by, origTxnTime: undefined }))
      .answer,
  ).toMatchObject(refused('13', 'origTxnTime'))
  expect(
    (
      await world.merchant.requestRefund('refund', queryId, 100, {
        ...by,
        origTxnTime: '20260101000000',
      })
    ).answer.respCode,
  ).toBe('36')
  expect((await world.merchant.requestRefund('refund', queryId, 100, by)).answer.respCode).toBe(
    '00',
  )
})

test.each([
  ['an unregistered merchant', '31', { merId: '999999999999999' }],
  ["a certId that is not the merchant's", '11', { certId: '69903319369' }],
  ['a certId in hexadecimal', '10', { certId: '10AB' }],
  ['no certId', '13', { certId: undefined }],
  ['a wrong signature', '11', { signature: 'AAAA' }],
] as const)('%s is %s', async (_what, code, change) => {
  const { merchant, contract_id } = world
  const signed = merchant.signFields(await merchant.chargeFields(contract_id, 350))
  const changed = JSON.parse(JSON.stringify({ ...signed, ...change })) as Fields // leaves undefined out
  expect((await merchant.send('backTransReq.do', changed)).answer.respCode).toBe(code)
  await nothingMoved()
})

test('a transaction that the address does not take is 32', async () => {
  const { merchant, contract_id } = world
  expect(
    (await merchant.charge(contract_id, 350, { txnType: '79', txnSubType: '00' })).answer.respCode,
  ).toBe('32')
  expect(
    (await merchant.send('queryTrans.do', await merchant.chargeFields(contract_id, 350))).answer
      .respCode,
  ).toBe('32')
  await nothingMoved()
})

test("one merchant's signature is not valid for another merchant, and one changed character is detected", async () => {
  const { merchant, contract_id, sandbox } = world
  const other = openPfx(`${sandbox.settings.data_dir}/acp/merchant-${secondMerchant}.pfx`)
  const signed = merchant.signFields({
    ...(await merchant.chargeFields(contract_id, 350)),
    merId: secondMerchant,
  })
  expect(signed.certId).toBe(other.certId)
  expect(
    (await merchant.send('backTransReq.do', { ...signed, merId: firstMerchant })).answer,
  ).toMatchObject(refused('11', 'certId'))
  const own = merchant.signFields(await merchant.chargeFields(contract_id, 350))
  for (const field of ['txnAmt', 'orderId', 'backUrl']) {
    expect(
      (await merchant.send('backTransReq.do', { ...own, [field]: `${own[field]}1` })).answer,
    ).toMatchObject(refused('11', 'signature'))
  }
  await nothingMoved()
})

test('a body that is no form, repeats a name, or was not URL-encoded is refused', async () => {
  const { merchant, contract_id } = world
  const signed = merchant.signFields(await merchant.chargeFields(contract_id, 350))
  const form = new URLSearchParams(signed).toString()
  const codeOf = async (body: string, headers = {}) =>
    splitAnswer(await (await merchant.post('backTransReq.do', body, headers)).text()).respCode
  expect(await codeOf(JSON.stringify(signed), { 'content-type': 'application/json' })).toBe('10')
  expect(await codeOf(`${form}&txnAmt=1`)).toBe('10')
  expect(await codeOf(`${form}&x=%E0%A4%A`)).toBe('10')
  expect(await codeOf('')).toBe('13')
  const raw = Object.entries({ ...signed, signature: `+${signed.signature?.slice(1)}` })
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
  expect(['10', '11']).toContain(await codeOf(raw))
  await nothingMoved()
})

test('the gateway answers no other methods and addresses', async () => {
  expect((await fetch(`${world.sandbox.url}/gateway/api/backTransReq.do`)).status).toBe(404)
  expect((await world.merchant.post('frontTransReq.do', '')).status).toBe(404)
})
