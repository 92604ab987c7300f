import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { constants, publicEncrypt } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { maskAccount } from '../../../server/unionpay/gateway/account.ts'
import { certificateOf } from '../../../server/unionpay/gateway/certificate.ts'
import { createGateway, type Gateway } from '../../../server/unionpay/gateway/gateway.ts'
import type { Merchant } from '../../../server/unionpay/gateway/keys.ts'
import { callGateway } from '../../../server/unionpay/gateway/operation.ts'
import { readPayment } from '../../../server/unionpay/gateway/payment.ts'
import { builtInProfiles } from '../../../server/unionpay/gateway/profile/built-in.ts'
import type {
  ChargeProfile,
  Codes,
} from '../../../server/unionpay/gateway/profile/charge-profile.ts'
import { txnTimeOf } from '../../../server/unionpay/gateway/txn-time.ts'
import { cancelCharge } from '../../../server/unionpay/operations/cancel-charge.ts'
import { charge } from '../../../server/unionpay/operations/charge.ts'
import { encryptionCertificate } from '../../../server/unionpay/operations/encryption-certificate.ts'
import { queryCharge } from '../../../server/unionpay/operations/query-charge.ts'
import { refundCharge } from '../../../server/unionpay/operations/refund-charge.ts'
import {
  asAnswer,
  asForm,
  makeAuthority,
  now,
  paid,
  signAsUnionPay,
} from '../../support/acp-authority.ts'

type Reply =
  | { status?: number; body?: Buffer | string; headers?: Record<string, string> }
  | 'silence'
  | 'reset'
  | 'half'
let authority: ReturnType<typeof makeAuthority>
let signer: ReturnType<ReturnType<typeof makeAuthority>['leaf']>
let merchant: Merchant
let server: Server
let gateway: Gateway
let reply: Reply = 'silence'
let heard: { path: string; type: string; fields: Record<string, string> }[] = []
const calls: { outcome: string; code: string | null }[] = []

beforeAll(async () => {
  authority = makeAuthority()
  signer = authority.leaf()
  const own = certificateOf(authority.leaf({ cn: '898310148160568:SIGN' }).certificate)
  merchant = {
    merchant: '898310148160568',
    certificate: own,
    signing: { method: '01', cert_id: own.cert_id, key: authority.leaf_key },
  }
  server = createServer((request, response) => {
    const parts: Buffer[] = []
    request
      .on('data', (part: Buffer) => parts.push(part))
      .on('end', () => {
        heard.push({
          path: request.url ?? '',
          type: String(request.headers['content-type']),
          fields: Object.fromEntries(new URLSearchParams(Buffer.concat(parts).toString())),
        })
        if (reply === 'silence') return
        if (reply === 'reset') return void request.socket.destroy()
        if (reply === 'half')
          return void response.writeHead(200, { 'content-length': '1000' }).write('respCode=00')
        response.writeHead(reply.status ?? 200, reply.headers).end(reply.body ?? '')
      })
  })
  await new Promise<void>((resolve) => server.listen(4771, 'localhost', resolve))
  gateway = open(`http://localhost:${(server.address() as AddressInfo).port}`)
})
afterAll(async () => {
  await gateway.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})
beforeEach(() => {
  heard = []
})

const open = (base_url: string): Gateway =>
  createGateway({
    base_url,
    merchants: [merchant],
    roots: authority.roots,
    middles: authority.middles,
    owner_rule: 'strict',
    clock: { now: () => now },
    answer_timeout_ms: 400,
    connections: 4,
    onCall: (call) => calls.push(call),
  })
const answerWith = (fields: Record<string, string>): void => {
  reply = { body: asAnswer(signAsUnionPay(fields, signer)) }
}
const [, profile] = builtInProfiles as [ChargeProfile, ChargeProfile]
const order = {
  merchant: '898310148160568',
  order_id: 'T0000000001',
  txn_time: '20261122120000',
  amount_fen: 350,
  back_url: 'https://pay.example.com/notify/payment',
}
const chargeInput = {
  ...order,
  profile,
  values: { contract_id: '6218400000000000001', setting: { tr_id: '62000000001' }, contract: {} },
  order_desc: '可乐 + 薯片',
}
const { settleAmt: _a, settleDate: _d, traceNo: _n, traceTime: _t, ...accepted } = paid

