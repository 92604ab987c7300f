import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Entry, NewEntry } from '../journal.ts'
import type { Parts } from '../parts.ts'

const EntrySchema = Type.Object(
  {
    direction: Type.Union([Type.Literal('page'), Type.Literal('bridge')]),
    kind: Type.String({ minLength: 1, maxLength: 64 }),
    summary: Type.String({ maxLength: 500 }),
    user_id: Type.Optional(Type.String({ maxLength: 64 })),
    request: Type.Optional(Type.Unknown()),
    response: Type.Optional(Type.Unknown()),
    duration_ms: Type.Optional(Type.Number()),
  },
  { additionalProperties: true },
)

type Page = { after?: string; limit?: string }
const heartbeatMs = 15_000
const maxStreams = 50
const maxWaitingBytes = 4 * 1024 * 1024

/**
 * Every message sent or received, as a list and as a live stream; pages and upsdk.js add their own
 * actions.
 */
export async function journalRoutes(app: FastifyInstance, parts: Parts): Promise<void> {
  let streams = 0
  app.get<{ Querystring: Page }>('/_control/journal', async (request) => ({
    entries: parts.journal.read(
      wholeNumber(request.query.after),
      Math.min(wholeNumber(request.query.limit) ?? 200, 5_000),
    ),
  }))

  app.post<{ Body: NewEntry }>(
    '/_control/journal',
    { schema: { body: EntrySchema } },
    async (request) => {
      const {
        direction,
        kind,
        summary,
        user_id,
        request: sent,
        response,
        duration_ms,
      } = request.body
      return parts.journal.add({
        direction,
        kind,
        summary,
        ...(user_id ? { user_id } : {}),
        request: asRecord(sent),
        response:
          response === undefined || response === null ? null : { status: 0, body: response },
        duration_ms: duration_ms ?? 0,
      })
    },
  )

  app.get<{ Querystring: Page }>('/_control/journal/stream', (request, reply) => {
    if (streams >= maxStreams)
      return reply
        .code(503)
        .send({ error: 'too_many_streams', message: 'Close another wallet page first.' })
    streams += 1
    stream(parts, request, reply, () => void (streams -= 1))
    return reply
  })
}

/** Server-sent events: the entries after `after` (or Last-Event-ID), then every new one. */
function stream(
  parts: Parts,
  request: FastifyRequest<{ Querystring: Page }>,
  reply: FastifyReply,
  ended: () => void,
): void {
  const { raw } = reply.hijack()
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
  })
  raw.write(': the sandbox journal\n\n')
  const write = (entry: Entry): void => {
    if (raw.writableLength > maxWaitingBytes) return void raw.destroy() // a reader that stopped reading; it catches up when it reconnects
    raw.write(`id: ${entry.seq}\ndata: ${JSON.stringify(entry)}\n\n`)
  }
  const after =
    wholeNumber(String(request.headers['last-event-id'] ?? '')) ?? wholeNumber(request.query.after)
  if (after !== null) for (const entry of parts.journal.read(after, 5_000)) write(entry)
  const unsubscribe = parts.journal.subscribe(write)
  const heartbeat = setInterval(() => raw.write(': still here\n\n'), heartbeatMs).unref()
  raw.on('close', () => {
    clearInterval(heartbeat)
    unsubscribe()
    ended()
  })
}

const wholeNumber = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null

const asRecord = (value: unknown): NonNullable<NewEntry['request']> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : { body: value }
