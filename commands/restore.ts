import { environmentOf, readSettings } from '../server/settings.ts'
import { readArguments, stopWithUsage } from './parts/arguments.ts'
import { authorOr } from './parts/author.ts'
import { printProblem } from './parts/print-problem.ts'
import { restoreBackup } from './parts/backup/restore-backup.ts'
import { readAddresses, serverEnvironment } from './parts/environments.ts'

/**
 * `DATA_DIR=NEW wugan restore FILE`: puts a backup into an empty folder and opens it once. Never
 * replaces anything.
 */
const {
  values,
  positionals: [file, ...more],
} = readArguments('restore')
if (!file || more.length > 0) stopWithUsage('restore')
try {
  const in_sandbox = environmentOf(process.env) === 'sandbox'
  const settings = readSettings(
    in_sandbox ? serverEnvironment(readAddresses(process.env), process.env) : process.env,
  )
  const { manifest, contracts, charges, newest } = await restoreBackup(
    settings,
    file,
    authorOr(values.author),
  )
  console.log(
    `restored what was saved at ${manifest.made_at}: ${contracts} contracts, ${charges} charges${newest ? `, the newest of ${newest.toISOString()}` : ''}`,
  )
  console.log(
    'What happened since is not in it: docs/backup.md says what to do before payers come back.',
  )
} catch (error) {
  printProblem(error)
}
