import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { maskAccount } from '../../server/unionpay/gateway/account.ts'
import { createGateway, type Gateway } from '../../server/unionpay/gateway/gateway.ts'
import { loadCertificates, openMerchants } from '../../server/unionpay/gateway/keys.ts'
import { callGateway } from '../../server/unionpay/gateway/operation.ts'
import { readPayment } from '../../server/unionpay/gateway/payment.ts'
import { builtInProfiles } from '../../server/unionpay/gateway/profile/built-in.ts'
import type { ChargeProfile, Codes } from '../../server/unionpay/gateway/profile/charge-profile.ts'
import type { SignMethod } from '../../server/unionpay/gateway/sign-message.ts'
import { cancelCharge } from '../../server/unionpay/operations/cancel-charge.ts'
import { charge } from '../../server/unionpay/operations/charge.ts'
import { encryptionCertificate } from '../../server/unionpay/operations/encryption-certificate.ts'
import { queryCharge } from '../../server/unionpay/operations/query-charge.ts'
import { refundCharge } from '../../server/unionpay/operations/refund-charge.ts'
import { newOrderId } from '../support/gateway-caller.ts'
import { startGatewayWorld, type GatewayWorld } from '../support/gateway-world.ts'
import { until } from '../support/until.ts'
import { timeLimit } from '../support/time-limits.ts'

/**
 * Every operation of the payment gateway against the sandbox's independent implementation of the
 * protocol: both must agree.
 */

let world: GatewayWorld
const opened: Gateway[] = []
beforeAll(async () => {
  world = await startGatewayWorld()
})
beforeEach(() => world.begin())
afterAll(async () => {
  await Promise.all(opened.map((one) => one.close()))
  await world.stop()
})

const merchant = '898310148160568'
const [, profile] = builtInProfiles as [ChargeProfile, ChargeProfile]
const rsa_chain = { roots: ['acp_root.pem'], middles: ['acp_middle.pem'] }
const sm2_chain = { roots: ['sm2/root.pem'], middles: ['sm2/middle.pem'] }
function open(sign_method: SignMethod = '01', file = `merchant-${merchant}.pfx`): Gateway {
  const chain = sign_method === '21' ? sm2_chain : rsa_chain
  const at = (name: string): string => join(world.sandbox.settings.data_dir, 'acp', name)
  const secure_key = readFileSync(at('secure-key'), 'utf8').trim()
  const gateway = createGateway({
    base_url: world.sandbox.url,
    merchants: openMerchants([{ merchant, file: at(file) }], {
      sign_method,
      pfx_password: '000000',
      secure_key,
    }),
    roots: loadCertificates(chain.roots.map(at)),
    middles: loadCertificates(chain.middles.map(at)),
    owner_rule: 'strict',
    secure_key,
    clock: { now: () => new Date() },
    answer_timeout_ms: timeLimit(5_000),
    connections: 4,
  })
  opened.push(gateway)
  return gateway
}
const orderOf = async (amount_fen = 350) => ({
  merchant,
  order_id: newOrderId(),
  txn_time: await world.merchant.beijing(),
  amount_fen,
  back_url: world.shop.url,
})
const chargeOf = async (amount_fen = 350) => ({
  ...(await orderOf(amount_fen)),
  profile,
  values: { contract_id: world.contract_id, setting: { tr_id: '62000000001' }, contract: {} },
  order_desc: '可乐 + 薯片',
})
async function paidCharge(gateway: Gateway) {
  const input = await chargeOf()
  expect(await callGateway(gateway, charge, input)).toMatchObject({ kind: 'accepted', code: '00' })
  const raw = await until('the notification came', () => world.shop.received.at(-1)?.raw)
  const reading = gateway.readNotification(Buffer.from(raw))
  const payment = reading.kind === 'valid' ? readPayment(reading.fields) : null
  return {
    input,
    payment,
    original: {
      query_id: payment?.settled.query_id ?? null,
      order_id: input.order_id,
      txn_time: input.txn_time,
    },
  }
}

