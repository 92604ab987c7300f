import type { Server } from '../http-types.ts'
import type { Settings } from '../settings.ts'
import { secretDigest } from '../sign-in/digest.ts'
import { consoleActingRoutes } from './acting-routes.ts'
import { createConsoleGuard } from './console-guard.ts'
import type { ConsoleContext } from './context.ts'
import { findOperatorSession } from './operator-store.ts'
import { consoleMorningRoutes } from './morning-routes.ts'
import { consoleReadingRoutes } from './reading-routes.ts'
import { consoleSignInRoutes } from './sign-in-routes.ts'

/** Everything below /console/api, behind one guard. */
export function consoleRoutes(
  server: Server,
  settings: Pick<Settings, 'public_url'>,
  context: ConsoleContext,
): void {
  const guard = createConsoleGuard(server, settings.public_url, (secret) =>
    findOperatorSession(context.database.pool, secretDigest(secret)),
  )
  consoleSignInRoutes(server, { context, guard })
  consoleReadingRoutes(server, context)
  consoleMorningRoutes(server, { context, guard })
  consoleActingRoutes(server, { context, guard })
}
