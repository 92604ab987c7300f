import { Type } from 'typebox'
import type { ComingDebitView } from '../api.ts'
import { ById } from '../schemas/fields.ts'
import { Refusal } from '../errors.ts'
import type { Server } from '../http-types.ts'
import type { SessionGuard } from '../session-guard.ts'
import type { Session } from '../sign-in/account.ts'
import type { DebitNoticesContext } from './context.ts'
import { insertDelivery, listComing } from './store.ts'
import { viewComing } from './view.ts'

const most = 50

/**
 * What is going to be debited, for the payer: only their own. That the page showed it is written
 * down as a delivery.
 */
export function comingDebitRoutes(
  server: Server,
  { context, sessions }: { context: DebitNoticesContext; sessions: SessionGuard<Session> },
): void {
  const { pool } = context.database

  server.get(
    '/api/coming-debits',
    async (request, reply): Promise<{ coming_debits: ComingDebitView[] }> => {
      const { account } = await sessions.require(request, reply)
      const coming = await listComing(pool, account.user_ref, most)
      return {
        coming_debits: coming.map((one) => viewComing(one, context.catalogue.find(one.plan_id))),
      }
    },
  )

  server.post(
    '/api/coming-debits/:id/seen',
    { schema: { params: ById, body: Type.Object({}, { additionalProperties: false }) } },
    async (request, reply): Promise<Record<string, never>> => {
      const { account } = await sessions.require(request, reply)
      const coming = await listComing(pool, account.user_ref, most)
      if (!coming.some(({ id }) => id === request.params.id)) throw new Refusal('not_found')
      await insertDelivery(pool, request.params.id, 'mini_app', null)
      return {}
    },
  )
}