describe('the sandbox accepts every operation of the payment gateway, and the server reads its answers', () => {
  test.for([
    ['01', ''],
    ['01', '-new'],
    ['11', ''],
    ['12', ''],
  ] as const)(
    'charge with signMethod %s and the key file%s: accepted, then paid by notification',
    async ([method, form]) => {
      const gateway = open(method, `merchant-${merchant}${form}.pfx`)
      const { input, payment } = await paidCharge(gateway)
      expect(payment).toMatchObject({
        merchant,
        order_id: input.order_id,
        txn_time: input.txn_time,
        txn_type: '01',
        code: '00',
        ruling: { treatment: 'succeeded' },
      })
      expect(payment?.settled.query_id).toMatch(/^\d{21}$/)
      expect(
        maskAccount(payment?.settled.account ?? null, gateway.merchant(merchant)?.signing ?? null),
      ).toMatch(/^(6216\*{4}\d{4})$|^null$/)
    },
  )
  test('with SM2 keys: charge, notification, query and refund, each signed and verified under signMethod 21', async () => {
    const gateway = open('21', `sm2/merchant-${merchant}.pfx`)
    const { input, payment, original } = await paidCharge(gateway)
    expect(payment).toMatchObject({
      order_id: input.order_id,
      code: '00',
      ruling: { treatment: 'succeeded' },
    })
    expect(world.shop.received.at(-1)?.raw).toContain('signMethod=21')
    await world.control.advance(6 * 60_000)
    const asked = {
      merchant,
      order_id: input.order_id,
      txn_time: input.txn_time,
      amount_fen: input.amount_fen,
      txn_type: '01',
      biz_type: '000000',
    }
    expect(await callGateway(gateway, queryCharge, asked)).toMatchObject({
      kind: 'state',
      code: '00',
      ruling: { treatment: 'succeeded' },
    })
    expect(
      await callGateway(gateway, refundCharge, {
        ...(await orderOf(100)),
        codes: profile.refund,
        original,
      }),
    ).toMatchObject({ kind: 'accepted' })
  })
  test('a signature with the SM2 key of another merchant is refused', async () => {
    expect(
      await callGateway(open('21', 'sm2/merchant-898310148160569.pfx'), charge, await chargeOf()),
    ).toMatchObject({ code: '11' })
  })
  test('a query reports paid, not found, and too early', async () => {
    const gateway = open()
    const { input } = await paidCharge(gateway)
    await world.control.advance(6 * 60_000)
    const asked = {
      merchant,
      order_id: input.order_id,
      txn_time: input.txn_time,
      amount_fen: input.amount_fen,
      txn_type: '01',
      biz_type: '000000',
    }
    expect(await callGateway(gateway, queryCharge, asked)).toMatchObject({
      kind: 'state',
      code: '00',
      ruling: { treatment: 'succeeded' },
    })
    expect(
      await callGateway(gateway, queryCharge, { ...asked, order_id: newOrderId() }),
    ).toMatchObject({ kind: 'not_found', code: '34' })
    expect(await callGateway(gateway, queryCharge, asked)).toMatchObject({
      kind: 'backs_off',
      code: '37',
    })
  })
  test('a charge is refunded in part by queryId, then by number and time', async () => {
    const gateway = open()
    const { original } = await paidCharge(gateway)
    for (const of of [original, { ...original, query_id: null }]) {
      expect(
        await callGateway(gateway, refundCharge, {
          ...(await orderOf(100)),
          codes: profile.refund,
          original: of,
        }),
      ).toMatchObject({ kind: 'accepted' })
    }
  })
  test('a charge is cancelled', async () => {
    const gateway = open()
    const { original } = await paidCharge(gateway)
    expect(
      await callGateway(gateway, cancelCharge, {
        ...(await orderOf()),
        codes: profile.cancel as Codes,
        original,
      }),
    ).toMatchObject({ kind: 'accepted' })
  })
  test('the encryption certificate is fetched', async () => {
    const { amount_fen: _amount, back_url: _url, ...input } = await orderOf()
    expect(await callGateway(open(), encryptionCertificate, input)).toMatchObject({
      kind: 'done',
      certificate: { cn: 'SANDBOX:ENC' },
    })
  })
})
