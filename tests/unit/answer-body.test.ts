import { createServer, type Server } from 'node:http'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Gateway, type OnGatewayCall } from '../../server/unionpay/gateway/gateway.ts'
import { createStatements } from '../../server/unionpay/statements.ts'
import { createTransport, type Transport } from '../../server/unionpay/transport.ts'
import { asAnswer, makeAuthority, now, signAsUnionPay } from '../support/acp-authority.ts'
import { fileContentOf, statementZip, zmLine } from '../support/statement-file.ts'
import { gatewayUnder } from '../support/gateway-under.ts'

/**
 * Networks between UnionPay and us may change an answer, or answer themselves: at the gateway, the
 * file host and the open platform.
 */

type Reply = { status?: number; headers?: Record<string, string>; body: Buffer }
const folder = mkdtempSync(join(tmpdir(), 'wugan-answers-'))
const merchant = '898310148160568'
let server: Server
let gateway: Gateway
let transport: Transport
let reply: Reply
const heard: Record<string, unknown>[] = []
const calls: Parameters<OnGatewayCall>[0][] = []
let truth: Buffer
let file: Buffer
const json = Buffer.from('{"resp":"00","msg":"成功","params":{"a":"1"}}')

beforeAll(async () => {
  const authority = makeAuthority()
  server = createServer((request, response) => {
    heard.push(request.headers)
    request.resume().on('end', () => {
      response.writeHead(reply.status ?? 200, reply.headers).end(reply.body)
    })
  })
  await new Promise<void>((resolve) => void server.listen(0, 'localhost', resolve))
  const base_url = `http://localhost:${(server.address() as AddressInfo).port}`
  gateway = gatewayUnder(authority, merchant, {
    base_url,
    answer_timeout_ms: 20_000,
    connections: 2,
    files: { base_url, folder, most_file_bytes: 3_000_000 },
    onCall: (call) => void calls.push(call),
  })
  transport = createTransport({ base_url, answer_timeout_ms: 20_000, connections: 1 })
  const common = { merId: merchant, encoding: 'UTF-8', respCode: '00', respMsg: '成功' }
  const signer = authority.leaf()
  truth = asAnswer(signAsUnionPay({ ...common, txnType: '00' }, signer))
  file = asAnswer(
    signAsUnionPay(
      {
        ...common,
        txnType: '76',
        settleDate: '1122',
        fileContent: fileContentOf(statementZip([zmLine({ order_id: 'A0000001' })])),
        version: '5.1.0',
      },
      signer,
    ),
  )
})
afterAll(async () => {
  await Promise.all([gateway.close(), transport.close()])
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true })
})

const send = () => gateway.send('/gateway/api/queryTrans.do', { merId: merchant, txnType: '00' })
const post = () => transport.post('/open/access/1.0/contract.info', {})
async function fetchOrders(): Promise<string> {
  const statements = createStatements({
    gateway,
    merchants: [merchant],
    clock: { now: () => now },
    folder,
  })
  const fetched = await statements.fetch(merchant, '2026-11-22', new AbortController().signal)
  if (fetched.kind !== 'file') return `${fetched.kind}: ${fetched.why}`
  const orders: string[] = []
  for await (const piece of fetched.file.lines(() => {}))
    orders.push(...piece.map((one) => one.order_id))
  await fetched.file.close()
  return orders.join()
}

type Change = (body: Buffer) => Reply
const packed =
  (coding: string, pack: (body: Buffer) => Buffer): Change =>
  (body) => ({
    headers: { 'content-encoding': coding },
    body: pack(body),
  })

