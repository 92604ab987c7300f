import { setTimeout as wait } from 'node:timers/promises'
import pg, { type ClientConfig } from 'pg'
import { StartProblem } from '../kernel/start-problem.ts'

const lock = 'wugan server'
const key = `hashtextextended('${lock}', 0)`

/**
 * Held as long as the process runs, on a connection of its own: the kernel releases it even after
 * kill -9.
 */
export type OnlyServer = { release(): Promise<void> }

/**
 * Makes sure that one server works on an embedded database. Further ones join through DATABASE_URL.
 * `onLost` is called once if the connection ends by itself. Throws StartProblem when another server
 * holds the place.
 */
export async function beOnlyServer(
  connection: ClientConfig,
  data_dir: string,
  onLost: () => void,
  patience_ms = 1_500,
): Promise<OnlyServer> {
  const client = new pg.Client({
    ...connection,
    application_name: `wugan server ${process.pid}`,
    connectionTimeoutMillis: 10_000,
  })
  let released = false
  client.on('error', () => {})
  await client.connect()
  if (!(await tryLock(client, patience_ms))) {
    const holder = await holderOf(client)
    await client.end()
    throw new StartProblem(
      `${holder} already works on the data in ${data_dir}: stop it first, or set another DATA_DIR and PORT for this one, or one DATABASE_URL for both.`,
    )
  }
  client.once('end', () => {
    if (!released) onLost()
  })
  return {
    release: async () => {
      released = true
      await client.end()
    },
  }
}

/** A process that was just killed needs a moment to be gone. */
async function tryLock(client: pg.Client, patience_ms: number): Promise<boolean> {
  const until = performance.now() + patience_ms
  for (;;) {
    const { rows } = await client.query<{ taken: boolean }>(
      `select pg_try_advisory_lock(${key}) as taken`,
    )
    if (rows[0]?.taken) return true
    if (performance.now() >= until) return false
    await wait(100)
  }
}

async function holderOf(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `select a.application_name as name from pg_locks l join pg_stat_activity a using (pid)
      where l.locktype = 'advisory' and l.granted and a.application_name like 'wugan server %'
        and (l.classid::bigint << 32 | l.objid::bigint) = ${key} and l.database = (select oid from pg_database where datname = current_database())`,
  )
  const pid = rows[0]?.name.split(' ').at(-1)
  return pid ? `Another server (process ${pid})` : 'Another server'
}
