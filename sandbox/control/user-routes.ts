import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { Parts } from '../parts.ts'
import type { NewUser, UserChange } from '../wallet/users.ts'

const card = Type.Object(
  {
    bank: Type.String({ minLength: 1, maxLength: 32 }),
    kind: Type.Union([Type.Literal('debit'), Type.Literal('credit')]),
    last4: Type.String({ pattern: '^\\d{4}$' }),
    balance_fen: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000_000 })),
    refuses: Type.Optional(Type.String({ pattern: '^[0-9A-Z]{2}$' })),
  },
  { additionalProperties: false },
)
const mobile = Type.String({ pattern: '^1\\d{10}$' })
const identity_last4 = Type.String({ pattern: '^\\d{3}[0-9Xx]$' })
const name = Type.String({ minLength: 1, maxLength: 32 })
const cards = Type.Array(card, { maxItems: 10 })

const NewUserSchema = Type.Object(
  {
    user_id: Type.Optional(Type.String({ pattern: '^[0-9A-Za-z_-]{1,64}$' })),
    name,
    mobile: Type.Optional(mobile),
    identity_last4: Type.Optional(identity_last4),
    cards: Type.Optional(cards),
  },
  { additionalProperties: false },
)

const UserChangeSchema = Type.Partial(
  Type.Object({
    name,
    mobile,
    identity_last4,
    cards,
    registered: Type.Boolean(),
    unfinished_orders: Type.Union([Type.Integer({ minimum: 0, maximum: 9_999 }), Type.Null()]),
  }),
  { additionalProperties: false },
)

const CodeSchema = Type.Object(
  {
    user_id: Type.String(),
    scope: Type.String({ minLength: 1, maxLength: 20 }),
    plan_id: Type.Optional(Type.String({ maxLength: 32 })),
  },
  { additionalProperties: false },
)

/** The wallet users, and codes as if one of them had given consent. */
export async function userRoutes(app: FastifyInstance, parts: Parts): Promise<void> {
  app.get('/_control/users', async () => ({ users: parts.users.all() }))

  app.post<{ Body: NewUser }>(
    '/_control/users',
    { schema: { body: NewUserSchema } },
    async (request, reply) => {
      if (request.body.user_id && parts.users.byId(request.body.user_id)) {
        return reply.code(409).send({
          error: 'user_exists',
          message: `There is a wallet user ${request.body.user_id} already.`,
        })
      }
      return parts.users.add(request.body)
    },
  )

  app.patch<{ Params: { user_id: string }; Body: UserChange }>(
    '/_control/users/:user_id',
    { schema: { body: UserChangeSchema } },
    async (request, reply) =>
      parts.users.change(request.params.user_id, request.body) ??
      reply.code(404).send({ error: 'unknown_user', message: 'No such wallet user.' }),
  )

  app.post<{ Body: { user_id: string; scope: string; plan_id?: string } }>(
    '/_control/codes',
    { schema: { body: CodeSchema } },
    async (request, reply) => {
      const { user_id, scope, plan_id = null } = request.body
      if (!parts.users.byId(user_id))
        return reply.code(404).send({ error: 'unknown_user', message: 'No such wallet user.' })
      return {
        code: parts.codes.issue({ user_id, scope, plan_id }, parts.switches.read().code_life_ms),
      }
    },
  )
}
