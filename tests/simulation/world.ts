import { createRandomStream, type RandomStream } from './random-stream.ts'
import { setSimulatedTime } from './clock.ts'
import { never, type Events } from './database.ts'
import type { Environment } from './environment.ts'
import { deliver, type Late } from './network.ts'
import type { Breach } from './invariants.ts'
import { createProcessPool } from './process-pool.ts'
import type { ShopProcess } from './shop-process.ts'
import { createTurns, type Turns } from './turns.ts'
import { createPhones, type Phone } from './phone.ts'
import { createWire, type Wire } from './wire.ts'
import { createObserver, formOf } from './observer.ts'
import { bookDue } from '../../sandbox/gateway/book.ts'

/** An intent of the merchant's system, and what it knows of the outcome. */
export type Intent = {
  key: string
  merchant_order_no: string
  amount_fen: number
  contract: string
  plan_id: string
  order_id: string | null
  answers: Map<string, string>
}

/** One run: two processes on one database, UnionPay, and the merchant's own records. */
export type Simulation = {
  environment: Environment
  turns: Turns
  chance: RandomStream
  trace: string[]
  breaches: Breach[]
  intents: Intent[]
  refunds: { key: string; order_id: string; amount_fen: number | null; cancels: boolean }[]
  /**
   * ids of contracts the merchant knows, with their plan; those of the renewal's plan separately
   */
  contracts: { id: string; plan_id: string }[]
  subscriptions: string[]
  /** the wallet a contract is signed with, by its id */
  signers: Map<string, string>
  /** the merchant's announcements of coming debits, whether or not it received an answer */
  debit_notices: { contract: string; debit_on: string; amount_fen: number }[]
  /** charges that UnionPay reported as declined before it booked them */
  called_failed: Set<string>
  /** charges that will be notified as declined */
  to_be_declined: Intent[]
  phones: Phone[]
  /** contracts that their owner requested to end on the page */
  ended_on_page: Set<string>
  /** a statement of UnionPay's was wrong at some time */
  misprinted: boolean
  counts: { steps: number; faults: number; crashes: number }
  wire: Wire
  /** the process with that number, started when it is dead */
  process(number: number): Promise<ShopProcess>
  /** the same when it is alive */
  there(number: number): ShopProcess | null
  log(words: string): void
  kill(number: number): Promise<void>
  advance(by_ms: number): Promise<void>
  step(chance: RandomStream): Promise<boolean>
  /** closes everything that is left of it */
  end(): Promise<void>
}

/**
 * Begins a run in an empty environment. Alarms of the processes (their error log) are stored for
 * the end.
 */
export async function beginSimulation(
  environment: Environment,
  seed: number,
  alarms: string[],
): Promise<Simulation> {
  await environment.empty()
  environment.invariants.reset()
  const late: Late[] = []
  const wire = createWire()
  const observer = createObserver(environment, wire)
  const chance = createRandomStream(seed)
  const counts = { steps: 0, faults: 0, crashes: 0 }
  const trace: string[] = []
  const log = (words: string): void => void trace.push(words)
  const turns = createTurns({
    now: environment.clock.nowMs,
    isBlocked: (activity) => environment.lines.isBlocked(activity),
    onFailure: (activity, error) =>
      observer.breaches.push({
        rule: 'nothing breaks',
        what: `${activity.words}: ${(error as Error).stack ?? String(error)}`,
      }),
  })
  const processPool = createProcessPool(environment, turns, (name, words) => {
    counts.crashes++
    log(`  ☠ process ${name} dies ${words}`)
  })
  const events: Events = {
    isDead: (owner) => (owner as ShopProcess).isDead(),
    injected(words) {
      counts.faults++
      log(`  ⚡ ${words}`)
    },
    async crash(owner, words) {
      counts.faults++
      await processPool.die(owner as ShopProcess, words)
      return never()
    },
    async committed() {
      observer.breaches.push(...(await environment.invariants.inspect()))
      observer.breaches.push(...(await wire.inspect(environment.lines.look)))
    },
  }
  environment.stage = { turns, events, observer, chance, late, alarms }
  return {
    environment,
    turns,
    chance,
    trace,
    log,
    counts,
    wire,
    breaches: observer.breaches,
    intents: [],
    refunds: [],
    contracts: [],
    subscriptions: [],
    signers: new Map(),
    debit_notices: [],
    called_failed: new Set(),
    to_be_declined: [],
    phones: createPhones(),
    ended_on_page: new Set(),
    misprinted: false,
    process: processPool.process,
    there: processPool.there,
    kill: processPool.kill,
    end: processPool.end,
    async advance(by_ms) {
      environment.clock.set(environment.clock.nowMs() + by_ms)
      await environment.lines.look.query(setSimulatedTime, [environment.clock.nowMs()])
      for (const one of late.filter(({ at_ms }) => at_ms <= environment.clock.nowMs()))
        await arriveLate(environment, one, late)
      while (bookDue(environment.parts) > 0);
      observer.look()
    },
    async step(by) {
      counts.steps++
      const moved = await turns.step(by)
      await processPool.ended()
      observer.look()
      return moved
    },
  }
}

/**
 * A request that was in transit for long. For UnionPay's pacing it ended when its sender gave up.
 */
async function arriveLate(
  { unionpay, store }: Environment,
  one: Late,
  late: Late[],
): Promise<void> {
  late.splice(late.indexOf(one), 1)
  await deliver(unionpay, one.message)
  if (one.message.path.endsWith('/backTransReq.do')) {
    store
      .prepare('UPDATE pacing SET ended_at = ? WHERE order_id = ?')
      .run(one.gave_up_ms, formOf(one.message.body).orderId ?? '')
  }
}
