import { createHash, createPrivateKey, sign, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import forge from 'node-forge'
import { splitAnswer } from './gateway-verifier.ts'
import type { SandboxControl } from './sandbox-control.ts'

export type Fields = Record<string, string>
export type Sent = { fields: Fields; body: string; status: number; answer: Fields }
export type GatewayCaller = Awaited<ReturnType<typeof createGatewayCaller>>

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

/** A merchant's server in a few lines, to question the gateway without the server under test. */
export async function createGatewayCaller(
  url: string,
  data_dir: string,
  control: SandboxControl,
  backUrl = 'http://www.specialUrl.com',
) {
  const folder = join(data_dir, 'acp')
  const merchants = new Map(
    [firstMerchant, secondMerchant].map((one) => [
      one as string,
      openPfx(join(folder, `merchant-${one}.pfx`)),
    ]),
  )
  const secure_key = readFileSync(join(folder, 'secure-key'), 'utf8')
  const hash = (algorithm: string, text: string): string =>
    createHash(algorithm).update(text).digest('hex')
  const signFields = (fields: Fields): Fields => {
    const method = fields.signMethod ?? '01'
    const owner =
      merchants.get(fields.merId ?? '') ??
      (merchants.get(firstMerchant) as ReturnType<typeof openPfx>)
    const unsigned = {
      ...fields,
      signMethod: method,
      ...(method === '01' && !('certId' in fields) ? { certId: owner.certId } : {}),
    }
    const text = Object.entries(unsigned)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${name}=${value}`)
      .join('&')
    const algorithm = method === '12' ? 'sm3' : 'sha256'
    const signature =
      method === '01'
        ? sign('sha256', Buffer.from(hash('sha256', text)), owner.key).toString('base64')
        : hash(algorithm, `${text}&${hash(algorithm, secure_key)}`)
    return { ...unsigned, signature }
  }
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
  const beijing = async (): Promise<string> =>
    new Date(Date.parse((await control.clock()).now) + 8 * 3_600_000)
      .toISOString()
      .slice(0, 19)
      .replace(/\D/g, '')
  const envelope = async (
    txnType: string,
    txnSubType: string,
    bizType: string,
  ): Promise<Fields> => ({
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
  })
  const without = (fields: Record<string, string | undefined>): Fields =>
    Object.fromEntries(
      Object.entries(fields).filter((pair): pair is [string, string] => pair[1] !== undefined),
    )
  type Change = Record<string, string | undefined>
  return {
    signFields,
    post,
    send,
    beijing,
    chargeFields: async (contract_id: string, amount_fen: number, change: Change = {}) =>
      without({
        ...(await envelope('01', '01', '000902')),
        channelType: '07',
        txnAmt: String(amount_fen),
        currencyCode: '156',
        backUrl,
        tokenPayData: `{token=${contract_id}&trId=62000000001&tokenType=01}`,
        ...change,
      }),
    /** 文件传输 of a clearing day, MMDD */
    async statement(settleDate: string, change: Change = {}): Promise<Sent> {
      return send(
        '/',
        without({
          ...(await envelope('76', '01', '000000')),
          orderId: undefined,
          settleDate,
          fileType: '00',
          ...change,
        }),
      )
    },
    async charge(contract_id: string, amount_fen = 350, change: Change = {}): Promise<Sent> {
      return send('backTransReq.do', await this.chargeFields(contract_id, amount_fen, change))
    },
    giveBackFields: async (
      kind: 'refund' | 'cancel',
      origQryId: string,
      amount_fen: number,
      change: Change = {},
    ) =>
      without({
        ...(await envelope(kind === 'refund' ? '04' : '31', '00', '000902')),
        channelType: '07',
        txnAmt: String(amount_fen),
        backUrl,
        origQryId,
        ...change,
      }),
    async giveBack(
      kind: 'refund' | 'cancel',
      origQryId: string,
      amount_fen: number,
      change: Change = {},
    ): Promise<Sent> {
      return send('backTransReq.do', await this.giveBackFields(kind, origQryId, amount_fen, change))
    },
    /** Of an order sent before, by its orderId and txnTime. */
    async query(
      { fields: { orderId, txnTime, merId } }: Pick<Sent, 'fields'>,
      change: Change = {},
    ): Promise<Sent> {
      return send(
        'queryTrans.do',
        without({ ...(await envelope('00', '00', '000000')), orderId, txnTime, merId, ...change }),
      )
    },
    async certificate(change: Change = {}): Promise<Sent> {
      return send(
        'backTransReq.do',
        without({
          ...(await envelope('95', '00', '000000')),
          channelType: '07',
          certType: '01',
          ...change,
        }),
      )
    },
  }
}
