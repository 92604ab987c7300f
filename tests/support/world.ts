import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { createApp, type App } from '../../server/app.ts'
import { createApiKey } from '../../server/api-keys/create-api-key.ts'
import { maskPersonalNumbers } from '../../server/kernel/personal-numbers.ts'
import { followClock } from '../../server/jobs/follow-clock.ts'
import { realClock, type FollowingClock } from '../../server/kernel/clock.ts'
import { systemRandom } from '../../server/kernel/ids.ts'
import type { Verb } from '../../server/key-guard.ts'
import { readSettings, type Settings } from '../../server/settings.ts'
import { mintTicket } from '../../server/sign-in/ticket.ts'
import type { Database } from '../../server/storage/database.ts'
import { createTestDatabase, openOwnDatabase } from './database.ts'
import { createPayer, type Payer } from './payer.ts'
import type { SandboxControl } from './sandbox-control.ts'
import { startSandbox, type RunningSandbox } from './sandbox.ts'
import { answer_within_ms } from './time-limits.ts'

export const plan = {
  metro: 'a1f0c3d2e4b5968778695a4b3c2d1e01',
  parking: 'a1f0c3d2e4b5968778695a4b3c2d1e02',
  fuel: 'a1f0c3d2e4b5968778695a4b3c2d1e03',
  vending: 'a1f0c3d2e4b5968778695a4b3c2d1e04',
  membership: 'a1f0c3d2e4b5968778695a4b3c2d1e05',
  water: 'a1f0c3d2e4b5968778695a4b3c2d1e06',
} as const

export type World = Awaited<ReturnType<typeof startWorld>>

/**
 * The whole product without a browser: a sandbox, a database of its own and the real server on a
 * real port. `env` changes the server's settings. Jobs run unless disabled. `own_database`: the
 * embedded one of its DATA_DIR, as the server opens it.
 */
export async function startWorld(
  options: { env?: Record<string, string>; jobs?: boolean; own_database?: boolean } = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'wugan-world-'))
  const port = await freePort()
  const url = `http://localhost:${port}`
  const sandbox = await startSandbox({
    app_domains: [`localhost:${port}`],
    notice_url: `${url}/notify/termination`,
    h5_url: `${url}/`,
    shop_server_url: url,
    shop_key_file: join(folder, 'shop-key'),
  })
  const made = await (options.own_database ? openOwnDatabase(folder) : createTestDatabase())
  await writeFile(join(folder, 'notice.pem'), await sandbox.control.noticeKey())
  const settings = readSettings({
    PORT: String(port),
    PUBLIC_URL: url,
    DATA_DIR: folder,
    UNIONPAY_OPEN_URL: sandbox.url,
    CLOCK_URL: `${sandbox.url}/_control/clock`,
    UPSDK_URL: `${sandbox.url}/s/open/js/upsdk.js`,
    UNIONPAY_NOTICE_KEY_FILES: join(folder, 'notice.pem'),
    UNIONPAY_TIMEOUT_MS: String(answer_within_ms),
    FRAME_ANCESTORS: sandbox.url,
    LOG_LEVEL: 'debug',
    ...acpEnvironment(sandbox),
    ...options.env,
  })
  const log = recordLog()
  const app = await startServer(settings, made.database, log.logger, options.jobs ?? true)
  const servers = [app]
  let users = 0
  return {
    url,
    settings,
    sandbox,
    control: withoutClock(sandbox.control),
    database: made.database,
    app,
    log: log.lines,
    logger: log.logger,
    /**
     * another server process on the same database, inside this one; `change`: settings of its own
     */
    secondServer: async (change: Partial<Settings> = {}): Promise<App & { url: string }> => {
      const second_port = await freePort()
      const second = await startServer(
        { ...settings, port: second_port, ...change },
        made.database,
        log.logger,
        false,
      )
      servers.push(second)
      return { ...second, url: `http://localhost:${second_port}` }
    },
    /**
     * Moves business time: the sandbox's clock, and at once those of its servers and their
     * database. Nothing is on its way to UnionPay then: a charge that is accepted before the move
     * and would leave after it is too old to be sent (server/transactions/send-once.ts).
     */
    async advance(ms: number): Promise<void> {
      await Promise.all(servers.map(({ charges }) => charges.gate.idle()))
      await this.advanceMeanwhile(ms)
    },
    /** the same while charges are on their way, for tests about that */
    async advanceMeanwhile(ms: number): Promise<void> {
      const { offset_ms } = await sandbox.control.advance(ms)
      for (const { charges } of servers)
        await followClock(
          made.database.pool,
          charges.clock as FollowingClock,
          async () => offset_ms,
        ).run(new AbortController().signal)
    },
    /** the requests to one interface of UnionPay, oldest first, with their bodies as text */
    async calls(
      name: string,
    ): Promise<{ at: number; user_id: string | undefined; body: string }[]> {
      const entries = (await sandbox.control.journal()).filter((entry) =>
        entry.request?.url?.endsWith(`/${name}`),
      )
      return entries.map((entry) => ({
        at: Date.parse(entry.at),
        user_id: entry.user_id,
        body: JSON.stringify(entry.request?.body ?? ''),
      }))
    },
    /** a payer with a fresh wallet */
    async payer(): Promise<Payer> {
      users++
      const { user_id } = await sandbox.control.addUser({
        name: `付款人${users}`,
        mobile: `138${String(10_000_000 + users)}`,
        identity_last4: '1234',
        cards: [
          { bank: '中国银行', kind: 'debit', last4: '1111' },
          { bank: '工商银行', kind: 'credit', last4: '2222' },
        ],
      })
      return createPayer(url, sandbox.url, user_id)
    },
    /** the same payer in another browser */
    sameWallet: (payer: Payer): Payer => createPayer(url, sandbox.url, payer.wallet_user),
    async signedIn(): Promise<Payer> {
      const payer = await this.payer()
      await payer.signIn()
      return payer
    },
    ticket: (user_id: string, display_name: string | null = null, now = realClock) =>
      mintTicket(
        { user_id, display_name },
        new TextEncoder().encode(settings.ticket_secret),
        now,
        systemRandom,
      ),
    key: async (verbs: Verb[], plan_ids: string[] = []): Promise<string> =>
      (
        await createApiKey(made.database.pool, realClock, systemRandom, {
          name: 'test',
          verbs,
          plan_ids,
        })
      ).secret,
    /**
     * Throws if a log line so far contains a card, a telephone number, an identity number or a
     * contract number of UnionPay's.
     */
    refuseLeaks: async (): Promise<void> => log.refuseLeaks(await numbersAtUnionPay(sandbox)),
    async stop(): Promise<void> {
      const numbers = await numbersAtUnionPay(sandbox)
      await app.close()
      await sandbox.stop()
      await made.drop()
      await rm(folder, { recursive: true, force: true })
      log.refuseLeaks(numbers)
    },
  }
}

