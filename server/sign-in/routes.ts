import { Type } from 'typebox'
import type { ProofAnswer, SessionAnswer, SessionView, SignInResult, SignInStart } from '../api.ts'
import type { Cookies } from '../cookies.ts'
import type { Server } from '../http-types.ts'
import type { SessionGuard } from '../session-guard.ts'
import { viewSession, type Session } from './account.ts'
import { answerTicket } from './answer-ticket.ts'
import { completeSignIn } from './complete-sign-in.ts'
import type { SignInContext } from './context.ts'
import { presentTicket } from './present-ticket.ts'
import { proveByCode } from './prove-session.ts'
import { deleteSession } from './session-store.ts'
import { startSignIn } from './start-sign-in.ts'

const strict = { additionalProperties: false }
const PresentTicket = Type.Object(
  { ticket: Type.String({ minLength: 16, maxLength: 4096 }) },
  strict,
)
/** Only a path within the H5: an address would make this an open redirect. */
const StartSignIn = Type.Object(
  {
    return_to: Type.String({ pattern: '^/(?!/)[A-Za-z0-9/_?=&.-]*$', maxLength: 200 }),
    /** the plan whose terms the payer agreed to a moment ago: returned when they come back */
    agreed_plan_id: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9]{1,32}$' })),
  },
  strict,
)
/** Plain, as the wallet's script gave it. */
const GivenCode = Type.Object({ code: Type.String({ minLength: 1, maxLength: 512 }) }, strict)
const Returned = Type.Object({ query: Type.String({ maxLength: 4096 }) }, strict)
const Answer = Type.Object(
  { accept: Type.Boolean(), question_id: Type.String({ maxLength: 64 }) },
  strict,
)

export type SignInRoutes = {
  context: SignInContext
  cookies: Cookies
  sessions: SessionGuard<Session>
  loginLimit: { max: number; timeWindow: string }
}

export function signInRoutes(
  server: Server,
  { context, cookies, sessions, loginLimit }: SignInRoutes,
): void {
  const open = { config: { open: true } }
  const limited = { config: { open: true, rateLimit: loginLimit } }

  server.post(
    '/api/tickets',
    { ...limited, schema: { body: PresentTicket } },
    async (request, reply) => {
      const session = await sessions.find(request, reply)
      const { visit_cookie } = await presentTicket(
        context,
        request.body.ticket,
        session,
        cookies.read(request, 'wugan_visit'),
      )
      if (visit_cookie) cookies.set(reply, 'wugan_visit', visit_cookie)
      return {}
    },
  )

  server.post(
    '/api/sign-in',
    { ...limited, schema: { body: StartSignIn } },
    async (request, reply): Promise<SignInStart> => {
      const started = await startSignIn(context, cookies.read(request, 'wugan_visit'), {
        return_to: request.body.return_to,
        agreed_plan_id: request.body.agreed_plan_id ?? null,
      })
      cookies.set(reply, 'wugan_visit', started.visit_cookie)
      return { authorize_url: started.authorize_url }
    },
  )

  server.post(
    '/api/sign-in/return',
    { ...limited, schema: { body: Returned } },
    async (request, reply): Promise<SignInResult> => {
      const done = await completeSignIn(
        context,
        cookies.read(request, 'wugan_visit'),
        request.body.query,
        cookies.read(request, 'wugan_session'),
      )
      cookies.clear(reply, 'wugan_visit')
      cookies.set(reply, 'wugan_session', done.session_cookie)
      return {
        session: viewSession(done.session),
        proof: done.proof,
        return_to: done.return_to,
        agreed_plan_id: done.agreed_plan_id,
      }
    },
  )

  server.post(
    '/api/session/proof',
    { ...limited, schema: { body: GivenCode } },
    async (request, reply): Promise<ProofAnswer> => {
      const done = await proveByCode(
        context,
        request.body.code,
        cookies.read(request, 'wugan_session'),
        cookies.read(request, 'wugan_visit'),
      )
      cookies.clear(reply, 'wugan_visit')
      cookies.set(reply, 'wugan_session', done.session_cookie)
      return { session: viewSession(done.session), proof: done.proof }
    },
  )

  // nobody being signed in is an answer, not a fault: browsers write every 401 on the console. Nor
  // is anybody whom this web view did not prove
  server.get('/api/session', open, async (request, reply): Promise<SessionAnswer> => {
    const held = await sessions.held(request, reply)
    if (held && !held.proved) return { session: null, unproved: true }
    return { session: held && viewSession(held.session) }
  })

  server.post(
    '/api/session/account',
    { schema: { body: Answer } },
    async (request, reply): Promise<SessionView> => {
      await answerTicket(context, await sessions.require(request, reply), request.body)
      return viewSession(await sessions.require(request, reply))
    },
  )

  // a way out needs no proof: who holds the cookie may end what it stands for
  server.delete('/api/session', open, async (request, reply) => {
    const held = await sessions.held(request, reply)
    if (held) await deleteSession(context.database.pool, held.session.token_digest)
    cookies.clear(reply, 'wugan_session')
    return {}
  })
}
