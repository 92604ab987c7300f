import { Type } from 'typebox'
import type { SessionAnswer, SessionView, SignInResult, SignInStart } from '../api.ts'
import type { Cookies } from '../cookies.ts'
import type { Server } from '../http-types.ts'
import type { SessionGuard } from '../session-guard.ts'
import { questionOf, viewAccount, type Session } from './account.ts'
import { answerTicket } from './answer-ticket.ts'
import { completeSignIn } from './complete-sign-in.ts'
import type { SignInContext } from './context.ts'
import { presentTicket } from './present-ticket.ts'
import { deleteSession } from './session-store.ts'
import { startSignIn } from './start-sign-in.ts'

const strict = { additionalProperties: false }
const PresentTicket = Type.Object(
  { ticket: Type.String({ minLength: 16, maxLength: 4096 }) },
  strict,
)
/** Only a path within the H5: an address would make this an open redirect. */
const StartSignIn = Type.Object(
  { return_to: Type.String({ pattern: '^/(?!/)[A-Za-z0-9/_?=&.-]*$', maxLength: 200 }) },
  strict,
)
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
      const started = await startSignIn(
        context,
        cookies.read(request, 'wugan_visit'),
        request.body.return_to,
      )
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
      return { session: viewSession(done.session), return_to: done.return_to }
    },
  )

  // nobody being signed in is an answer, not a fault: browsers write every 401 on the console
  server.get('/api/session', open, async (request, reply): Promise<SessionAnswer> => {
    const session = await sessions.find(request, reply)
    return { session: session && viewSession(session) }
  })

  server.post(
    '/api/session/account',
    { schema: { body: Answer } },
    async (request, reply): Promise<SessionView> => {
      await answerTicket(context, await sessions.require(request, reply), request.body)
      return viewSession(await sessions.require(request, reply))
    },
  )

  server.delete('/api/session', open, async (request, reply) => {
    const session = await sessions.find(request, reply)
    if (session) await deleteSession(context.database.pool, session.token_digest)
    cookies.clear(reply, 'wugan_session')
    return {}
  })
}

function viewSession(session: Session): SessionView {
  return {
    account: viewAccount(session.account),
    pending_account: session.pending
      ? {
          ...viewAccount({ ...session.pending, origin: 'ticket' }),
          question_id: questionOf(session.pending),
        }
      : null,
    account_conflict: session.account_conflict,
  }
}
