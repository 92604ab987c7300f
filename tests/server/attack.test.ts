import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { page_paths, route_table, routesOf, type RouteLine } from '../support/route-table.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => { world = await startWorld({ jobs: false }) })
afterAll(async () => world.stop())

/** No such thing, but of the right form. */
const nowhere = (path: string): string => path.replace(':plan_id', 'a1f0c3d2e4b5968778695a4b3c2d1e04').replace(/:\w+/, '01KBN2V7Q4TZ8M3RXJ5W9GYHC6')
const query: Record<string, string> = { '/console/api/search': '?q=a', '/v1/debit-notices/proof': '?from=2026-11-01&to=2026-11-02' }
const send = (line: RouteLine, headers: Record<string, string> = {}): Promise<Response> => fetch(`${world.url}${nowhere(line.path)}${query[line.path] ?? ''}`, {
  method: line.method, headers: { 'idempotency-key': 'attack-1', ...(line.body ? { 'content-type': 'application/json' } : {}), ...headers }, ...(line.body ? { body: JSON.stringify(line.body) } : {}),
})
const codeOf = async (answer: Response): Promise<string> => ((await answer.json()) as { code: string }).code
const named = ({ method, path }: RouteLine): string => `${method} ${path}`

test('every route of the server has a line in the table, and every line a route', () => {
  const served = routesOf(world.app.server.printRoutes({ commonPrefix: false })).filter((route) => !page_paths.test(route.split(' ')[1] ?? ''))
  expect(served.toSorted()).toEqual(route_table.map(named).toSorted())
})

describe('nobody gets in', () => {
  test.each(route_table.filter(({ door }) => door === 'payer' || door === 'operator' || door === 'key').map((line) => [named(line), line] as const))('to %s', async (_name, line) => {
    const answer = await send(line)
    expect([answer.status, await codeOf(answer)]).toEqual([401, line.door === 'key' ? 'api_key_invalid' : 'not_signed_in'])
  })
})

test('no page of another origin changes anything', async () => {
  const lines = route_table.filter(({ method, path }) => method !== 'GET' && /^\/(console\/)?api\//.test(path))
  for (const line of lines) {
    for (const origin of ['https://evil.example', 'null', `${world.url}.evil.example`]) {
      const answer = await send(line, { origin })
      expect([named(line), answer.status, await codeOf(answer)]).toEqual([named(line), 403, 'origin_refused'])
    }
  }
})
