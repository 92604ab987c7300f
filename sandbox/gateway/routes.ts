import type { FastifyInstance } from 'fastify'
import { send, type Sent } from '../open-platform/effects.ts'
import type { Parts } from '../parts.ts'
import { answerRequest, type Answered } from './answer-request.ts'
import type { Message } from './message.ts'

/**
 * The table a request is looked up in, and the address it is posted to: the file host's only
 * endpoint is at the root.
 */
const addresses = {
  'backTransReq.do': '/gateway/api/backTransReq.do',
  'queryTrans.do': '/gateway/api/queryTrans.do',
  '/': '/',
} as const

/**
 * POST /gateway/api/…: the body is read as text whatever its content type, so that the gateway
 * checks it itself.
 */
export async function gatewayRoutes(app: FastifyInstance, parts: Parts): Promise<void> {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  for (const [address, path] of Object.entries(addresses)) {
    app.post(path, async (request, reply) => {
      const started = performance.now()
      const body = typeof request.body === 'string' ? request.body : ''
      const answered = await answerRequest(
        parts,
        address,
        request.headers['content-type'] ?? '',
        body,
      )
      const { merId, orderId } = answered.request ?? {}
      if (answered.paced && merId !== undefined && orderId !== undefined)
        reply.raw.once('close', () => noteEnd(parts, merId, orderId))
      note(parts, request.url, body, answered, performance.now() - started)
      return send(reply, answered.sent)
    })
  }
}

/**
 * A request without an answer ends when the merchant gives up; the sandbox may have stopped before.
 */
function noteEnd(parts: Parts, merchant: string, order_id: string): void {
  if (!parts.isClosed()) parts.referee.ended(merchant, order_id)
}

function note(
  parts: Parts,
  url: string,
  body: string,
  { sent, request, kind, user_id, rule }: Answered,
  duration_ms: number,
): void {
  parts.journal.add({
    direction: 'in',
    kind: `gateway.${kind}`,
    summary: `${kind} ${request?.orderId ?? ''} → ${outcomeOf(sent)}`,
    ...(user_id ? { user_id } : {}),
    request: {
      method: 'POST',
      url,
      body: request ? withoutCertificate(request) : body.slice(0, 2_000),
    },
    response: sent.kind === 'answer' ? { status: sent.status, body: shortened(sent.body) } : null,
    duration_ms,
    ...(rule ? { rule } : {}),
  })
}

const shortened = (body: string): string =>
  body
    .replace(/-----BEGIN[^]*?END CERTIFICATE-----/g, '(certificate)')
    .replace(
      /fileContent=([^&]*)/,
      (_all, content: string) => `fileContent=(${content.length} characters)`,
    )

const withoutCertificate = ({ signPubKeyCert: _certificate, ...rest }: Message): Message => rest

function outcomeOf(sent: Sent): string {
  if (sent.kind === 'silence') return 'no answer'
  if (sent.kind === 'reset') return 'connection cut'
  const part = (name: string): string =>
    new RegExp(`(?:^|&)${name}=([^&]*)`).exec(sent.body)?.[1] ?? ''
  const code = part('respCode')
  if (code === '') return `HTTP ${sent.status}, not a gateway message`
  const original = part('origRespCode')
  return `${code}${original === '' ? '' : ` orig ${original}`} ${part('respMsg')}`
}
