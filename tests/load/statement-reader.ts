import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { newId, systemRandom } from '../../server/kernel/ids.ts'
import { certificateOf } from '../../server/unionpay/gateway/certificate.ts'
import { createGateway } from '../../server/unionpay/gateway/gateway.ts'
import { createStatements, most_file_bytes, spoolFolder } from '../../server/unionpay/statements.ts'
import { openDatabase } from '../../server/storage/database.ts'
import { runFetch, claimFetch } from '../../server/reconciliation/fetch-statement.ts'
import type { ReconciliationContext } from '../../server/reconciliation/context.ts'

/**
 * The measured half of `statement.ts`: fetches, reads and compares as the server's job does, and
 * reports time and memory.
 */
const [folder = '', url = ''] = process.argv.slice(2)
const merchant = '898310148160568'
const pki = JSON.parse(readFileSync(join(folder, 'pki.json'), 'utf8')) as {
  root: string
  middle: string
  key: string
  at: string
}
const clock = { now: () => new Date(pki.at) }
const database = await openDatabase({
  data_dir: join(folder, 'data'),
  database_url: null,
  role: 'command',
})
const certificate = (pem: string) => certificateOf(new X509Certificate(pem))
const gateway = createGateway({
  base_url: url,
  merchants: [
    {
      merchant,
      certificate: certificate(pki.root),
      signing: { method: '01', cert_id: '1', key: createPrivateKey(pki.key) },
    },
  ],
  roots: [certificate(pki.root)],
  middles: [certificate(pki.middle)],
  owner_rule: 'strict',
  clock,
  answer_timeout_ms: 5_000,
  connections: 2,
  files: { base_url: url, folder: spoolFolder(folder), most_file_bytes },
})
const quiet = { info: () => {}, warn: () => {}, error: () => {} }
const unwatched = { accepted: () => {}, settled: () => {} }
const charges = {
  database,
  clock,
  random: systemRandom,
  clearing_day_ends: '23:00',
  log: quiet,
  watch: unwatched,
} as unknown as ReconciliationContext['charges']
const context: ReconciliationContext = {
  charges,
  statement_at: '09:00',
  fees: new Map(),
  statements: createStatements({
    gateway,
    merchants: [merchant],
    clock,
    folder: spoolFolder(folder),
  }),
}
await database.pool.query(
  `insert into statements (id, merchant_no, day, due_at, give_up_at) values ($1, $2, '2026-11-21', business_now(), business_now())`,
  [newId(clock, systemRandom), merchant],
)

const [started, used_before] = [performance.now(), process.cpuUsage()]
const fetch_job = await claimFetch(context)
if (!fetch_job) throw new Error('nothing is due')
const { compared, problem } = await runFetch(context, fetch_job, new AbortController().signal)
if (!compared) throw new Error(problem ?? 'nothing was compared')
const seconds = (performance.now() - started) / 1000
const { user, system } = process.cpuUsage(used_before)
const breaks = Object.values(compared.counts).reduce((sum, one) => sum + one, 0)
console.log(
  JSON.stringify({
    seconds,
    cpu_seconds: (user + system) / 1e6,
    megabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    lines: compared.lines,
    settled: compared.settled_orders,
    breaks,
  }),
)
await gateway.close()
await database.close()
