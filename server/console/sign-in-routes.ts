import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { OperatorView } from '../api.ts'
import type { Server } from '../http-types.ts'
import { networkOf } from '../kernel/ip-address.ts'
import { secretDigest } from '../sign-in/digest.ts'
import { isKnownBrowser } from './browser-store.ts'
import type { ConsoleGuard } from './console-guard.ts'
import type { ConsoleContext } from './context.ts'
import type { Operator } from './operator.ts'
import { signInOperator, signOutOperator } from './sign-in.ts'

const SignIn = Type.Object(
  {
    name: Type.String({ pattern: '^[^\\x00-\\x1f\\x7f]{1,64}$' }),
    password: Type.String({ minLength: 1, maxLength: 256 }),
  },
  { additionalProperties: false },
)
const open = { config: { open: true } }
/** Operators come and go. */
export function consoleSignInRoutes(
  server: Server,
  { context, guard }: { context: ConsoleContext; guard: ConsoleGuard },
): void {
  /**
   * By address, and a browser in which somebody signed in before by itself: who shares an address
   * with a stranger is not kept out by them.
   */
  const caller = async (request: FastifyRequest): Promise<string> => {
    const browser = guard.readBrowser(request)
    const digest = browser && secretDigest(browser)
    return digest && (await isKnownBrowser(context.database.pool, null, digest))
      ? `browser ${digest}`
      : networkOf(request.ip)
  }
  const rateLimit = { max: 20, timeWindow: '1 minute', keyGenerator: caller }

  server.post(
    '/console/api/sign-in',
    { config: { open: true, rateLimit }, schema: { body: SignIn } },
    async (request, reply): Promise<OperatorView> => {
      const { operator, ...secrets } = await signInOperator(context, {
        ...request.body,
        network: networkOf(request.ip),
        browser: guard.readBrowser(request),
      })
      const former = guard.read(request)
      if (former) await signOutOperator(context.database, former)
      guard.set(reply, secrets)
      request.log.info({ operator: operator.name }, 'an operator signed in')
      return viewOperator(operator)
    },
  )

  server.get('/console/api/operator', async (request): Promise<OperatorView> =>
    viewOperator(guard.require(request)),
  )

  server.delete(
    '/console/api/session',
    open,
    async (request, reply): Promise<Record<string, never>> => {
      const secret = guard.read(request)
      if (secret) await signOutOperator(context.database, secret)
      guard.clear(reply)
      return {}
    },
  )
}

const viewOperator = ({ name, role }: Operator): OperatorView => ({ name, role })
