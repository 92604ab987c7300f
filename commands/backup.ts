import { stat } from 'node:fs/promises'
import { environmentOf, readSettings } from '../server/settings.ts'
import { readArguments, stopWithUsage } from './parts/arguments.ts'
import { authorOr } from './parts/author.ts'
import { makeBackup } from './parts/backup/make-backup.ts'
import { printProblem } from './parts/print-problem.ts'
import { readAddresses, serverEnvironment } from './parts/environments.ts'

/**
 * `wugan backup FILE`: saves the database and the rest of DATA_DIR in a new file; the server may go
 * on working.
 */
const {
  values,
  positionals: [file, ...more],
} = readArguments('backup')
if (!file || more.length > 0) stopWithUsage('backup')
try {
  const in_sandbox = environmentOf(process.env) === 'sandbox'
  const { data_dir, database_url, data_key } = readSettings(
    in_sandbox ? serverEnvironment(readAddresses(process.env), process.env) : process.env,
  )
  const { kind, files, schema_version, postgres_major } = await makeBackup(
    { data_dir, database_url },
    file,
    authorOr(values.author),
  )
  const { size } = await stat(file)
  console.log(
    `${file}: ${kind === 'embedded' ? 'the embedded database' : 'a dump'}, ${files.length} files, ${Math.ceil(size / 1_048_576)} MB, PostgreSQL ${postgres_major}, schema ${schema_version}`,
  )
  console.log(
    data_key === null
      ? 'The data key is in it: who has the file can read every contract number.'
      : 'DATA_KEY is not in it; without it the backup opens for nobody. Keep it in another place.',
  )
} catch (error) {
  printProblem(error)
}
