import { join } from 'node:path'
import { Pool } from 'undici'
import { freePort } from '../../commands/parts/port-holder.ts'
import { drive } from './drive.ts'
import { merchant_no, type Ground } from './ground.ts'
import { startMeasured } from './measured-process.ts'
import { untilAnswers } from './until-answers.ts'

/** CPU microseconds of each least step. `hop`: Fastify takes a request; `call`: undici makes one. */
export type Floor = { sign: number; verify: number; commit: number; hop: number; call: number }

export const chargeFloor = ({ sign, verify, commit, hop, call }: Floor): number => sign + verify + commit + hop + call
export const notificationFloor = ({ verify, commit, hop }: Floor): number => verify + commit + hop

/** Measures the floor at several numbers of callers, in one process that does nothing else. */
export async function measureFloor(ground: Ground, levels: readonly number[], times: number): Promise<Map<number, Floor>> {
  const port = await freePort()
  const url = `http://localhost:${port}`
  const floor = startMeasured('tests/load/floor.ts', {
    PORT: String(port), DATABASE_URL: ground.database_url, BENCH_PEER: ground.peer.url, BENCH_PFX: join(ground.folder, 'acp', `merchant-${merchant_no}.pfx`),
  }, join(ground.folder, 'floor.log'))
  await untilAnswers(`${url}/`, () => floor.usage())
  const callers = new Pool(url, { connections: 64 })
  const step = async (name: string, at_once: number, count = times): Promise<number> => (await floor.ask<{ us: number }>({ step: name, times: count, callers: at_once })).us
  const hop = async (at_once: number): Promise<number> => {
    const before = await floor.usage()
    await drive(Array.from({ length: times }), at_once, async () => {
      await (await callers.request({ path: '/floor', method: 'POST', headers: { 'content-type': 'application/json' }, body })).body.text()
    })
    return ((await floor.usage()).cpu_us - before.cpu_us) / times
  }
  const found = new Map<number, Floor>()
  for (const name of ['sign', 'verify', 'commit', 'call']) await step(name, 4) // warm
  await hop(4)
  for (const level of levels) {
    found.set(level, { sign: await step('sign', level), verify: await step('verify', level), commit: await step('commit', level), hop: await hop(level), call: await step('call', level) })
  }
  await callers.close()
  await floor.stop()
  return found
}

const body = JSON.stringify({ merchant_order_no: 'B-0000000001', amount_fen: 1, description: 'x'.repeat(16), merchant_no, contract_id: 'x'.repeat(19) })
