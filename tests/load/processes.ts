import { join } from 'node:path'
import { Pool } from 'undici'
import { freePort } from '../../commands/parts/ports.ts'
import { server_flags } from '../../commands/parts/server-flags.ts'
import { drive, median, type Driven } from './drive.ts'
import { layGround, type Ground } from './bench-environment.ts'
import { requests, sender } from './load.ts'
import { startMeasured } from './measured-process.ts'
import { untilAnswers } from './until-answers.ts'

/**
 * Charges through several server processes on one PostgreSQL. CPU time per charge: of all servers
 * together, and of the load driver with the UnionPay peer.
 */
export type Shared = Driven & {
  processes: number
  callers: number
  cpu_us: number
  driver_us: number
}

/**
 * At each number of processes the median of `rounds` by throughput; the rounds alternate, so that
 * other work on the machine affects all of them.
 */
export async function measureProcesses(
  counts: readonly number[],
  { rounds, callers, times }: { rounds: number; callers: number; times: number },
): Promise<Shared[]> {
  const ground = await layGround()
  try {
    const all: Shared[] = []
    for (let round = 0; round < rounds; round++)
      for (const count of counts) all.push(await measure(ground, count, callers, times))
    return counts.map((count) => {
      const same = all.filter(({ processes }) => processes === count)
      return same.find(
        ({ per_second }) => per_second === median(same.map((one) => one.per_second)),
      ) as Shared
    })
  } finally {
    await ground.stop()
  }
}

async function measure(
  ground: Ground,
  processes: number,
  callers: number,
  times: number,
): Promise<Shared> {
  const ports = await Promise.all(Array.from({ length: processes }, () => freePort()))
  const servers = ports.map((port, place) =>
    startMeasured(
      'server/main.ts',
      { ...ground.env, PORT: String(port) },
      join(ground.folder, `server-${place}.log`),
      server_flags,
    ),
  )
  const pools = ports.map(
    (port) => new Pool(`http://localhost:${port}`, { connections: 64, headersTimeout: 60_000 }),
  )
  const cpu = async (): Promise<number> =>
    (await Promise.all(servers.map((server) => server.usage()))).reduce(
      (sum, { cpu_us }) => sum + cpu_us,
      0,
    )
  try {
    await Promise.all(
      ports.map((port, place) =>
        untilAnswers(`http://localhost:${port}/health/live`, async () => servers[place]?.usage()),
      ),
    )
    const senders = pools.map(sender)
    let turn = 0
    const send = (request: Parameters<(typeof senders)[number]>[0]): Promise<void> =>
      (senders[turn++ % processes] as (typeof senders)[number])(request)
    await drive(await requests(ground, 'charge', times / 2), callers, send)
    const made = await requests(ground, 'charge', times)
    const [before, own] = [await cpu(), process.cpuUsage()]
    const driven = await drive(made, callers, send)
    const { user, system } = process.cpuUsage(own)
    return {
      ...driven,
      processes,
      callers,
      cpu_us: ((await cpu()) - before) / times,
      driver_us: (user + system) / times,
    }
  } finally {
    await Promise.all(pools.map((pool) => pool.close()))
    await Promise.all(servers.map((server) => server.stop()))
  }
}