/**
 * A test that moves only the sandbox's clock lets servers number a charge by an earlier time:
 * `world.advance` moves all clocks.
 */
function withoutClock(control: SandboxControl): Omit<SandboxControl, 'advance' | 'setClock'> {
  const { advance: _advance, setClock: _setClock, ...rest } = control
  return rest
}

/**
 * How the server reaches the sandbox's gateway, with the keys and certificates the sandbox made.
 */
function acpEnvironment({ url, settings }: RunningSandbox): Record<string, string> {
  const acp = join(settings.data_dir, 'acp')
  return {
    UNIONPAY_GATEWAY_URL: url,
    UNIONPAY_FILE_URL: url,
    ACP_MERCHANTS: settings.merchants
      .map((merchant) => `${merchant}:${join(acp, `merchant-${merchant}.pfx`)}`)
      .join(','),
    ACP_ROOT_FILES: join(acp, 'acp_root.pem'),
    ACP_MIDDLE_FILES: join(acp, 'acp_middle.pem'),
    ACP_SECURE_KEY_FILE: join(acp, 'secure-key'),
  }
}

/** One more server in this process, on a database of its own or a shared one. */
export async function startServer(
  settings: Settings,
  database: Database,
  log: pino.Logger,
  jobs: boolean,
): Promise<App> {
  const app = await createApp({
    settings,
    database,
    real_clock: realClock,
    random: systemRandom,
    log,
  })
  await app.server.listen({ port: settings.port, host: 'localhost' })
  if (jobs) app.startJobs()
  return app
}

/**
 * The server's log, and a search for card, identity and telephone numbers and, by its own numbers,
 * contracts in it.
 */
function recordLog(): {
  logger: pino.Logger
  lines: string[]
  refuseLeaks(numbers: readonly string[]): void
} {
  const [lines, personal]: [string[], string[]] = [[], []]
  const write = (line: string): void => {
    lines.push(line)
    if (maskPersonalNumbers(line).found.length > 0) personal.push(line)
  }
  const refuseLeaks = (numbers: readonly string[]): void => {
    const leaks = [
      ...personal,
      ...lines.filter((line) => numbers.some((number) => line.includes(number))),
    ]
    if (leaks.length > 0)
      throw new Error(`personal numbers in the log: ${leaks.slice(0, 3).join('')}`)
  }
  return { logger: pino({ level: 'debug' }, { write }), lines, refuseLeaks }
}

const numbersAtUnionPay = async (sandbox: RunningSandbox): Promise<string[]> =>
  (await sandbox.control.contracts()).flatMap(({ contract_id, open_id }) => [
    contract_id,
    open_id,
    encodeURIComponent(open_id),
  ])

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => void probe.listen(0, 'localhost', resolve))
  const address = probe.address()
  await new Promise<void>((resolve) => void probe.close(() => resolve()))
  return typeof address === 'object' && address ? address.port : 0
}
