import { randomBytes } from 'node:crypto'
import { chmodSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  readAddresses,
  sandboxEnvironment,
  serverEnvironment,
} from '../../commands/parts/environments.ts'
import { freePort } from '../../commands/parts/ports.ts'
import { removeCluster } from '../support/database-server.ts'
import { createGatewayControl } from '../support/gateway-world.ts'
import { createPayer } from '../support/payer.ts'
import { startSandboxProcess, type SandboxProcess } from '../support/sandbox-process.ts'
import { until } from '../support/until.ts'
import { plan } from '../support/world.ts'
import { superviseServer, type SupervisedServer } from './supervised-process.ts'
import { openProxy, type TcpProxy } from './tcp-proxy.ts'
import { embeddedPostgres, foreignPostgres, type Postgres } from './postgres.ts'
import { mountSmallDisk, type SmallDisk } from './small-disk.ts'
import { answer_within_ms, timeLimit } from '../support/time-limits.ts'

export type Kind = {
  database: 'embedded' | 'DATABASE_URL'
  /** server processes; more than one only with DATABASE_URL */
  servers: number
  /** the database on a file system of this many MB */
  disk_mb?: number
  env?: Record<string, string>
}

/**
 * The whole product as processes of their own, reached only over HTTP; the disruptions also reach
 * the database.
 */
export type Installation = {
  kind: Kind
  folder: string
  /** the address for the merchant and UnionPay: a TCP proxy in front of the servers */
  url: string
  secret: string
  /** contracts that may be charged */
  contracts: readonly string[]
  servers: readonly SupervisedServer[]
  /** the address of each server, in the same order */
  ports: readonly number[]
  postgres: Postgres
  sandbox: SandboxProcess
  gateway: ReturnType<typeof createGatewayControl>
  disk: SmallDisk | null
  /** the reason why there is no small disk */
  no_disk: string | null
  /** the TCP proxy between the servers and a database by DATABASE_URL */
  to_database: TcpProxy | null
  ready(): Promise<void>
  stop(): Promise<void>
}

const standing = new Set<() => Promise<void>>()

/** Ctrl-C also stops the started processes. */
export function stopOnSignal(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(
      signal,
      () => void Promise.all([...standing].map((stop) => stop())).then(() => process.exit(130)),
    )
}

/**
 * Starts the product and signs `contracts` contracts. Where no small disk can be mounted it uses an
 * ordinary one, and `no_disk` says why.
 */
export async function install(kind: Kind, contracts: number): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), 'wugan-processes-'))
  chmodSync(folder, 0o711)
  const undo: (() => unknown)[] = [() => rm(folder, { recursive: true, force: true })]
  const stop = async (): Promise<void> => {
    standing.delete(stop)
    for (const step of undo.splice(0).toReversed()) await step()
  }
  standing.add(stop)
  try {
    return await build(kind, contracts, folder, undo, stop)
  } catch (error) {
    const said = lastWords(folder)
    await stop()
    throw new Error(`the installation did not come up: ${(error as Error).message}\n${said}`, {
      cause: error,
    })
  }
}

/** The end of every log, for diagnosis. */
const lastWords = (folder: string): string =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.log'))
    .map((name) => `${name}:\n${readFileSync(join(folder, name), 'utf8').slice(-2_000)}`)
    .join('\n')

