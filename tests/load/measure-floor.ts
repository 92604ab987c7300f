import { join } from 'node:path'
import { Pool } from 'undici'
import { freePort } from '../../commands/parts/ports.ts'
import { drive } from './drive.ts'
import { merchant_no, type Ground } from './bench-environment.ts'
import { startMeasured } from './measured-process.ts'
import { untilAnswers } from './until-answers.ts'

/**
 * CPU microseconds of the minimum work. `charge` and `notification`: a whole request of a server
 * that does nothing else. All others: one step alone, repeated; `hop` is Fastify receiving a
 * request, `call` is undici making one.
 */
export type Floor = Record<(typeof steps)[number] | (typeof requests)[number], number>

const steps = ['sign', 'verify', 'commit', 'call'] as const
const requests = ['hop', 'charge', 'notification'] as const

/** Measures the floor at several numbers of callers, in one process that does nothing else. */
export async function measureFloor(
  ground: Ground,
  levels: readonly number[],
  times: number,
): Promise<Map<number, Floor>> {
  const port = await freePort()
  const url = `http://localhost:${port}`
  const floor = startMeasured(
    'tests/load/floor.ts',
    {
      PORT: String(port),
      DATABASE_URL: ground.database_url,
      BENCH_PEER: ground.peer.url,
      BENCH_PFX: join(ground.folder, 'acp', `merchant-${merchant_no}.pfx`),
    },
    join(ground.folder, 'floor.log'),
  )
  const pool = new Pool(url, { connections: 64 })
  const step = async (name: string, callers: number): Promise<number> =>
    (await floor.ask<{ us: number }>({ step: name, times, callers })).us
  const request = async (path: string, callers: number): Promise<number> => {
    const before = await floor.usage()
    await drive(Array.from({ length: times }), callers, async () => {
      await (
        await pool.request({
          path: `/${path}`,
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body,
        })
      ).body.text()
    })
    return ((await floor.usage()).cpu_us - before.cpu_us) / times
  }
  const measure = async (callers: number): Promise<Floor> => {
    const found: Partial<Floor> = {}
    for (const name of steps) found[name] = await step(name, callers)
    for (const name of requests) found[name] = await request(name, callers)
    return found as Floor
  }
  try {
    await untilAnswers(`${url}/`, () => floor.usage())
    await measure(10) // warm-up
    const found = new Map<number, Floor>()
    for (const level of levels) found.set(level, await measure(level))
    return found
  } finally {
    await pool.close()
    await floor.stop()
  }
}

const body = JSON.stringify({
  merchant_order_no: 'B-0000000001',
  amount_fen: 1,
  description: 'x'.repeat(16),
  merchant_no,
  contract_id: 'x'.repeat(19),
})
