import { contextsOf } from './app/contexts.ts'
import { lifecycleOf } from './app/lifecycle.ts'
import { openParts } from './app/open-parts.ts'
import { registerRoutes } from './app/routes.ts'
import type { App, World } from './app/world.ts'
import { trackOpenRequests } from './close-server.ts'
import { healthRoutes } from './health.ts'
import { createHttp } from './http.ts'
import { makePage } from './page.ts'
import { pageRoutes } from './page-routes.ts'
import { publicFacts } from './public-routes.ts'
import { shedLoad } from './shed-load.ts'

export type { App, World } from './app/world.ts'

/**
 * The composition root: opens the parts, makes the contexts, registers the routes, and gives the
 * process its lifecycle.
 */
export async function createApp(world: World): Promise<App> {
  const { settings, database, log } = world
  const parts = await openParts(world)
  const contexts = contextsOf(world, parts)

  const facts = publicFacts(settings, parts.catalogue)
  const page = await makePage(settings.web_dir, facts)
  const server = await createHttp(settings, log)
  const closing = trackOpenRequests(server)
  parts.tracing.traceRequests(server)
  shedLoad(server, database.pool)
  const health = healthRoutes(server, database)
  registerRoutes(server, world, parts, contexts, facts)
  await pageRoutes(server, settings, page)

  const { contracts, charges, reconciliation } = contexts
  const lifecycle = lifecycleOf(world, parts, contexts, closing, health)
  return { server, contracts, charges, reconciliation, ...lifecycle }
}
