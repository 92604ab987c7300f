import { Type } from 'typebox'
import type { PersonExport } from '../api.ts'
import type { Cookies } from '../cookies.ts'
import { Refusal } from '../errors.ts'
import type { Server } from '../http-types.ts'
import type { SessionGuard } from '../session-guard.ts'
import type { Session } from '../sign-in/account.ts'
import type { PrivacyContext } from './context.ts'
import { erasePerson } from './erase-person.ts'
import { exportPerson } from './export-person.ts'
import { readPerson } from './store.ts'

const Confirmed = Type.Object({ confirmed: Type.Literal(true) }, { additionalProperties: false })

export type PrivacyRoutes = {
  context: PrivacyContext
  sessions: SessionGuard<Session>
  cookies: Cookies
  limit: { max: number; timeWindow: string }
}

/** 个人信息: a payer exports and deletes their data. */
export function privacyRoutes(
  server: Server,
  { context, sessions, cookies, limit }: PrivacyRoutes,
): void {
  const limited = { config: { rateLimit: limit } }

  server.get('/api/privacy/export', limited, async (request, reply): Promise<PersonExport> => {
    const { account } = await sessions.require(request, reply)
    const person = await readPerson(context.database.pool, account.user_ref)
    if (!person) throw new Refusal('not_found')
    void reply.header('content-disposition', 'attachment; filename="my-records.json"')
    return exportPerson(context, person, 'payer')
  })

  server.post(
    '/api/privacy/erasure',
    { ...limited, schema: { body: Confirmed } },
    async (request, reply): Promise<Record<string, never>> => {
      const { account } = await sessions.require(request, reply)
      await erasePerson(context, account.user_ref, 'payer')
      cookies.clear(reply, 'wugan_session')
      return {}
    },
  )
}