describe('a charge', () => {
  test('is sent as the profile says, signed, URL-encoded, without an empty field', async () => {
    answerWith(accepted)
    await callGateway(gateway, charge, { ...chargeInput, req_reserved: '' })
    const { signature, certId, ...fields } = heard[0]?.fields ?? {}
    expect(heard[0]).toMatchObject({
      path: '/gateway/api/backTransReq.do',
      type: 'application/x-www-form-urlencoded;charset=UTF-8',
    })
    expect(fields).toEqual({
      version: '5.1.0',
      encoding: 'UTF-8',
      accessType: '0',
      signMethod: '01',
      txnType: '01',
      txnSubType: '01',
      bizType: '000902',
      channelType: '07',
      merId: '898310148160568',
      orderId: 'T0000000001',
      txnTime: '20261122120000',
      txnAmt: '350',
      currencyCode: '156',
      backUrl: order.back_url,
      tokenPayData: '{token=6218400000000000001&trId=62000000001&tokenType=01}',
      orderDesc: '可乐 + 薯片',
    })
    expect([certId, Buffer.from(signature ?? '', 'base64').length]).toEqual([
      merchant.certificate?.cert_id,
      256,
    ])
  })
  test('that is answered 00 is accepted, not paid', async () => {
    answerWith(accepted)
    expect(await callGateway(gateway, charge, chargeInput)).toMatchObject({
      kind: 'accepted',
      code: '00',
      query_id: paid.queryId,
      ruling: { treatment: 'accepted' },
    })
    expect(calls.at(-1)).toMatchObject({ outcome: 'answer', code: '00', order_id: 'T0000000001' })
  })
  test('is refused, or open, by its code', async () => {
    for (const [respCode, kind] of [
      ['64', 'failed'],
      ['89', 'failed'],
      ['03', 'unknown'],
      ['12', 'unknown'],
      ['99', 'unknown'],
      ['QQ', 'unknown'],
    ] as const) {
      answerWith({ ...accepted, respCode, respMsg: `说明[${respCode}]` })
      expect(await callGateway(gateway, charge, chargeInput)).toMatchObject({
        kind,
        code: respCode,
      })
    }
  })
  test.for(['merId', 'orderId', 'txnTime', 'txnType', 'txnAmt', 'currencyCode'])(
    'is open when the verified answer is about another %s',
    async (name) => {
      answerWith({ ...accepted, [name]: '11111111' })
      expect(await callGateway(gateway, charge, chargeInput)).toMatchObject({
        kind: 'unknown',
        why: 'mismatch',
        detail: expect.stringContaining(name),
      })
    },
  )
  test('is not sent when a value is dangerous', async () => {
    expect(
      await callGateway(gateway, charge, {
        ...chargeInput,
        values: { ...chargeInput.values, contract_id: '1&trId=2' },
      }),
    ).toMatchObject({ kind: 'refused', key: 'contract_id' })
    expect(heard).toEqual([])
  })
})

describe('a failed call is a value', () => {
  const cases: [string, () => Reply, string][] = [
    ['silence', () => 'silence', 'timeout'],
    ['half an answer', () => 'half', 'timeout'],
    ['a cut connection', () => 'reset', 'broken_answer'],
    ['an empty body', () => ({ body: '' }), 'broken_answer'],
    ['HTTP 500', () => ({ status: 500, body: 'respCode=00' }), 'broken_answer'],
    ['a redirect', () => ({ status: 302, headers: { location: '/elsewhere' } }), 'broken_answer'],
    ['a web page', () => ({ body: '<html><body>维护中</body></html>' }), 'broken_answer'],
    ['no respCode', () => ({ body: 'a=1&b=2' }), 'broken_answer'],
    ['too much', () => ({ body: `respCode=${'0'.repeat(300_000)}` }), 'broken_answer'],
    ['no signature', () => ({ body: asAnswer(accepted) }), 'bad_signature'],
    [
      'a wrong signature',
      () => ({ body: asAnswer({ ...signAsUnionPay(accepted, signer), txnAmt: '351' }) }),
      'bad_signature',
    ],
    [
      'a foreign certificate',
      () => ({
        body: asAnswer(
          signAsUnionPay(
            accepted,
            authority.leaf({ issuer: authority.foreign_root, key: authority.foreign_key }),
          ),
        ),
      }),
      'bad_signature',
    ],
    [
      'a form-encoded answer',
      () => ({ body: asForm(signAsUnionPay(accepted, signer)) }),
      'bad_signature',
    ],
  ]
  test.for(cases)('%s', async ([, make, why]) => {
    reply = make()
    expect(await callGateway(gateway, charge, chargeInput)).toMatchObject({
      kind: 'unknown',
      why,
      code: null,
    })
    expect(heard).toHaveLength(1)
  })
  test('a refused connection is a value', async () => {
    const nowhere = open('http://localhost:4779')
    expect(await callGateway(nowhere, charge, chargeInput)).toMatchObject({
      kind: 'unknown',
      why: 'not_reached',
    })
    await nowhere.close()
  })
  test('but a merchant without a key is a bug', async () => {
    await expect(gateway.send('/gateway/api/backTransReq.do', { merId: '1' })).rejects.toThrow(
      /no key for merchant 1/,
    )
  })
})

