import { createHash, createPrivateKey, sign, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import forge from 'node-forge'
import { splitAnswer } from './gateway-verifier.ts'
import type { SandboxControl } from './sandbox-control.ts'

export type Fields = Record<string, string>
export type Sent = { fields: Fields; body: string; status: number; answer: Fields }

export const [firstMerchant, secondMerchant] = ['898310148160568', '898310148160569'] as const

/** The key and the decimal serial number inside a merchant's .pfx, read by node-forge. */
export function openPfx(file: string, password = '000000'): { key: KeyObject; certId: string } {
  const pfx = forge.pkcs12.pkcs12FromAsn1(
    forge.asn1.fromDer(readFileSync(file).toString('binary')),
    password,
  )
  const bag = (type: string) => pfx.getBags({ bagType: type })[type]?.[0]
  const key = bag(forge.pki.oids.pkcs8ShroudedKeyBag as string)?.key
  const certificate = bag(forge.pki.oids.certBag as string)?.cert
  if (!key || !certificate) throw new Error(`${file} holds no key with a certificate`)
  return {
    key: createPrivateKey(forge.pki.privateKeyToPem(key)),
    certId: BigInt(`0x${certificate.serialNumber}`).toString(),
  }
}

let count = 0
/** Letters and digits, never the same twice. */
export const newOrderId = (): string =>
  `T${Date.now().toString(36)}${process.pid.toString(36)}${(count += 1).toString(36)}`
    .toUpperCase()
    .padEnd(12, '0')

type Change = Record<string, string | undefined>

const hash = (algorithm: string, text: string): string =>
  createHash(algorithm).update(text).digest('hex')

/** Signs as the merchant of the fields, and as the first one for an unknown merchant. */
function createSigner(folder: string): (fields: Fields) => Fields {
  const pfxOf = (merchant: string) => openPfx(join(folder, `merchant-${merchant}.pfx`))
  const [first, second] = [pfxOf(firstMerchant), pfxOf(secondMerchant)]
  const secure_key = readFileSync(join(folder, 'secure-key'), 'utf8')
  return (fields) => {
    const method = fields.signMethod ?? '01'
    const owner = fields.merId === secondMerchant ? second : first
    const unsigned = {
      ...fields,
      signMethod: method,
      ...(method === '01' && !('certId' in fields) ? { certId: owner.certId } : {}),
    }
    const text = Object.entries(unsigned)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${name}=${value}`)
      .join('&')
    const algorithm = method === '12' ? 'sm3' : 'sha256'
    const signature =
      method === '01'
        ? sign('sha256', Buffer.from(hash('sha256', text)), owner.key).toString('base64')
        : hash(algorithm, `${text}&${hash(algorithm, secure_key)}`)
    return { ...unsigned, signature }
  }
}

/** Sends to the gateway at `url`, and reads its answer. */
function createSender(url: string, signFields: (fields: Fields) => Fields) {
  const post = (address: string, body: string, headers: Fields = {}): Promise<Response> =>
    fetch(`${url}${address === '/' ? '/' : `/gateway/api/${address}`}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8', ...headers },
    })
  const send = async (address: string, fields: Fields): Promise<Sent> => {
    const signed = 'signature' in fields ? fields : signFields(fields)
    const response = await post(address, new URLSearchParams(signed).toString())
    const body = await response.text()
    return { fields: signed, body, status: response.status, answer: splitAnswer(body) }
  }
  return { post, send }
}

/** The fields of each transaction; a change of `undefined` omits one. */
function createFieldWriter(beijing: () => Promise<string>, backUrl: string) {
  const write = async (
    [txnType, txnSubType, bizType]: readonly [string, string, string],
    fields: Change,
  ): Promise<Fields> => {
    const all = {
      version: '5.1.0',
      encoding: 'UTF-8',
      signMethod: '01',
      txnType,
      txnSubType,
      bizType,
      accessType: '0',
      merId: firstMerchant,
      orderId: newOrderId(),
      txnTime: await beijing(),
      ...fields,
    }
    return Object.fromEntries(
      Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined),
    )
  }
  return {
    charge: (contract_id: string, amount_fen: number, change: Change = {}) =>
      write(['01', '01', '000902'], {
        channelType: '07',
        txnAmt: String(amount_fen),
        currencyCode: '156',
        backUrl,
        tokenPayData: `{token=${contract_id}&trId=62000000001&tokenType=01}`,
        ...change,
      }),
    requestRefund: (
      kind: 'refund' | 'cancel',
      origQryId: string,
      amount_fen: number,
      change: Change = {},
    ) =>
      write([kind === 'refund' ? '04' : '31', '00', '000902'], {
        channelType: '07',
        txnAmt: String(amount_fen),
        backUrl,
        origQryId,
        ...change,
      }),
    query: (change: Change) => write(['00', '00', '000000'], change),
    statement: (settleDate: string, change: Change) =>
      write(['76', '01', '000000'], { orderId: undefined, settleDate, fileType: '00', ...change }),
    certificate: (change: Change) =>
      write(['95', '00', '000000'], { channelType: '07', certType: '01', ...change }),
  }
}

/** A minimal merchant's server that calls the gateway without the server under test. */
export async function createGatewayCaller(
  url: string,
  data_dir: string,
  control: SandboxControl,
  backUrl = 'http://www.specialUrl.com',
) {
  const signFields = createSigner(join(data_dir, 'acp'))
  const { post, send } = createSender(url, signFields)
  const beijing = async (): Promise<string> =>
    new Date(Date.parse((await control.clock()).now) + 8 * 3_600_000)
      .toISOString()
      .slice(0, 19)
      .replace(/\D/g, '')
  const fields = createFieldWriter(beijing, backUrl)
  return {
    signFields,
    post,
    send,
    beijing,
    chargeFields: fields.charge,
    giveBackFields: fields.requestRefund,
    charge: async (contract_id: string, amount_fen = 350, change: Change = {}) =>
      send('backTransReq.do', await fields.charge(contract_id, amount_fen, change)),
    requestRefund: async (...asked: Parameters<typeof fields.requestRefund>) =>
      send('backTransReq.do', await fields.requestRefund(...asked)),
    /** Of an order sent before, by its orderId and txnTime. */
    query: async ({ fields: order }: Pick<Sent, 'fields'>, change: Change = {}) => {
      const { orderId, txnTime, merId } = order
      return send('queryTrans.do', await fields.query({ orderId, txnTime, merId, ...change }))
    },
    /** 文件传输 of a clearing day, MMDD */
    statement: async (settleDate: string, change: Change = {}) =>
      send('/', await fields.statement(settleDate, change)),
    certificate: async (change: Change = {}) =>
      send('backTransReq.do', await fields.certificate(change)),
  }
}
