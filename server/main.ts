import pino, { type Logger } from 'pino'
import { ensureShopKey } from './api-keys/shop-key.ts'
import { createApp, type App } from './app.ts'
import { ensureSandboxOperators, refuseSandboxOperators } from './console/sandbox-operator.ts'
import { realClock } from './kernel/clock.ts'
import { systemRandom } from './kernel/ids.ts'
import { countAlarms } from './metrics/count-alarms.ts'
import { guardedLog } from './metrics/guarded-log.ts'
import { sentenceOfSystem } from './kernel/start-problem.ts'
import { createMetrics, type Metrics } from './metrics/metrics.ts'
import { SettingsProblem, type Settings } from './settings.ts'
import { readStartSettings, startRemarks } from './start-settings.ts'
import { openDatabase, type Database } from './storage/database.ts'

/**
 * The process: settings → storage → app → jobs; closes with grace on SIGTERM, SIGINT and SIGHUP.
 */
async function main(settings: Settings): Promise<void> {
  const metrics = createMetrics()
  const log = pino(
    {
      level: settings.log_level,
      base: { app: 'wugan' },
      hooks: countAlarms(metrics),
      redact: [
        'req.headers',
        'open_id',
        'contract_id',
        'ticket',
        '*.open_id',
        '*.contract_id',
        '*.ticket',
      ],
    },
    guardedLog(pino.destination(1), metrics.alarmed),
  )
  for (const detail of startRemarks(settings)) log.warn({ detail }, 'to be looked at')
  const database = await openDatabase({
    data_dir: settings.data_dir,
    database_url: settings.database_url,
  })
  const app = await startApp(settings, database, log, metrics).catch(async (error: unknown) => {
    await database.close()
    throw error
  })
  log.info({ env: settings.unionpay_env, embedded_database: database.embedded }, 'ready')
  if (database.as_nobody)
    console.error(
      'The embedded database runs as nobody, an account that other programs may share: `useradd --system wugan` gives it one of its own from the next start on.',
    )

  const close = async (signal: string): Promise<void> => {
    log.info({ signal }, 'closing')
    await app.close()
    await database.close()
    log.info('closed')
  }
  void database.lost.then((error) => {
    log.fatal({ err: error }, 'the embedded database died and cannot be brought back')
    process.exit(1)
  })
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
    process.once(signal, () => void close(signal).then(() => process.exit(0), fail))
}

async function startApp(
  settings: Settings,
  database: Database,
  log: Logger,
  metrics: Metrics,
): Promise<App> {
  const app = await createApp({
    settings,
    database,
    real_clock: realClock,
    random: systemRandom,
    log,
    metrics,
  })
  if (settings.shop_key_file)
    await ensureShopKey(database.pool, realClock, systemRandom, settings.shop_key_file)
  if (settings.sandbox_on_public_network) await refuseSandboxOperators(database.pool)
  else if (settings.unionpay_env === 'sandbox')
    await ensureSandboxOperators(database.pool, realClock, systemRandom, settings.data_dir)
  await app.server.listen({ port: settings.port, host: settings.host })
  app.startJobs()
  return app
}

/**
 * What stops a start is said in one plain sentence; everything else is a bug and shows its stack.
 */
function fail(error: unknown): never {
  const expected =
    error instanceof SettingsProblem || (error instanceof Error && error.name === 'StartProblem')
  console.error(expected ? error.message : (portProblem(error) ?? sentenceOfSystem(error) ?? error))
  process.exit(1)
}

/** A port that is taken or not for us, with what to set. Null for every other error. */
function portProblem(error: unknown): string | null {
  const { code, syscall, port } = error as NodeJS.ErrnoException & { port?: number }
  if (syscall !== 'listen' || port === undefined) return null
  const name = String(port) === process.env.METRICS_PORT?.trim() ? 'METRICS_PORT' : 'PORT'
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use: stop the other program, or set another with ${name}.`
  return code === 'EACCES'
    ? `Port ${port} is not for this user: set ${name} to one above 1023, with a proxy before it.`
    : null
}

try {
  await main(await readStartSettings(process.env))
} catch (error) {
  fail(error)
}
