import type { Pool } from 'pg'
import type { FastifyBaseLogger } from 'fastify'
import type { Clock } from '../kernel/clock.ts'
import type { RandomBytes } from '../kernel/ids.ts'
import type { Settings } from '../settings.ts'
import type { Cipher } from '../storage/cipher.ts'
import { callMessage, type OnUnionPayCall } from './call-watch.ts'
import { createSignForBridge, type SignForBridge } from './bridge-signature.ts'
import { createBareCall, createCall, type Call, type OnCall } from './platform.ts'
import { createTokenStore } from './token-store.ts'
import { createTokens } from './tokens.ts'
import type { OpenPool } from './http-pool.ts'
import { createTransport, type Transport } from './transport.ts'

export type OpenPlatform = {
  call: Call
  signForBridge: SignForBridge
  /** reads the sandbox's clock at this address: milliseconds ahead of real time */
  readClockOffset(url: string): () => Promise<number>
  close(): Promise<void>
}

type Parts = {
  settings: Settings
  pool: Pool
  cipher: Cipher
  clock: Clock
  random: RandomBytes
  log: Pick<FastifyBaseLogger, 'info' | 'warn'>
  watch: OnUnionPayCall
  open_pool: OpenPool
  wait(ms: number): Promise<void>
}

/** The client of open.95516.com, or of whatever UNIONPAY_OPEN_URL names: nothing else differs. */
export function openPlatform({
  settings,
  pool,
  cipher,
  clock,
  random,
  log,
  watch,
  open_pool,
  wait,
}: Parts): OpenPlatform {
  const limits = { answer_timeout_ms: settings.unionpay_timeout_ms, connections: 32, open_pool }
  const transport = createTransport({ base_url: settings.unionpay_open_url, ...limits })
  const credentials = { app_id: settings.unionpay_app_id, app_secret: settings.unionpay_app_secret }
  const elapsed = (): number => performance.now()
  const onCall: OnCall = (call) => {
    log[call.foreign === null ? 'info' : 'warn'](call, callMessage('unionpay call', call))
    watch({ ...call, operation: call.interface })
  }
  const tokens = createTokens(
    createTokenStore(pool, cipher, settings.unionpay_timeout_ms / 1000 + 5),
    credentials,
    clock,
    random,
    createBareCall(transport, credentials.app_id, onCall, elapsed),
    wait,
  )
  const others: Transport[] = []
  return {
    call: createCall(transport, credentials.app_id, tokens, onCall, elapsed),
    signForBridge: createSignForBridge(
      tokens,
      credentials,
      clock,
      random,
      settings.config_signature_secret,
    ),
    readClockOffset(url) {
      const { origin, pathname } = new URL(url)
      const source = createTransport({
        base_url: origin,
        answer_timeout_ms: 2_000,
        connections: 1,
        open_pool,
      })
      others.push(source)
      return async () => readOffset(await source.getJson(pathname))
    },
    async close() {
      await Promise.all([transport, ...others].map((one) => one.close()))
    },
  }
}

function readOffset(answer: unknown): number {
  const offset = (answer as { offset_ms?: unknown } | null)?.offset_ms
  if (typeof offset !== 'number') throw new Error('CLOCK_URL did not answer with offset_ms')
  return offset
}
