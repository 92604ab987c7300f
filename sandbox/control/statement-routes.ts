import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { Parts } from '../parts.ts'
import { dayLines } from '../statements/day-lines.ts'
import { PlantSchema, type Plant } from '../statements/plants.ts'
import { isAvailable, writeStatement } from '../statements/statement.ts'

type ByDay = { Params: { merchant: string; day: string } }
const byDay = {
  schema: {
    params: Type.Object({
      merchant: Type.String({ pattern: '^[0-9A-Za-z]{15}$' }),
      day: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
    }),
  },
}

/** Statements in the control API: the content of a day's file, and the breaks injected into it. */
export async function statementRoutes(app: FastifyInstance, parts: Parts): Promise<void> {
  const list = () => ({ plants: parts.plants.all() })
  app.get('/_control/statements/plants', async () => list())
  app.put<{ Body: Plant[] }>(
    '/_control/statements/plants',
    { schema: { body: Type.Array(PlantSchema, { maxItems: 200 }) } },
    async (request) => {
      parts.plants.replaceAll(request.body)
      return list()
    },
  )
  app.post<{ Body: Plant }>(
    '/_control/statements/plants',
    { schema: { body: PlantSchema } },
    async (request) => {
      parts.plants.replaceAll([...parts.plants.all(), request.body])
      return list()
    },
  )
  app.get<ByDay>(
    '/_control/statements/:merchant/:day',
    byDay,
    async ({ params: { merchant, day } }) => ({
      available: isAvailable(parts, day),
      ...dayLines(parts, merchant, day, parts.plants.of(merchant, day)),
    }),
  )
  app.get<ByDay>(
    '/_control/statements/:merchant/:day/file.zip',
    byDay,
    async ({ params: { merchant, day } }, reply) => {
      const file = writeStatement(parts, merchant, day)
      if (!file)
        return reply
          .code(404)
          .send({ error: 'no_file', message: 'The file of this day is not there yet.' })
      return reply
        .header('content-disposition', `attachment; filename="${file.file_name}"`)
        .type('application/zip')
        .send(file.zip)
    },
  )
}
