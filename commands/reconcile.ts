import { parseArgs } from 'node:util'
import pino from 'pino'
import { createApp } from '../server/app.ts'
import { Refusal } from '../server/errors.ts'
import { realClock } from '../server/kernel/clock.ts'
import { systemRandom } from '../server/kernel/ids.ts'
import { applyDay } from '../server/reconciliation/apply-day.ts'
import type { ReconciliationContext } from '../server/reconciliation/context.ts'
import { previewDay } from '../server/reconciliation/preview-day.ts'
import { readSettings } from '../server/settings.ts'
import { openDatabase } from '../server/storage/database.ts'
import { openImport } from '../server/unionpay/import-statement.ts'
import { Malformed, spoolFolder } from '../server/unionpay/statements.ts'
import { readAddresses, serverEnvironment } from './parts/environments.ts'
import { printDay } from './parts/print-day.ts'

/**
 * `npm run -s reconcile -- --day 2026-11-22` fetches the statement of a clearing day again and prints what it would change: a preview.
 * With `--apply --author NAME` it settles what was unknown, writes down every break and marks paid what the statement shows as paid.
 * `--file statement.zip` takes the file somebody downloaded from UnionPay's pages instead of asking for it; the option may be repeated.
 */
const { values } = parseArgs({
  options: {
    day: { type: 'string' },
    merchant: { type: 'string' },
    apply: { type: 'boolean' },
    author: { type: 'string' },
    file: { type: 'string', multiple: true },
  },
})
const { day, merchant, apply = false, author, file: files = [] } = values
if (
  !day ||
  !/^20\d{2}-\d{2}-\d{2}$/.test(day) ||
  Number.isNaN(Date.parse(day)) ||
  (apply && !author)
) {
  console.error(
    'usage: npm run -s reconcile -- --day YYYY-MM-DD [--merchant NUMBER] [--file STATEMENT] [--apply --author NAME]',
  )
  process.exit(2)
}

const in_sandbox = (process.env.UNIONPAY_ENV || 'sandbox') === 'sandbox'
const settings = readSettings(
  in_sandbox ? serverEnvironment(readAddresses(process.env), process.env) : process.env,
)
const database = await openDatabase({
  data_dir: settings.data_dir,
  database_url: settings.database_url,
  role: 'command',
})
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
        : await importing(app.reconciliation, merchant_no, day)
    const found =
      apply && author
        ? await applyDay(reconciliation, merchant_no, day, author, files)
        : await previewDay(reconciliation, merchant_no, day)
    printDay(merchant_no, day, found)
    if (found.problem !== null) process.exitCode = 1
  }
  if (!apply)
    console.log(
      '\nThis was a preview: nothing was changed. To do it: the same with --apply --author NAME',
    )
} catch (error) {
  if (error instanceof Refusal) console.error(`${error.code}: ${error.message}`)
  else if (error instanceof Malformed) console.error(error.message)
  else throw error
  process.exitCode = 1
} finally {
  await app.close()
  await database.close()
}

/** The same, with the file a person has in place of the one UnionPay would give. */
async function importing(
  context: ReconciliationContext,
  merchant_no: string,
  on: string,
): Promise<ReconciliationContext> {
  const folder = spoolFolder(settings.data_dir)
  const file = await openImport(files, { merchant_no, day: on, folder })
  return {
    ...context,
    statements: { ...context.statements, fetch: async () => ({ kind: 'file', file }) },
  }
}
