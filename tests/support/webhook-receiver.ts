import { createServer } from 'node:http'
import { Webhook } from 'standardwebhooks'
import { until } from './until.ts'

export type ReceivedWebhook = {
  id: string
  verified_by: string[]
  type: string
  timestamp: string
  position: number | null
  data: { charge?: { order_id: string; state: string } } & Record<string, unknown>
}

/**
 * A merchant's system that receives webhooks, verified by the published library of Standard
 * Webhooks with each of `secrets`.
 */
export async function startWebhookReceiver() {
  const received: ReceivedWebhook[] = []
  const secrets: string[] = []
  const state = { status: 204, hangs: false }
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => void (body += chunk.toString('utf8')))
    request.on('end', () => {
      const headers = request.headers as Record<string, string>
      const verified_by = secrets.filter((secret) => {
        try {
          return new Webhook(secret).verify(body, headers) !== undefined
        } catch {
          return false
        }
      })
      received.push({
        id: headers['webhook-id'] ?? '',
        verified_by,
        ...(JSON.parse(body) as Omit<ReceivedWebhook, 'id' | 'verified_by'>),
      })
      if (!state.hangs) response.writeHead(state.status, { location: 'http://localhost:9/' }).end()
    })
  })
  await new Promise<void>((resolve) => void server.listen(0, 'localhost', resolve))
  const bound = server.address()
  return {
    url: `http://localhost:${typeof bound === 'object' && bound ? bound.port : 0}/webhooks`,
    received,
    secrets,
    state,
    about: (subject: string) =>
      received.filter(({ data }) => JSON.stringify(data).includes(subject)),
    heard: (type: string, subject: string) =>
      until(
        `${type} about ${subject}`,
        () =>
          received.find((one) => one.type === type && JSON.stringify(one.data).includes(subject)) ??
          null,
      ),
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
