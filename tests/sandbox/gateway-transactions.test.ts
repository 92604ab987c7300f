import { X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startGatewayWorld, type GatewayWorld } from '../support/gateway-world.ts'

let world: GatewayWorld
beforeAll(async () => void (world = await startGatewayWorld()))
beforeEach(() => world.begin())
afterAll(() => world.stop())
const afterFiveMinutes = () => world.control.advance(301_000)

test('a charge is accepted, booked, notified, and found by a query: every message signed', async () => {
  const { merchant, contract_id } = world
  const charge = await merchant.charge(contract_id, 350, { reqReserved: '柜 12' })
  expect(charge.answer).toMatchObject({
    respCode: '00',
    respMsg: '成功[0000000]',
    txnType: '01',
    txnSubType: '01',
    bizType: '000902',
    accessType: '0',
    version: '5.1.0',
    signMethod: '01',
    merId: charge.fields.merId,
    orderId: charge.fields.orderId,
    txnTime: charge.fields.txnTime,
    txnAmt: '350',
    currencyCode: '156',
    queryId: expect.stringMatching(/^\d{21}$/),
    reqReserved: '柜 12',
  })
  expect(world.verify(charge.answer)).toEqual({ valid: true, problem: null })
  const [notified] = await world.notified()
  expect(notified).toMatchObject({
    respCode: '00',
    txnType: '01',
    merId: charge.fields.merId,
    orderId: charge.fields.orderId,
    txnTime: charge.fields.txnTime,
    txnAmt: '350',
    currencyCode: '156',
    queryId: charge.answer.queryId,
    settleAmt: '350',
    settleCurrencyCode: '156',
    settleDate: expect.stringMatching(/^\d{4}$/),
    traceNo: expect.stringMatching(/^\d{6}$/),
    traceTime: expect.stringMatching(/^\d{10}$/),
    reqReserved: '柜 12',
  })
  expect(world.verify(notified ?? {}).problem).toBeNull()
  expect(world.shop.received[0]).toMatchObject({
    method: 'POST',
    content_type: expect.stringContaining('application/x-www-form-urlencoded'),
  })
  await afterFiveMinutes()
  const query = await merchant.query(charge)
  expect(query.answer).toMatchObject({
    respCode: '00',
    origRespCode: '00',
    txnType: '01',
    bizType: '000000',
    orderId: charge.fields.orderId,
    queryId: charge.answer.queryId,
    txnAmt: '350',
    settleAmt: '350',
    settleDate: notified?.settleDate,
    reqReserved: '柜 12',
  })
  expect(world.verify(query.answer).problem).toBeNull()
  expect(await world.gateway.ledger()).toMatchObject([
    {
      kind: 'charge',
      order_id: charge.fields.orderId,
      merchant: charge.fields.merId,
      contract_id,
      amount_fen: 350,
      advanced: false,
      card: { bank: '交通银行', last4: '6210' },
      settle_date: notified?.settleDate,
      query_id: charge.answer.queryId,
    },
  ])
})

test('an answer is not form-encoded: raw Base64, raw Chinese, a certificate with CRLF inside and none at its end', async () => {
  const { body, status } = await world.merchant.charge(world.contract_id)
  expect(status).toBe(200)
  const pem =
    /signPubKeyCert=(-----BEGIN CERTIFICATE-----\r\n[^]+?\r\n-----END CERTIFICATE-----)&/.exec(
      body,
    )?.[1] ?? ''
  expect(pem.replaceAll('\r\n', '')).not.toContain('\n')
  expect(new X509Certificate(pem).subject).toContain('中国银联股份有限公司@0001')
  expect(body).toContain('respMsg=成功[0000000]')
  expect(body).not.toMatch(/%2B|%3D/)
})

test.each(['11', '12'])(
  'signMethod %s: the answer and the notification are signed with the shared key and carry no certificate',
  async (signMethod) => {
    const { answer } = await world.merchant.charge(world.contract_id, 350, { signMethod })
    const [notified] = await world.notified()
    for (const message of [answer, notified ?? {}]) {
      expect(message).toMatchObject({ respCode: '00', signMethod })
      expect(message).not.toHaveProperty('signPubKeyCert')
      expect(world.verify(message).problem).toBeNull()
    }
  },
)