describe('a query', () => {
  const input = { ...order, txn_type: '01', biz_type: '000000' }
  test('names the original order, and reads its state from origRespCode', async () => {
    answerWith({ ...paid, origRespCode: '00', origRespMsg: '成功' })
    expect(await callGateway(gateway, queryCharge, input)).toMatchObject({
      kind: 'state',
      code: '00',
      ruling: { treatment: 'succeeded' },
      settled: { query_id: paid.queryId, settle_date: '1122', settle_amount_fen: 350 },
    })
    expect(heard[0]).toMatchObject({
      path: '/gateway/api/queryTrans.do',
      fields: {
        txnType: '00',
        txnSubType: '00',
        bizType: '000000',
        orderId: 'T0000000001',
        txnTime: '20261122120000',
        merId: order.merchant,
      },
    })
  })
  test('distinguishes in progress, failure, not found, too often and refusal', async () => {
    const { txnAmt: _amount, currencyCode: _currency, ...bare } = accepted
    for (const [fields, found] of [
      [
        { ...bare, origRespCode: '05' },
        { kind: 'state', ruling: { treatment: 'unknown' } },
      ],
      [
        { ...bare, origRespCode: '64' },
        { kind: 'state', ruling: { treatment: 'failed' } },
      ],
      [{ ...bare, respCode: '34', txnType: '00' }, { kind: 'not_found' }],
      [{ ...bare, respCode: '37' }, { kind: 'backs_off' }],
      [
        { ...bare, respCode: '10' },
        { kind: 'failed', code: '10' },
      ],
      [bare, { kind: 'unknown', why: 'broken_answer' }],
      [
        { ...bare, origRespCode: '00' },
        { kind: 'unknown', why: 'mismatch' },
      ],
      [
        { ...paid, origRespCode: '00', txnAmt: '1' },
        { kind: 'unknown', why: 'mismatch' },
      ],
      [
        { ...bare, respCode: '34', txnType: '00', orderId: 'T0000000002' },
        { kind: 'unknown', why: 'mismatch' },
      ],
    ] as const) {
      answerWith(fields)
      expect(await callGateway(gateway, queryCharge, input)).toMatchObject(found)
    }
  })
})

describe('refund, cancel and encryption certificate', () => {
  test('a refund names the charge by queryId, else by number and time; its 00 is accepted', async () => {
    const original = { query_id: paid.queryId, order_id: 'T0000000001', txn_time: '20261122120000' }
    const input = {
      ...order,
      order_id: 'R0000000001',
      amount_fen: 100,
      codes: profile.refund,
      original,
    }
    answerWith({ ...accepted, txnType: '04', orderId: 'R0000000001', txnAmt: '100' })
    expect(await callGateway(gateway, refundCharge, input)).toMatchObject({ kind: 'accepted' })
    await callGateway(gateway, refundCharge, {
      ...input,
      original: { ...original, query_id: null },
    })
    expect(
      heard.map(({ fields: { txnType, origQryId, origOrderId, origTxnTime } }) => [
        txnType,
        origQryId,
        origOrderId,
        origTxnTime,
      ]),
    ).toEqual([
      ['04', paid.queryId, undefined, undefined],
      ['04', undefined, 'T0000000001', '20261122120000'],
    ])
  })
  test('a cancel has codes of its own', async () => {
    answerWith({ ...accepted, txnType: '31', orderId: 'C0000000001' })
    const input = {
      ...order,
      order_id: 'C0000000001',
      codes: profile.cancel as Codes,
      original: { query_id: paid.queryId, order_id: 'T0000000001', txn_time: '20261122120000' },
    }
    expect(await callGateway(gateway, cancelCharge, input)).toMatchObject({ kind: 'accepted' })
    expect(heard[0]?.fields).toMatchObject({ txnType: '31', txnSubType: '00', txnAmt: '350' })
  })
  test('the encryption certificate is read, and garbage is not', async () => {
    const input = { merchant: order.merchant, order_id: 'E0000000001', txn_time: '20261122120000' }
    answerWith({ ...accepted, txnType: '95', encryptPubKeyCert: authority.leaf({ cn: 'ENC' }).pem })
    expect(await callGateway(gateway, encryptionCertificate, input)).toMatchObject({
      kind: 'done',
      certificate: { cn: 'ENC' },
    })
    expect(heard[0]?.fields).toMatchObject({ txnType: '95', txnSubType: '00', certType: '01' })
    answerWith({ ...accepted, txnType: '95', encryptPubKeyCert: 'x' })
    expect(await callGateway(gateway, encryptionCertificate, input)).toMatchObject({
      kind: 'unknown',
      why: 'broken_answer',
    })
    answerWith({ ...accepted, txnType: '95', respCode: '32' })
    expect(await callGateway(gateway, encryptionCertificate, input)).toMatchObject({
      kind: 'failed',
      code: '32',
    })
  })
})