async function build(
  kind: Kind,
  contracts: number,
  folder: string,
  undo: (() => unknown)[],
  stop: () => Promise<void>,
): Promise<Installation> {
  const mounted =
    kind.disk_mb === undefined ? null : mountSmallDisk(join(folder, 'disk'), kind.disk_mb)
  const [disk, no_disk] =
    mounted === null
      ? [null, null]
      : 'why_not' in mounted
        ? [null, mounted.why_not]
        : [mounted, null]
  if (disk) undo.push(() => disk.unmount())
  const data_dir = join(disk?.folder ?? folder, 'data')
  undo.push(() => removeCluster(data_dir))
  const postgres =
    kind.database === 'embedded'
      ? embeddedPostgres(data_dir)
      : await foreignPostgres(join(disk?.folder ?? folder, 'theirs'), await freePort())
  if (kind.database !== 'embedded')
    undo.push(() => removeCluster(join(disk?.folder ?? folder, 'theirs')))
  undo.push(() => postgres.stop())

  const ports = await Promise.all(Array.from({ length: kind.servers }, () => freePort()))
  const line = await openProxy(ports)
  const url = `http://localhost:${line.port}`
  undo.push(() => line.stop())
  const to_database =
    postgres.database_url === null
      ? null
      : await openProxy([Number(new URL(postgres.database_url).port)])
  if (to_database) undo.push(() => to_database.stop())

  const at = readAddresses({
    PUBLIC_URL: url,
    SANDBOX_PORT: String(await freePort()),
    DATA_DIR: data_dir,
  })
  const sandbox = await startSandboxProcess(
    given(sandboxEnvironment(at, { SANDBOX_DATA_DIR: join(folder, 'sandbox') })),
  )
  undo.push(() => sandbox.kill('SIGTERM'))
  const env = serverEnvironment(
    { ...at, data_dir: folder },
    {
      DATA_DIR: data_dir,
      DATA_KEY: randomBytes(32).toString('hex'),
      QUERIES_PER_MINUTE: '6000',
      RATE_LIMIT_API: '1000000',
      RATE_LIMIT_LOGIN: '100000',
      RATE_LIMIT_SIGNING: '100000',
      UNIONPAY_TIMEOUT_MS: String(answer_within_ms),
      CHARGE_WAIT_MS: '1000',
      UNIONPAY_NOTICE_KEY_FILES: join(folder, 'sandbox', 'notice-public.pem'),
      ...kind.env,
      ...(postgres.database_url && to_database
        ? {
            DATABASE_URL: Object.assign(new URL(postgres.database_url), {
              port: String(to_database.port),
            }).href,
          }
        : {}),
    },
  )
  const servers = ports.map((port, place) =>
    superviseServer({ ...env, PORT: String(port) }, join(folder, `server-${place + 1}.log`)),
  )
  undo.push(() => Promise.all(servers.map((server) => server.stop())))
  const ready = async (): Promise<void> =>
    void (await Promise.all(
      ports.map((port) =>
        until(`the server on port ${port} is ready`, () => isReady(port), timeLimit(120_000)),
      ),
    ))
  await ready()
  await sandbox.control.change({ booking_delay_ms: 100 })
  return {
    kind,
    folder,
    url,
    servers,
    ports,
    postgres,
    sandbox,
    disk,
    no_disk,
    to_database,
    ready,
    stop,
    gateway: createGatewayControl(sandbox.url),
    secret: readFileSync(join(folder, 'shop-key'), 'utf8').trim(),
    contracts: await Promise.all(
      Array.from({ length: contracts }, (_, place) => signContract(url, sandbox, place)),
    ),
  }
}

const isReady = (port: number): Promise<boolean> =>
  fetch(`http://localhost:${port}/health/ready`, {
    signal: AbortSignal.timeout(timeLimit(3_000)),
  }).then(
    async (answer) => {
      await answer.text()
      return answer.ok
    },
    () => false,
  )

/**
 * A payer with a wallet signs the vending machine's plan, over public HTTP. Returns our id of the
 * contract.
 */
async function signContract(
  url: string,
  { url: sandbox_url, control }: SandboxProcess,
  place: number,
): Promise<string> {
  const { user_id } = await control.addUser({
    name: `付款人${place}`,
    mobile: `138${String(20_000_000 + place)}`,
    identity_last4: '1234',
    cards: [{ bank: '中国银行', kind: 'debit', last4: '1111' }],
  })
  const payer = createPayer(url, sandbox_url, user_id)
  await payer.signIn()
  const { contract } = await payer.sign(plan.vending)
  if (contract?.state !== 'active') throw new Error(`a contract is ${contract?.state}`)
  return contract.id
}

const given = (env: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