test('5.0.0 by switch: SHA-1, and the number of the certificate in place of the certificate', async () => {
  await world.control.change({ gateway_version: '5.0.0' })
  const { answer } = await world.merchant.charge(world.contract_id)
  expect(answer).toMatchObject({ version: '5.0.0', certId: expect.stringMatching(/^\d{20,}$/) })
  expect(answer).not.toHaveProperty('signPubKeyCert')
  expect(world.verify(answer).problem).toBeNull()
})

test("the answer repeats the merchant's spelling of the encoding, and that spelling is signed", async () => {
  const { answer } = await world.merchant.charge(world.contract_id, 350, { encoding: 'utf-8' })
  expect(answer.encoding).toBe('utf-8')
  expect(world.verify(answer).problem).toBeNull()
})

test('by switch a signature comes without padding and the inner code in full-width brackets', async () => {
  await world.control.change({ signature_padding: false, message_brackets: 'full_width' })
  const { answer } = await world.merchant.charge(world.contract_id)
  expect(answer.signature).not.toMatch(/=$/)
  expect(answer.respMsg).toBe('成功［0000000］')
  expect(world.verify(answer).problem).toBeNull()
})

test.each([
  ['absent', undefined],
  ['masked', /^6216\*+6210$/],
  ['plain', /^\d{19}$/],
  ['encrypted', /^[0-9A-Za-z+/]{342}==$/],
] as const)('accNo in a notification is %s by switch', async (notice_acc_no, form) => {
  await world.control.change({ notice_acc_no })
  await world.merchant.charge(world.contract_id)
  const [notified] = await world.notified()
  if (form === undefined) expect(notified?.accNo).toBeUndefined()
  else expect(notified?.accNo).toMatch(form)
  expect(world.verify(notified ?? {}).problem).toBeNull()
})

test.each(['refund', 'cancel'] as const)(
  "a %s is accepted, notified and found: a new queryId, with the original's",
  async (kind) => {
    const { queryId } = await world.paid(350)
    const back = await world.merchant.requestRefund(kind, queryId, 350)
    expect(back.answer).toMatchObject({
      respCode: '00',
      txnType: kind === 'refund' ? '04' : '31',
      txnSubType: '00',
      origQryId: queryId,
      txnAmt: '350',
    })
    expect(back.answer.queryId).not.toBe(queryId)
    expect(world.verify(back.answer).problem).toBeNull()
    const notified = (await world.notified(2)).find((one) => one.orderId === back.fields.orderId)
    expect(notified).toMatchObject({
      respCode: '00',
      origQryId: queryId,
      queryId: back.answer.queryId,
      txnAmt: '350',
    })
    expect(world.verify(notified ?? {}).problem).toBeNull()
    await afterFiveMinutes()
    expect((await world.merchant.query(back)).answer).toMatchObject({
      respCode: '00',
      origRespCode: '00',
      txnType: kind === 'refund' ? '04' : '31',
      origQryId: queryId,
    })
  },
)

test('the gateway returns the encryption certificate', async () => {
  const { answer } = await world.merchant.certificate()
  expect(answer).toMatchObject({ respCode: '00', certType: '01', txnType: '95' })
  expect(new X509Certificate(answer.encryptPubKeyCert ?? '').subject).toContain('SANDBOX:ENC')
  expect(world.verify(answer).problem).toBeNull()
})

test('a query works by queryId, and answers for an unknown order, another txnTime, and an order in progress', async () => {
  const { merchant } = world
  const { queryId, fields } = await world.paid()
  await world.gateway.addRule({
    match: { transaction: 'charge' },
    effect: { kind: 'plain', book_after_ms: null },
  })
  const pending = await merchant.charge(world.contract_id)
  await afterFiveMinutes()
  expect(
    (await merchant.query({ fields }, { orderId: undefined, txnSubType: '02', queryId })).answer,
  ).toMatchObject({ respCode: '00', origRespCode: '00' })
  const unknown = await merchant.query({ fields: { ...fields, orderId: 'NOSUCHORDER1' } })
  expect(unknown.answer).toMatchObject({ respCode: '34', txnType: '00' })
  expect(unknown.answer).not.toHaveProperty('origRespCode')
  expect((await merchant.query(pending)).answer).toMatchObject({
    respCode: '00',
    origRespCode: '05',
    settleAmt: '0',
  })
  await afterFiveMinutes()
  expect((await merchant.query(pending, { txnTime: '20260101000000' })).answer.respCode).toBe('34')
  await afterFiveMinutes()
  expect((await merchant.query(pending)).answer).not.toHaveProperty('queryId')
})
