import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { Pool } from 'undici'
import { server_flags } from '../../commands/parts/server-flags.ts'
import { drive, type Driven } from './drive.ts'
import { merchant_no, type Ground } from './bench-environment.ts'
import { startMeasured, type MeasuredProcess } from './measured-process.ts'
import { presentNotifications } from './notifications.ts'
import { untilAnswers } from './until-answers.ts'

/** The server's cost of one request at a number of callers; `cpu_us` counts its process alone. */
export type Spent = Driven & { callers: number; cpu_us: number; most_rss_mb: number }
export type Kind = 'charge' | 'notification'

type Request = { path: string; headers: Record<string, string>; body: string; status: number }

/** The real server as a process of its own, warmed up, then measured at each number of callers. */
export async function load(
  ground: Ground,
  kind: Kind,
  levels: readonly number[],
  times: number,
): Promise<Spent[]> {
  const server = startMeasured(
    'server/main.ts',
    ground.env,
    join(ground.folder, 'server.log'),
    server_flags,
  )
  const pool = new Pool(ground.url, { connections: 64, headersTimeout: 60_000 })
  try {
    await untilAnswers(`${ground.url}/health/live`, () => server.usage())
    const send = sender(pool)
    await drive(await requests(ground, kind, times), 10, send)
    const spent: Spent[] = []
    for (const callers of levels)
      spent.push(await measure(server, await requests(ground, kind, times), callers, send))
    return spent
  } finally {
    await pool.close()
    await server.stop()
  }
}

async function measure(
  server: MeasuredProcess,
  made: readonly Request[],
  callers: number,
  send: (request: Request) => Promise<void>,
): Promise<Spent> {
  const before = await server.usage()
  const driven = await drive(made, callers, send)
  const after = await server.usage()
  return {
    ...driven,
    callers,
    cpu_us: (after.cpu_us - before.cpu_us) / made.length,
    most_rss_mb: after.most_rss_kb / 1024,
  }
}

/** Sends over `pool` and requires the expected status. */
export const sender =
  (pool: Pool) =>
  async ({ path, headers, body, status }: Request): Promise<void> => {
    const answer = await pool.request({ path, method: 'POST', headers, body })
    const text = await answer.body.text()
    if (answer.statusCode !== status)
      throw new Error(`${path} answered ${answer.statusCode}: ${text}`)
  }

/** Creates `count` new requests of a kind. */
export async function requests(ground: Ground, kind: Kind, times: number): Promise<Request[]> {
  if (kind === 'charge') return Array.from({ length: times }, (_, place) => charge(ground, place))
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return (await presentNotifications(ground, times)).map((body) => ({
    path: '/notify/payment',
    headers,
    body,
    status: 200,
  }))
}

/**
 * Uses the contracts in turn, so that parallel callers charge different ones, as a merchant's
 * customers do.
 */
function charge({ contracts, secret }: Ground, place: number): Request {
  return {
    path: '/v1/charges',
    status: 201,
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${secret}`,
      'idempotency-key': randomUUID(),
    },
    body: JSON.stringify({
      contract_id: contracts[place % contracts.length],
      merchant_order_no: randomUUID(),
      amount_fen: 1,
      description: '乌龙茶 500 毫升',
      merchant_no,
    }),
  }
}
