import { setTimeout as wait } from 'node:timers/promises'
import type { RandomStream } from '../simulation/random-stream.ts'
import { isAlive } from '../../server/storage/embedded-cluster.ts'
import { until } from '../support/until.ts'
import type { Installation } from './installation.ts'
import { family, queryOnce } from './postgres.ts'

export const all_disruptions = [
  'server killed',
  'PostgreSQL killed',
  'a backend killed',
  'everything killed',
  'connection cut',
  'connection silent',
  'disk full',
] as const
export type Disruption = (typeof all_disruptions)[number]

/** The disruptions an installation can take. */
export const disruptionsOf = ({
  to_database,
  disk,
}: Pick<Installation, 'to_database' | 'disk'>): Disruption[] =>
  all_disruptions.filter((disruption) =>
    disruption === 'disk full'
      ? disk !== null
      : !disruption.startsWith('connection') || to_database !== null,
  )

/**
 * Injects one disruption. Afterwards only the restart of exited programs intervenes; nobody repairs
 * data.
 */
export async function disrupt(
  at: Installation,
  disruption: Disruption,
  chance: RandomStream,
): Promise<void> {
  switch (disruption) {
    case 'server killed':
      return chance.pick(at.servers).kill()
    case 'PostgreSQL killed':
      return killPostgres(at)
    case 'a backend killed':
      return killBackend(at, chance)
    case 'everything killed':
      for (const server of at.servers) server.kill()
      return killPostgres(at)
    case 'connection cut':
      at.to_database?.cut()
      await wait(chance.below(1_500))
      return at.to_database?.mend()
    case 'connection silent':
      at.to_database?.fallSilent()
      await wait(chance.below(1_500))
      return at.to_database?.mend()
    case 'disk full':
      return fillDisk(at, chance)
  }
}

/**
 * kill -9 of all its processes, as in a power failure; an external supervisor restarts a foreign
 * one.
 */
async function killPostgres({ postgres }: Installation): Promise<void> {
  const first = postgres.postmaster()
  if (first === null) throw new Error('there is no PostgreSQL to kill')
  const all = family(first)
  for (const pid of all) end(pid)
  await until('PostgreSQL is gone', () => all.every((pid) => !isAlive(pid)))
  await postgres.start()
}

/** PostgreSQL then ends all other backends too, and recovers. */
async function killBackend({ postgres }: Installation, chance: RandomStream): Promise<void> {
  const rows = await until('PostgreSQL tells its backends', () =>
    queryOnce<{ pid: number }>(
      postgres.connection(),
      `select pid from pg_stat_activity where application_name like 'wugan%'`,
    ),
  )
  end(chance.pick(rows).pid)
}

/**
 * Full for a while; sometimes the write-ahead log needs a new file meanwhile, and PostgreSQL stops
 * itself.
 */
async function fillDisk({ disk, postgres }: Installation, chance: RandomStream): Promise<void> {
  if (!disk) throw new Error('there is no disk to fill')
  disk.fill()
  await wait(500)
  if (chance.happens(0.5))
    for (let turn = 0; turn < 8; turn++)
      await queryOnce(postgres.connection(), 'select pg_switch_wal()')
  await wait(500 + chance.below(1_000))
  disk.empty()
  if (postgres.database_url !== null && postgres.postmaster() === null) await postgres.start()
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error // it exited by itself a moment ago
  }
}
