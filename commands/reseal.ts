import { appendAudit } from '../server/audit/store.ts'
import { systemRandom } from '../server/kernel/ids.ts'
import { openCipher } from '../server/storage/deployment.ts'
import { findRing } from '../server/storage/key-ring.ts'
import { countOthers, resealColumn, sealed_columns } from '../server/storage/reseal.ts'
import { readArguments, stopWithUsage } from './parts/arguments.ts'
import { runOnDatabase } from './parts/run-command.ts'

/**
 * `wugan reseal --author NAME`: seals with DATA_KEY whatever DATA_KEY_SECOND sealed, while servers
 * work. Ended at any moment, it is started again. Exit code 0 only when DATA_KEY_SECOND is needed
 * no more.
 */
const {
  values: { author },
} = readArguments('reseal')
if (!author) stopWithUsage('reseal')
await runOnDatabase(async ({ pool }, settings) => {
  const ring = findRing(settings)
  const [{ id }] = ring
  const cipher = await openCipher(pool, ring, systemRandom)
  let sum = 0
  for (const column of sealed_columns) {
    const done = await resealColumn(pool, cipher, id, column)
    sum += done
    console.log(`${column.table}.${column.column}: ${done} resealed`)
  }
  await appendAudit(pool, {
    author,
    action: 'data_key.resealed',
    subject: id,
    detail: { values: sum },
  })
  const left = await countOthers(pool, id)
  if (left === 0) console.log(`everything is sealed with ${id}. DATA_KEY_SECOND is needed no more.`)
  else
    console.log(
      `${left} values are still sealed with another key: a server that does not have ${id} as its DATA_KEY yet wrote them. Restart it, and run this again.`,
    )
  process.exitCode = left === 0 ? 0 : 1
})
