import { createServer, type RequestListener } from 'node:http'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { request } from '../../web/api/request.ts'
import type { Fault } from '../../web/api/result.ts'

const real = globalThis.fetch
afterEach(() => vi.unstubAllGlobals())

/** The page's fetch, at a server that answers like this; the address of a page is relative. */
async function serve(answer: RequestListener): Promise<{ stop(): Promise<void> }> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => void server.listen(0, 'localhost', resolve))
  const { port } = server.address() as { port: number }
  vi.stubGlobal('fetch', (path: string, init: RequestInit) =>
    real(`http://localhost:${port}${path}`, init),
  )
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  onTestFinished(stop)
  return { stop }
}

async function faultOf(method: 'GET' | 'POST' | 'DELETE', path = '/api/contracts') {
  const result = await request(method, path, method === 'POST' ? {} : undefined)
  expect(result.ok).toBe(false)
  return (result as { fault: Fault }).fault
}

const says =
  (status: number, body: string, type = 'text/html'): RequestListener =>
  (_request, response) =>
    void response.writeHead(status, { 'content-type': type, 'x-request-id': 'r-1' }).end(body)

const page = '\n<!doctype html><title>x</title>'
const refusal = (code: string) => JSON.stringify({ code, request_id: 'r-2' })

test.each([
  ['a gateway page in place of the server', says(502, page), 'server_down'],
  ['a gateway that says nothing', says(504, ''), 'server_down'],
  ["a gateway's own JSON", says(503, '{"message":"no healthy upstream"}'), 'server_down'],
  ['a web page that came as a success', says(200, page), 'portal'],
  ['the same under the type of JSON', says(200, page, 'application/json'), 'portal'],
  ['a web page that forbids', says(403, page), 'unreadable'],
  ['a web page that knows no such address', says(404, page), 'unreadable'],
  ['half an answer of ours', says(200, '{"contracts":['), 'unreadable'],
] as const)('%s is reported as its own kind of failure', async (_name, answer, code) => {
  await serve(answer)
  expect(await faultOf('GET')).toEqual({ code, request_id: 'r-1', effect: 'read' })
})

test('a refused connection is not the network of a phone that says it is online', async () => {
  const { stop } = await serve(says(200, '{}'))
  await stop()
  expect(await faultOf('GET')).toMatchObject({ code: 'unreachable' })
  vi.stubGlobal('navigator', { onLine: true })
  expect(await faultOf('GET')).toMatchObject({ code: 'unreachable' })
  vi.stubGlobal('navigator', { onLine: false })
  expect(await faultOf('GET')).toMatchObject({ code: 'offline' })
})

test('a truncated answer is a lost connection', async () => {
  await serve((_request, response) => {
    response.writeHead(200, { 'content-length': '100' })
    response.write('{"contracts"')
    setImmediate(() => response.destroy())
  })
  expect(await faultOf('GET')).toMatchObject({ code: 'unreachable', effect: 'read' })
})

test.each([
  ['POST', '/api/signings', says(409, refusal('already_signed')), 'refused'],
  ['POST', '/api/signings', says(503, refusal('overloaded')), 'refused'],
  ['POST', '/api/signings', says(503, refusal('database_lost')), 'unknown'],
  ['POST', '/api/signings', says(500, refusal('internal')), 'unknown'],
  ['POST', '/api/contracts/1/terminate', says(502, page), 'unknown'],
  ['DELETE', '/api/session', says(200, page), 'unknown'],
  ['POST', '/api/sign-in', says(502, page), 'read'],
  ['POST', '/api/session/proof', says(502, page), 'read'],
  ['POST', '/api/session/account', says(502, page), 'unknown'],
  ['POST', '/api/signings/return', says(502, page), 'unknown'],
] as const)('after %s %s it is known whether it may have taken effect', async (...asked) => {
  const [method, path, answer, effect] = asked
  await serve(answer)
  expect(await faultOf(method, path)).toMatchObject({ effect })
})

test("the server's answer arrives unchanged, and an empty one is an empty answer", async () => {
  await serve((asked, response) =>
    asked.url === '/empty' ? response.writeHead(204).end() : response.end('{"a":1}'),
  )
  expect(await request('GET', '/a')).toEqual({ ok: true, value: { a: 1 } })
  expect(await request('DELETE', '/empty')).toEqual({ ok: true, value: {} })
})
