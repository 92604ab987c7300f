import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { readSettings } from '../../server/settings.ts'
import { createConnection } from '../../server/unionpay/gateway/connection.ts'
import { openPoolThrough } from '../../server/unionpay/http-pool.ts'

const portOf = (server: { address(): unknown }): number => (server.address() as AddressInfo).port

/** Stands in for UnionPay; answers with the request it received. */
async function startPeer(): Promise<{ port: number; asked: string[] }> {
  const asked: string[] = []
  const server = createServer((request, answer) => {
    asked.push(`${request.method} ${request.headers.host}${request.url}`)
    void text(request).then((body) => answer.end(`heard ${body}`))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return { port: portOf(server), asked }
}

/**
 * A forward proxy that opens a CONNECT tunnel to the peer, whatever name is requested, or refuses
 * it.
 */
async function startProxy(to: number, status = 200) {
  const asked: { target: string; authorization: string | undefined }[] = []
  const server = createServer().listen(0, '127.0.0.1')
  const open = new Set<Socket>()
  server.on('connect', (request: IncomingMessage, near: Socket) => {
    asked.push({
      target: request.url ?? '',
      authorization: request.headers['proxy-authorization'],
    })
    if (status !== 200) return void near.end(`HTTP/1.1 ${status} No\r\n\r\n`)
    const far = connect(to, '127.0.0.1', () => {
      near.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      near.pipe(far).pipe(near)
    })
    for (const socket of [near, far]) {
      open.add(socket)
      socket.on('error', () => socket.destroy())
    }
  })
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  return { port: portOf(server), asked }
}

const gatewayThrough = (proxy: string, base_url = 'http://gateway.unionpay.test:8080/x') => {
  const connection = createConnection({
    base_url,
    answer_timeout_ms: 20_000,
    connections: 4,
    open_pool: openPoolThrough(proxy),
  })
  onTestFinished(() => connection.close())
  return connection
}

test('a call to UnionPay goes through the proxy of the settings, with its password', async () => {
  const peer = await startPeer()
  const proxy = await startProxy(peer.port)
  const wire = await gatewayThrough(`http://user:pa%23ss@127.0.0.1:${proxy.port}`).post(
    '/api',
    'a=1',
  )
  expect(wire.kind === 'body' && wire.body.toString()).toBe('heard a=1')
  expect(proxy.asked).toEqual([
    {
      target: 'gateway.unionpay.test:8080',
      authorization: `Basic ${Buffer.from('user:pa#ss').toString('base64')}`,
    },
  ])
  expect(peer.asked).toEqual(['POST gateway.unionpay.test:8080/x/api'])
})

test.each([407, 502])('a proxy that refuses with %i sends nothing: not reached', async (status) => {
  const peer = await startPeer()
  const proxy = await startProxy(peer.port, status)
  const wire = await gatewayThrough(`http://127.0.0.1:${proxy.port}`).post('/api', 'a=1')
  expect(wire).toMatchObject({ kind: 'broken', why: 'not_reached' })
  expect([proxy.asked.length, peer.asked]).toEqual([1, []])
})

test('an unreachable proxy sends nothing either', async () => {
  const wire = await gatewayThrough('http://127.0.0.1:1').post('/api', 'a=1')
  expect(wire).toMatchObject({ kind: 'broken', why: 'not_reached' })
})

test('local addresses are never requested through it', async () => {
  const peer = await startPeer()
  const proxy = await startProxy(peer.port)
  const wire = await gatewayThrough(
    `http://127.0.0.1:${proxy.port}`,
    `http://127.0.0.1:${peer.port}`,
  ).post('/api', 'a=1')
  expect([wire.kind, proxy.asked]).toEqual(['body', []])
})

test('the setting accepts the address of a proxy and repeats no password', () => {
  expect(readSettings({ UNIONPAY_PROXY: 'http://u:p@proxy:3128' }).unionpay_proxy).toBe(
    'http://u:p@proxy:3128',
  )
  for (const UNIONPAY_PROXY of [
    'proxy:3128',
    'http://u:s3cret@proxy:3128/x',
    'socks5://u:s3cret@proxy',
  ])
    expect(() => readSettings({ UNIONPAY_PROXY })).toThrow(/UNIONPAY_PROXY must be(?![^]*s3cret)/)
})
