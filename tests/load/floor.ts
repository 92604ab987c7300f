import { sign, verify } from 'node:crypto'
import { promisify } from 'node:util'
import Fastify from 'fastify'
import { Pool } from 'undici'
import { openPfxFile } from '../../server/unionpay/gateway/keys.ts'
import { createPool } from '../../server/storage/pool.ts'

/**
 * The minimum work of a charge or a notification: receive a request, sign, commit one row, make a
 * request, verify. Runs as a process of its own; the bench sends the requests, reads its CPU time,
 * and measures single steps over IPC.
 */
const { BENCH_PFX = '', BENCH_PEER = '', DATABASE_URL = '', PORT = '0' } = process.env

const { key, certificate } = openPfxFile(BENCH_PFX, '000000')
const digest = Buffer.from('0123456789abcdef'.repeat(4))
const signature = sign('sha256', digest, key)
const signAsync = promisify(sign)
const database = createPool({ connectionString: DATABASE_URL })
const peer = new Pool(BENCH_PEER, { connections: 64 })
const charge = new URLSearchParams(
  Array.from({ length: 16 }, (_, place): [string, string] => [`field${place}`, 'x'.repeat(48)]),
).toString()

const steps = {
  sign: () => signAsync('sha256', digest, key),
  verify: async () => verify('sha256', digest, certificate.key, signature),
  commit: () =>
    database.query({
      name: 'floor',
      text: 'insert into bench_floor (body) values ($1)',
      values: ['x'.repeat(200)],
    }),
  call: async () =>
    (
      await peer.request({ path: '/gateway/api/backTransReq.do', method: 'POST', body: charge })
    ).body.text(),
}

type Step = keyof typeof steps

const server = Fastify()
const answer = { order_id: '01', state: 'pending' }
server.post('/hop', async () => answer)
server.post('/charge', async () => {
  for (const step of ['sign', 'commit', 'call', 'verify'] as const) await steps[step]()
  return answer
})
server.post('/notification', async () => {
  for (const step of ['verify', 'commit'] as const) await steps[step]()
  return answer
})

process.on('message', (question: { step: Step; times: number; callers: number }) => {
  if (typeof question === 'object') void repeat(question).then((took) => process.send?.(took))
})

/** CPU microseconds of one step. */
async function repeat({
  step,
  times,
  callers,
}: {
  step: Step
  times: number
  callers: number
}): Promise<{ us: number }> {
  const before = process.cpuUsage()
  let left = times
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (left-- > 0) await steps[step]()
    }),
  )
  const { user, system } = process.cpuUsage(before)
  return { us: (user + system) / times }
}

await database.query(
  'create table if not exists bench_floor (id bigint generated always as identity primary key, body text not null)',
)
await server.listen({ port: Number(PORT), host: 'localhost' })
