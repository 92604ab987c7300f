import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { RuleSchema, type Rule } from '../open-platform/rules.ts'
import type { Parts } from '../parts.ts'

/**
 * Faults that the open platform's interfaces return, in order; the first rule that matches a
 * request applies.
 */
export async function ruleRoutes(app: FastifyInstance, parts: Parts): Promise<void> {
  const list = () => ({ rules: parts.rules.all() })
  app.get('/_control/rules', async () => list())
  app.put<{ Body: Rule[] }>(
    '/_control/rules',
    { schema: { body: Type.Array(RuleSchema, { maxItems: 200 }) } },
    async (request) => {
      parts.rules.replaceAll(request.body)
      return list()
    },
  )
  app.post<{ Body: Rule }>(
    '/_control/rules',
    { schema: { body: RuleSchema } },
    async (request) => ({ id: parts.rules.add(request.body) }),
  )
  app.delete('/_control/rules', async () => {
    parts.rules.replaceAll([])
    return list()
  })
  app.delete<{ Params: { id: string } }>('/_control/rules/:id', async (request, reply) =>
    parts.rules.remove(request.params.id)
      ? list()
      : reply.code(404).send({ error: 'unknown_rule', message: 'No such rule.' }),
  )
}
