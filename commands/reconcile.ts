import pino from 'pino'
import { createApp } from '../server/app.ts'
import { Refusal } from '../server/errors.ts'
import { realClock } from '../server/kernel/clock.ts'
import { systemRandom } from '../server/kernel/ids.ts'
import { applyDay, previewDay } from '../server/reconciliation/apply-day.ts'
import type { ReconciliationContext } from '../server/reconciliation/context.ts'
import { environmentOf, type Settings } from '../server/settings.ts'
import { readStartSettings } from '../server/start-settings.ts'
import type { Database } from '../server/storage/database.ts'
import { openImport } from '../server/unionpay/import-statement.ts'
import { Malformed, spoolFolder } from '../server/unionpay/statements.ts'
import { readArguments, stopWithUsage } from './parts/arguments.ts'
import { readAddresses, serverEnvironment } from './parts/environments.ts'
import { printDay } from './parts/print-day.ts'
import { runOnDatabase } from './parts/run-command.ts'

/**
 * `wugan reconcile --day 2026-11-22` fetches the statement of a clearing day again and prints what
 * it would change: a preview. With `--apply --author NAME` it settles what was unknown, writes down
 * every break and marks paid what the statement shows as paid. `--file statement.zip` takes the
 * file somebody downloaded from UnionPay's pages instead of asking for it; the option may be
 * repeated.
 */
const { values } = readArguments('reconcile')
const { day, merchant, apply = false, author, file: files = [] } = values
if (
  !day ||
  !/^20\d{2}-\d{2}-\d{2}$/.test(day) ||
  Number.isNaN(Date.parse(day)) ||
  (apply && !author)
)
  stopWithUsage('reconcile')

const clearing_day = day
await runOnDatabase(reconcile, () =>
  readStartSettings(
    environmentOf(process.env) === 'sandbox'
      ? serverEnvironment(readAddresses(process.env), process.env)
      : process.env,
  ),
)

async function reconcile(database: Database, settings: Settings): Promise<void> {
  const app = await createApp({
    settings,
    database,
    real_clock: realClock,
    random: systemRandom,
    log: pino({ level: 'silent' }),
  })
  try {
    const merchants = app.reconciliation.statements.merchants.filter(
      (one) => merchant === undefined || one === merchant,
    )
    if (merchants.length === 0) throw new Refusal('merchant_no_unknown')
    if (files.length > 0 && merchants.length > 1)
      throw new Malformed('say with --merchant whose statement the file is')
    for (const merchant_no of merchants) {
      const reconciliation =
        files.length === 0
          ? app.reconciliation
          : await importing(app.reconciliation, settings, merchant_no)
      const found =
        apply && author
          ? await applyDay(reconciliation, merchant_no, clearing_day, author, files)
          : await previewDay(reconciliation, merchant_no, clearing_day)
      printDay(merchant_no, clearing_day, found)
      if (found.problem !== null) process.exitCode = 1
    }
    if (!apply)
      console.log(
        '\nThis was a preview: nothing was changed. To do it: the same with --apply --author NAME',
      )
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    console.error(error.message)
    process.exitCode = 1
  } finally {
    await app.close()
  }
}

/** The same, with the file a person has in place of the one UnionPay would give. */
async function importing(
  context: ReconciliationContext,
  settings: Settings,
  merchant_no: string,
): Promise<ReconciliationContext> {
  const folder = spoolFolder(settings.data_dir)
  const file = await openImport(files, { merchant_no, day: clearing_day, folder })
  return {
    ...context,
    statements: { ...context.statements, fetch: async () => ({ kind: 'file', file }) },
  }
}