describe('a harmless change is undone', () => {
  test.for<[string, Change]>([
    ['gzip that nobody asked for', packed('gzip', gzipSync)],
    ['gzip without its header', (body) => ({ body: gzipSync(body) })],
    ['a gzip header without gzip', packed('gzip', (body) => body)],
    ['deflate', packed('deflate', deflateSync)],
    ['deflate without its own header', packed('Deflate', deflateRawSync)],
    ['Brotli', packed('br', brotliCompressSync)],
    ['identity', packed('identity', (body) => body)],
    ['a byte order mark', (body) => ({ body: Buffer.concat([Buffer.from('\ufeff'), body]) })],
    ['line ends behind it', (body) => ({ body: Buffer.concat([body, Buffer.from('\r\n\r\n')]) })],
    [
      'line ends around it',
      (body) => ({ body: Buffer.concat([Buffer.from('\n'), body, Buffer.from('\n')]) }),
    ],
    [
      'all of it',
      packed('gzip', (body) =>
        gzipSync(Buffer.concat([Buffer.from('\ufeff'), body, Buffer.from('\r\n')])),
      ),
    ],
  ])('%s', async ([, change]) => {
    reply = change(truth)
    expect(await send()).toMatchObject({ kind: 'answer', fields: { respCode: '00' } })
    reply = change(json)
    expect(await post()).toMatchObject({ kind: 'answer', resp: '00', params: { a: '1' } })
    reply = change(file)
    expect(await fetchOrders()).toBe('A0000001')
    for (const headers of heard.splice(0)) expect(headers['accept-encoding']).toBe('identity')
  })
  test('but a content change is detected', async () => {
    const changed = Buffer.from(
      truth.toString('latin1').replace('respCode=00', 'respCode=01'),
      'latin1',
    )
    reply = packed('gzip', gzipSync)(Buffer.concat([changed, Buffer.from('\r\n')]))
    expect(await send()).toMatchObject({ kind: 'none', why: 'bad_signature' })
  })
})

describe('an answer that is not UnionPay’s is identified and refused', () => {
  const page = '<!DOCTYPE html><html><head><title>系统维护\n 请稍候</title></head></html>'
  test.for<[string, Reply, string, string]>([
    ['a maintenance page', { body: Buffer.from(page) }, 'page', '系统维护 请稍候'],
    [
      'one in GBK',
      { status: 503, body: iconv.encode(page, 'gbk') },
      'page',
      'HTTP 503: a web page titled “系统维护',
    ],
    [
      'a captive portal',
      {
        status: 302,
        headers: { location: 'http://portal.example/login?x=1' },
        body: Buffer.alloc(0),
      },
      'redirect',
      'portal.example, which is not followed',
    ],
    [
      'a proxy that asks for a login',
      { status: 407, body: Buffer.from(page) },
      'proxy_login',
      'proxy',
    ],
    ['nothing', { body: Buffer.alloc(0) }, 'empty', 'an empty body'],
    [
      'UnionPay’s plain text',
      { body: Buffer.from('Invalid request.') },
      'plain_text',
      'the form of the message',
    ],
    [
      'that of a wrong address',
      { body: Buffer.from('Invalid request URI.\r\n') },
      'plain_text',
      'the address',
    ],
    [
      'JSON of something else',
      { body: Buffer.from('{"error":"blocked"}') },
      'json',
      'no answer of UnionPay',
    ],
    ['bytes', { body: Buffer.from([1, 2, 3, 4]) }, 'other', '4 bytes'],
    [
      'an unknown packing',
      { headers: { 'content-encoding': 'zstd' }, body: Buffer.from('x') },
      'packed',
      'it came packed (zstd)',
    ],
    [
      'half of a packing',
      packed('gzip', (body) => gzipSync(body).subarray(0, 40))(Buffer.alloc(9_000, 'ab')),
      'packed',
      'cannot be unpacked',
    ],
  ])('%s', async ([, sent, kind, words]) => {
    reply = sent
    calls.length = 0
    const detail = expect.stringContaining(words) as string
    expect(await send()).toMatchObject({
      kind: 'none',
      why: 'broken_answer',
      detail,
      foreign: kind,
    })
    expect(await post()).toMatchObject({
      kind: 'broken',
      why: 'broken_answer',
      detail,
      foreign: kind,
    })
    expect(await fetchOrders()).toContain(words)
    expect(calls.map(({ foreign }) => foreign)).toEqual([kind, kind])
  })
  test('a decompression bomb is not unpacked beyond the limit of an answer', async () => {
    const bomb = Buffer.alloc(40_000_000)
    reply = packed('gzip', gzipSync)(bomb)
    expect(await send()).toMatchObject({
      foreign: 'packed',
      detail: expect.stringContaining('more than 262144') as string,
    })
    expect(await post()).toMatchObject({ foreign: 'packed' })
    expect(await fetchOrders()).toContain('more than 3000000 bytes')
  })
})
