import swagger from '@fastify/swagger'
import { errors } from '../error-codes.ts'
import type { Server } from '../http-types.ts'
import { WebhookEvent } from '../schemas/webhooks.ts'
import { webhook_types } from '../webhooks/states.ts'
import { hoistShapes, type Json } from './hoist-shapes.ts'

export type OpenApi = {
  openapi: string
  info: { title: string; version: string; description: string }
  tags: { name: string; description: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Json>; [part: string]: unknown }
  webhooks: Record<string, object>
  'x-error-codes': { code: string; status: number; message: string; what_to_do: string }[]
}
export type Operation = {
  operationId: string
  tags: string[]
  summary: string
  description: string
  security?: object[]
  parameters?: {
    name: string
    in: string
    required?: boolean
    description?: string
    example?: unknown
    schema: Json
  }[]
  requestBody?: { content: Record<string, { schema: Json }> }
  responses: Record<
    string,
    { description: string; headers?: object; content?: Record<string, { schema: Json }> }
  >
}

const intro = `The API for the merchant's own systems. Amounts are whole fen, instants ISO 8601 in UTC, days Beijing days.
A request moves money at most once: send an \`Idempotency-Key\`. A \`pending\` answer is no failure. An unknown field of a request is
refused; new fields of an answer may come any time: ignore what you do not know.`

const tags = [
  ['Charges', 'Take money by contract.'],
  ['Refunds', 'Give it back.'],
  ['Contracts', 'What was signed, and how it ends.'],
  ['Signings', 'Sign in your own app through UnionPay’s SDK.'],
  ['Plans', 'The catalogue.'],
  ['Debit notices', 'Tell the payer before a renewal is debited.'],
  ['Reconciliation', 'The morning’s statement, and what differs.'],
  ['Webhooks', 'Hear of it instead of asking.'],
  ['Notifications of UnionPay', 'Not for you: UnionPay calls these.'],
  ['Health', 'For a load balancer.'],
] as const

/**
 * Collects the schemas of all routes that come after it; only what others may call is published.
 */
export async function collectSchemas(server: Server): Promise<void> {
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'wugan 无感支付', version: '1', description: intro },
      servers: [{ url: '/', description: 'The server that serves this document.' }],
      tags: tags.map(([name, description]) => ({ name, description })),
      components: {
        securitySchemes: {
          api_key: {
            type: 'http',
            scheme: 'bearer',
            description: '`Authorization: Bearer <key>`; make one with `npx wugan key create`.',
          },
        },
      },
    },
    transform: ({ schema, url }) => ({
      schema: {
        ...(schema as object),
        hide:
          (schema as { hide?: boolean } | undefined)?.hide ?? !/^\/(v1|notify|health)\//.test(url),
      },
      url,
    }),
  })
}

const limit_headers = {
  'x-ratelimit-limit': 'Requests a minute from one address.',
  'x-ratelimit-remaining': 'What is left of them.',
  'x-ratelimit-reset': 'Seconds until the window starts again.',
}

/**
 * The OpenAPI 3.1 document of a server that is ready: shapes once, rate-limit headers and the table
 * of errors added.
 */
export function writeOpenApi(server: Server): OpenApi {
  const document = hoistShapes({
    ...structuredClone(server.swagger()),
    webhooks: describeWebhooks(),
  }) as unknown as OpenApi
  const headers = Object.entries(limit_headers).map(
    ([name, description]) => [name, { description, schema: { type: 'integer' } }] as const,
  )
  document.components['headers'] = {
    ...Object.fromEntries(headers),
    'retry-after': {
      description: 'Seconds to wait before the next request.',
      schema: { type: 'integer' },
    },
  }
  for (const [path, operations] of Object.entries(document.paths))
    for (const operation of Object.values(operations)) finish(path, operation)
  document['x-error-codes'] = Object.entries(errors).map(
    ([code, [status, message, what_to_do]]) => ({ code, status, message, what_to_do }),
  )
  return document
}

/** What we send: one entry for each type, all in one shape. */
const describeWebhooks = (): Record<string, object> =>
  Object.fromEntries(
    webhook_types.map((type) => [
      type,
      {
        post: {
          operationId: type,
          tags: ['Webhooks'],
          summary: type,
          description: 'Signed as Standard Webhooks says; docs/webhooks.md.',
          parameters: ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => ({
            name,
            in: 'header',
            required: true,
            schema: { type: 'string' },
          })),
          requestBody: {
            required: true,
            content: { 'application/json': { schema: structuredClone(WebhookEvent) } },
          },
          responses: {
            '2XX': {
              description: 'Taken. Anything else, and no answer within 10 seconds, is tried again.',
            },
          },
        },
      },
    ]),
  )

function finish(path: string, operation: Operation): void {
  for (const parameter of operation.parameters ?? [])
    if (parameter.name === 'idempotency-key') parameter.required = true
  if (!path.startsWith('/v1/')) return
  for (const [status, response] of Object.entries(operation.responses)) {
    const names = [...Object.keys(limit_headers), ...(status === '429' ? ['retry-after'] : [])]
    response.headers = Object.fromEntries(
      names.map((name) => [name, { $ref: `#/components/headers/${name}` }]),
    )
  }
}
