import { sign, verify } from 'node:crypto'
import { promisify } from 'node:util'
import Fastify from 'fastify'
import { Pool } from 'undici'
import { openPfxFile } from '../../server/unionpay/gateway/keys.ts'
import { createPool } from '../../server/storage/pool.ts'

/**
 * The least a process can do: sign, verify, commit one row, take a request, make one. Nothing around it. Runs as a process of its
 * own; the bench asks it over IPC and reads its CPU time.
 */
const { BENCH_PFX = '', BENCH_PEER = '', DATABASE_URL = '', PORT = '0' } = process.env

const { key, certificate } = openPfxFile(BENCH_PFX, '000000')
const digest = Buffer.from('0123456789abcdef'.repeat(4))
const signature = sign('sha256', digest, key)
const signAsync = promisify(sign)
const database = createPool({ connectionString: DATABASE_URL })
const peer = new Pool(BENCH_PEER, { connections: 64 })
const charge = new URLSearchParams(Array.from({ length: 16 }, (_, place): [string, string] => [`field${place}`, 'x'.repeat(48)])).toString()

const steps: Record<string, () => Promise<unknown>> = {
  sign: () => signAsync('sha256', digest, key),
  verify: async () => verify('sha256', digest, certificate.key, signature),
  commit: () => database.query({ name: 'floor', text: 'insert into bench_floor (body) values ($1)', values: ['x'.repeat(200)] }),
  call: async () => (await peer.request({ path: '/gateway/api/backTransReq.do', method: 'POST', body: charge })).body.text(),
}

const server = Fastify()
server.post('/floor', async (request) => ({ order_id: '01', state: 'pending', received: Object.keys(request.body as object).length }))

process.on('message', (question: { step: string; times: number; callers: number }) => {
  if (typeof question === 'object') void repeat(question).then((took) => process.send?.(took))
})

/** CPU microseconds of one step. */
async function repeat({ step, times, callers }: { step: string; times: number; callers: number }): Promise<{ us: number }> {
  const work = steps[step] as () => Promise<unknown>
  const before = process.cpuUsage()
  let left = times
  await Promise.all(Array.from({ length: callers }, async () => { while (left-- > 0) await work() }))
  const { user, system } = process.cpuUsage(before)
  return { us: (user + system) / times }
}

await database.query('create table if not exists bench_floor (id bigint generated always as identity primary key, body text not null)')
await server.listen({ port: Number(PORT), host: 'localhost' })
