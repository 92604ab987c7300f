import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg, { type ClientConfig, type Pool } from 'pg'
import { openPki, type Pki } from '../../sandbox/pki/pki.ts'
import { createApiKey } from '../../server/api-keys/create-api-key.ts'
import { realClock } from '../../server/kernel/clock.ts'
import { newId, systemRandom } from '../../server/kernel/ids.ts'
import { createCipher, digestKeyOf } from '../../server/storage/cipher.ts'
import { migrate } from '../../server/storage/migrate.ts'
import { createPool } from '../../server/storage/pool.ts'
import { startEmbeddedServer } from '../support/database-server.ts'
import { freePort } from '../../commands/parts/ports.ts'
import { startGatewayPeer, type GatewayPeer } from './gateway-peer.ts'

export const merchant_no = '898310148160568'
/** Of plans.yaml: at most 50 yuan at once, 200 a day. */
const vending = 'a1f0c3d2e4b5968778695a4b3c2d1e04'

/**
 * The environment of all measurements: one durable PostgreSQL, keys and certificates, a gateway
 * peer, signed contracts.
 */
export type Ground = {
  folder: string
  pool: Pool
  database_url: string
  pki: Pki
  peer: GatewayPeer
  contracts: readonly string[]
  secret: string
  /** the server's address and settings */
  url: string
  env: Record<string, string>
  stop(): Promise<void>
}

const contracts_made = 500

/** A new database of its own, dropped afterwards. */
export async function layGround(): Promise<Ground> {
  const folder = await mkdtemp(join(tmpdir(), 'wugan-bench-'))
  const postgres = await startEmbeddedServer()
  const database_url = await createDatabase(postgres.connection)
  const pool = createPool({ connectionString: database_url })
  await migrate(pool)
  const pki = openPki(folder, [merchant_no], realClock.now())
  const peer = await startGatewayPeer(pki.signer('unionpay'))
  const data_key = randomBytes(32)
  const contracts = await signContracts(pool, data_key)
  const { secret } = await createApiKey(pool, realClock, systemRandom, {
    name: 'bench',
    verbs: ['charge', 'read'],
    plan_ids: [],
  })
  const port = Number(process.env.BENCH_PORT ?? (await freePort()))
  const url = `http://localhost:${port}`
  const acp = join(folder, 'acp')
  return {
    folder,
    pool,
    database_url,
    pki,
    peer,
    contracts,
    secret,
    url,
    env: {
      PORT: String(port),
      PUBLIC_URL: url,
      DATA_DIR: folder,
      DATABASE_URL: database_url,
      DATA_KEY: data_key.toString('hex'),
      UNIONPAY_OPEN_URL: peer.url,
      UNIONPAY_GATEWAY_URL: peer.url,
      UNIONPAY_FILE_URL: peer.url,
      RATE_LIMIT_API: '1000000',
      ACP_MERCHANTS: `${merchant_no}:${join(acp, `merchant-${merchant_no}.pfx`)}`,
      ACP_ROOT_FILES: join(acp, 'acp_root.pem'),
      ACP_MIDDLE_FILES: join(acp, 'acp_middle.pem'),
      ACP_SECURE_KEY_FILE: join(acp, 'secure-key'),
    },
    async stop() {
      await pool.end()
      await peer.stop()
      await postgres.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function createDatabase(connection: ClientConfig): Promise<string> {
  const admin = new pg.Client({ ...connection, database: 'postgres' })
  await admin.connect()
  await admin.query('create database bench')
  await admin.end()
  const { host, port, user, password } = connection
  return `postgres://${user}:${encodeURIComponent(String(password))}@localhost/bench?host=${encodeURIComponent(host ?? '')}&port=${port}`
}

/** Creates active contracts of that many payers. */
async function signContracts(pool: Pool, data_key: Buffer): Promise<string[]> {
  const key = { id: 'k1', bytes: data_key }
  const cipher = createCipher([key], digestKeyOf(key), systemRandom)
  const made = Array.from({ length: contracts_made }, (_, place) => {
    const number = `62170${String(place).padStart(14, '0')}`
    return {
      id: newId(realClock, systemRandom),
      number,
      sealed: cipher.seal(number),
      digest: cipher.digest(number),
    }
  })
  await pool.query(
    `with one as (select * from unnest($1::text[], $2::text[], $3::text[]) as t (id, sealed, digest)),
     u as (insert into users (id, user_id, origin) select id, 'user-' || id, 'ticket' from one),
     w as (insert into wallets (id, open_id_digest, open_id_sealed, user_ref) select id, 'open ' || digest, sealed, id from one)
     insert into contracts (id, user_ref, wallet_ref, plan_id, contract_code, contract_id_digest, contract_id_sealed, signed_through, state, step, expires_at, signed_at)
     select id, id, id, $4, 'code-' || id, digest, sealed, 'h5', 'active', 'sent', now(), now() from one`,
    [
      made.map(({ id }) => id),
      made.map(({ sealed }) => sealed),
      made.map(({ digest }) => digest),
      vending,
    ],
  )
  return made.map(({ number }) => number)
}
