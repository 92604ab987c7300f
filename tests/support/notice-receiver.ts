import { createServer } from 'node:http'
import { until } from './until.ts'

export type ReceivedNotice = { method: string; raw: string; content_type: string }

/** A merchant's notification address that records requests and gives the test's answers. */
export async function startNoticeReceiver() {
  const received: ReceivedNotice[] = []
  const state = { answer: '{"resp":"00"}', status: 200 }
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => void (body += chunk.toString('utf8')))
    request.on('end', () => {
      const query = (request.url ?? '').split('?')[1] ?? ''
      received.push({
        method: request.method ?? '',
        raw: request.method === 'GET' ? query : body,
        content_type: request.headers['content-type'] ?? '',
      })
      response.writeHead(state.status, { 'content-type': 'application/json' }).end(state.answer)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const bound = server.address()
  const port = typeof bound === 'object' && bound ? bound.port : 0
  return {
    url: `http://localhost:${port}/notify/termination`,
    received,
    answer(status: number, answer: string) {
      Object.assign(state, { status, answer })
    },
    arrived: (count: number) => until(`${count} notices arrived`, () => received.length >= count),
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
