import type { FastifyInstance } from 'fastify'
import type { Parts } from '../parts.ts'
import { envelope, failure, type Answer } from './answer.ts'
import { json, notFoundPage, play, send, type Sent } from './effects.ts'
import { interfaces } from './interfaces/index.ts'
import type { Meeting } from './rules.ts'
import { readRequest } from './spec.ts'

/**
 * POST /open/access/1.0/<interface>. The body is read as text whatever its content type, so that
 * the sandbox checks it itself.
 */
export async function openPlatformRoutes(app: FastifyInstance, parts: Parts): Promise<void> {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  app.all<{ Params: { name: string } }>('/open/access/1.0/:name', async (request, reply) => {
    const started = performance.now()
    const { name } = request.params
    const text = typeof request.body === 'string' ? request.body : ''
    const body = readJson(text)
    const meeting = whoIsMeant(parts, name, body)
    const { sent, rule } =
      request.method === 'POST' && interfaces.has(name)
        ? await answer(parts, name, request.headers['content-type'] ?? '', body, meeting)
        : { sent: notFoundPage, rule: null }
    parts.journal.add({
      direction: 'in',
      kind: name,
      summary: summaryOf(name, sent),
      ...(meeting.user_id ? { user_id: meeting.user_id } : {}),
      request: { method: request.method, url: request.url, body: body ?? text.slice(0, 2000) },
      response:
        sent.kind === 'answer'
          ? { status: sent.status, body: readJson(sent.body) ?? sent.body }
          : null,
      duration_ms: performance.now() - started,
      ...(rule ? { rule } : {}),
    })
    return send(reply, sent)
  })
}

async function answer(
  parts: Parts,
  name: string,
  content_type: string,
  body: unknown,
  meeting: Meeting,
): Promise<{ sent: Sent; rule: string | null }> {
  const generation = parts.switches.read().envelope
  const work = () => envelope(answerOf(parts, name, content_type, body), name, generation)
  const rule = parts.rules.take(meeting)
  if (!rule) return { sent: json(work()), rule: null }
  const refuse = (resp: string, msg?: string) =>
    envelope(
      msg === undefined ? failure(resp, '沙箱规则') : { resp, msg, params: {} },
      name,
      generation,
    )
  return { sent: await play(rule.effect, refuse, work), rule: rule.id }
}

function answerOf(parts: Parts, name: string, content_type: string, body: unknown): Answer {
  const one = interfaces.get(name)
  if (!one) return failure('N62128', '接口名不存在')
  if (!content_type.startsWith('application/json'))
    return failure('SG0001', 'Content-Type 应为 application/json')
  const read = readRequest(one.fields, body)
  return 'refusal' in read ? read.refusal : one.answer(parts, read.request)
}

/**
 * The user and contract of a request, as far as its body names them; for the rules and the journal.
 */
function whoIsMeant(parts: Parts, name: string, body: unknown): Meeting {
  const text = (field: string): string => {
    const value = (body as Record<string, unknown> | null)?.[field]
    return typeof value === 'string' ? value : ''
  }
  const user_id =
    parts.users.byOpenId(text('openId'))?.user_id ?? parts.codes.ownerOf(text('code')) ?? ''
  return {
    interface: name,
    openId: text('openId'),
    planId: text('planId'),
    contractCode: text('contractCode'),
    user_id,
  }
}

function readJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}

function summaryOf(name: string, sent: Sent): string {
  if (sent.kind === 'silence') return `${name} → no answer`
  if (sent.kind === 'reset') return `${name} → connection cut`
  const answered = readJson(sent.body) as { resp?: unknown; msg?: unknown } | null
  return answered?.resp === undefined
    ? `${name} → HTTP ${sent.status}, not JSON`
    : `${name} → ${answered.resp} ${answered.msg ?? ''}`.trim()
}
