import type { FastifyInstance } from 'fastify'
import { send, type Sent } from '../open-platform/effects.ts'
import type { Parts } from '../parts.ts'
import { answerRequest, type Answered } from './answer-request.ts'
import type { Message } from './message.ts'

const addresses = ['backTransReq.do', 'queryTrans.do'] as const

/** POST /gateway/api/…: bodies are taken as text whatever their type, so that the gateway judges them itself. */
export async function gatewayRoutes(app: FastifyInstance, parts: Parts): Promise<void> {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  for (const address of addresses) {
    app.post(`/gateway/api/${address}`, async (request, reply) => {
      const started = performance.now()
      const body = typeof request.body === 'string' ? request.body : ''
      const answered = await answerRequest(parts, address, String(request.headers['content-type'] ?? ''), body)
      const { merId, orderId } = answered.request ?? {}
      if (answered.paced && merId !== undefined && orderId !== undefined) reply.raw.once('close', () => noteEnd(parts, merId, orderId))
      note(parts, request.url, body, answered, performance.now() - started)
      return send(reply, answered.sent)
    })
  }
}

/** A request that got silence ends when the merchant gives up; the sandbox itself may have ended before. */
function noteEnd(parts: Parts, merchant: string, order_id: string): void {
  if (!parts.isClosed()) parts.referee.ended(merchant, order_id)
}

function note(parts: Parts, url: string, body: string, { sent, request, kind, user_id, rule }: Answered, duration_ms: number): void {
  parts.journal.add({
    direction: 'in', kind: `gateway.${kind}`, summary: `${kind} ${request?.orderId ?? ''} → ${outcomeOf(sent)}`, ...(user_id ? { user_id } : {}),
    request: { method: 'POST', url, body: request ? withoutCertificate(request) : body.slice(0, 2_000) },
    response: sent.kind === 'answer' ? { status: sent.status, body: sent.body.replace(/-----BEGIN[^]*?END CERTIFICATE-----/g, '(certificate)') } : null,
    duration_ms, ...(rule ? { rule } : {}),
  })
}

const withoutCertificate = ({ signPubKeyCert: _certificate, ...rest }: Message): Message => rest

function outcomeOf(sent: Sent): string {
  if (sent.kind === 'silence') return 'no answer'
  if (sent.kind === 'reset') return 'connection cut'
  const part = (name: string): string => new RegExp(`(?:^|&)${name}=([^&]*)`).exec(sent.body)?.[1] ?? ''
  const code = part('respCode')
  if (code === '') return `HTTP ${sent.status}, not a gateway message`
  const original = part('origRespCode')
  return `${code}${original === '' ? '' : ` orig ${original}`} ${part('respMsg')}`
}