describe('a notification', () => {
  test('is read over the raw body, with the same result each time', () => {
    const message = signAsUnionPay({ ...paid, accNo: '6216***********0018' }, signer)
    const found = gateway.readNotification(asForm(message))
    const again = gateway.readNotification(
      asForm(Object.fromEntries(Object.entries(message).toReversed())),
    )
    if (found.kind !== 'valid') throw new Error(found.why)
    expect(again).toMatchObject({ kind: 'valid', identity: found.identity })
    expect(readPayment(found.fields)).toMatchObject({
      merchant: order.merchant,
      order_id: 'T0000000001',
      txn_type: '01',
      code: '00',
      ruling: { treatment: 'succeeded' },
      settled: { account: '6216***********0018' },
    })
  })
  test('of a failure is as valid as one of success', () => {
    const found = gateway.readNotification(
      asForm(signAsUnionPay({ ...paid, respCode: '73' }, signer)),
    )
    expect(found.kind === 'valid' && readPayment(found.fields)?.ruling.treatment).toBe('failed')
  })
  test('that is forged, mixed, truncated or empty is refused with the reason', () => {
    const message = signAsUnionPay(paid, signer)
    const why = (body: Buffer | string): string => {
      const found = gateway.readNotification(Buffer.from(body))
      return found.kind === 'valid' ? 'valid' : found.why
    }
    const by = (change: Parameters<typeof authority.leaf>[0]) =>
      asForm(signAsUnionPay(paid, authority.leaf(change)))
    const { signature: _s, ...unsigned } = message
    const { signPubKeyCert: _c, ...without } = message
    expect([
      why(asForm({ ...message, txnAmt: '1' })),
      why(asForm({ ...message, from: 'shop' })),
      why(`${asForm(message)}&txnAmt=350`),
      why(asForm(message).subarray(0, 200)),
      why(''),
      why(asForm(unsigned)),
      why(asForm(without)),
      why(by({ issuer: authority.foreign_root, key: authority.foreign_key })),
      why(by({ to: authority.years(-0.1) })),
      why(by({ cn: 'x@y@z@1' })),
      why(asAnswer(message)),
      why(JSON.stringify(message)),
    ]).toEqual([
      'signature_wrong',
      'signature_wrong',
      'repeated_field',
      'signature_missing',
      'not_a_message',
      'signature_missing',
      'certificate_missing',
      'chain_broken',
      'expired',
      'owner_wrong',
      'not_a_certificate',
      'signature_missing',
    ])
  })
  test('without the fields that identify its order is refused', () =>
    expect(readPayment({ ...paid, orderId: '' })).toBeNull())
})

test('an account number is shown masked, in every form', () => {
  const encrypted = publicEncrypt(
    { key: merchant.certificate?.key ?? '', padding: constants.RSA_PKCS1_PADDING },
    Buffer.from('6216***********0018'),
  ).toString('base64')
  expect(
    ['6216***********0018', '6216261000000000018', encrypted, 'garbage!', null].map((one) =>
      maskAccount(one, merchant.signing),
    ),
  ).toEqual(['6216****0018', '6216****0018', '6216****0018', null, null])
  expect(maskAccount(encrypted, null)).toBeNull()
})

test('txnTime is Beijing time', () =>
  expect(txnTimeOf(new Date('2026-12-31T16:00:00Z'))).toBe('20270101000000'))
