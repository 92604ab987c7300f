import { createHash, sign } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Signer } from '../../sandbox/pki/pki.ts'

export type GatewayPeer = { url: string; stop(): Promise<void> }

/** Signs as UnionPay does (ACP §2.2, §2.3), without the rest of a gateway. */
export function signMessage(
  fields: Record<string, string>,
  { key, pem }: Pick<Signer, 'key' | 'pem'>,
): Record<string, string> {
  const message: Record<string, string> = {
    version: '5.1.0',
    encoding: 'UTF-8',
    signMethod: '01',
    signPubKeyCert: pem,
    ...fields,
  }
  const text = Object.keys(message)
    .toSorted()
    .map((name) => `${name}=${message[name]}`)
    .join('&')
  const digest = createHash('sha256').update(text).digest('hex')
  return { ...message, signature: sign('sha256', Buffer.from(digest), key).toString('base64') }
}

const repeated = [
  'txnType',
  'txnSubType',
  'bizType',
  'accessType',
  'merId',
  'orderId',
  'txnTime',
  'txnAmt',
  'currencyCode',
]

/**
 * A gateway that accepts every charge at once, stores nothing and sends no notification: cheap
 * enough not to affect the measurement.
 */
export async function startGatewayPeer(signer: Signer): Promise<GatewayPeer> {
  let numbers = 0
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => void parts.push(part))
    request.on('end', () => {
      const form = new URLSearchParams(Buffer.concat(parts).toString('latin1'))
      const same = Object.fromEntries(
        repeated.flatMap((name) => (form.has(name) ? [[name, form.get(name) ?? '']] : [])),
      )
      const answer = signMessage(
        {
          ...same,
          queryId: String(691_000_000_000_000_000_000n + BigInt(numbers++)),
          respCode: '00',
          respMsg: '成功[0000000]',
        },
        signer,
      )
      response.end(
        Object.entries(answer)
          .map(([name, value]) => `${name}=${value}`)
          .join('&'),
      )
    })
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>(
    (resolve) => void server.listen(Number(process.env.BENCH_PEER_PORT ?? 0), 'localhost', resolve),
  )
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
