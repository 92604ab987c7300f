import type { FastifyInstance } from 'fastify'
import { Type, type Static } from 'typebox'
import { deliver } from '../notices/deliver.ts'
import type { Parts } from '../parts.ts'

const ReplaySchema = Type.Object(
  {
    message: Type.Integer({ minimum: 1 }),
    to: Type.String({ pattern: '^https?://', maxLength: 2_048 }),
    times: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  },
  { additionalProperties: false },
)
export type Replay = Static<typeof ReplaySchema>
export type ReplayAnswer = { status: number | null; body: string }

const ListSchema = Type.Object(
  {
    order_id: Type.Optional(Type.String({ maxLength: 64 })),
    limit: Type.Optional(Type.String({ pattern: '^\\d{1,4}$' })),
  },
  { additionalProperties: false },
)

/** Lists every message signed with UnionPay's key, and sends one of them again to any address. */
export async function signedMessageRoutes(app: FastifyInstance, parts: Parts): Promise<void> {
  app.get<{ Querystring: Static<typeof ListSchema> }>(
    '/_control/messages',
    { schema: { querystring: ListSchema } },
    async ({ query: { limit, order_id } }) => ({
      messages: parts.signed_messages
        .latest(Number(limit ?? 200), order_id)
        .map(({ form: _form, ...message }) => message),
    }),
  )
  app.post<{ Body: Replay }>(
    '/_control/messages/replay',
    { schema: { body: ReplaySchema } },
    async (request, reply) =>
      (await replay(parts, request.body)) ??
      reply.code(404).send({
        error: 'unknown_message',
        message:
          'No such message was signed here since the sandbox started, or it has been deleted.',
      }),
  )
}

/** Posts a signed message again, byte for byte, as a form. Null when there is no such message. */
export async function replay(
  parts: Parts,
  { message, to, times = 1 }: Replay,
): Promise<{ sent: string; answers: ReplayAnswer[] } | null> {
  const signed = parts.signed_messages.find(message)
  if (!signed) return null
  const answers: ReplayAnswer[] = []
  for (let round = 0; round < times; round++) {
    const { status, body } = await deliver(
      parts.journal,
      to,
      'form',
      signed.form,
      `重发报文 ${signed.kind} ${signed.order_id ?? signed.contract_id ?? ''}`,
    )
    answers.push({ status, body })
  }
  return { sent: signed.form, answers }
}
