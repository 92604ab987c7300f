import { setTimeout } from 'node:timers/promises'
import type { InjectOptions } from 'fastify'
import pino from 'pino'
import { createApp, type App } from '../../server/app.ts'
import { createRandomStream, type RandomStream } from './random-stream.ts'
import { databaseOf, type Events } from './database.ts'
import type { Environment } from './environment.ts'
import { networkOf, type Late } from './network.ts'
import type { Turns } from './turns.ts'
import type { Observer } from './network.ts'

/** One server process: the real app on its own connections and its own network, until it dies. */
export type ShopProcess = {
  name: string
  app: App
  died: Promise<'died'>
  isDead(): boolean
  die(): void
  /** An HTTP request to it; null when it dies before it answers. */
  ask(
    request: InjectOptions,
  ): Promise<{ status: number; body: string; set_cookies: string[] } | null>
}

/** The environment of one run; a process that outlives one run is reused in the next. */
export type Stage = {
  turns: Turns
  events: Events
  observer: Observer
  chance: RandomStream
  late: Late[]
  alarms: string[]
}

/** `stage`: of the present run. */
export async function startProcess(
  name: string,
  environment: Environment,
  stage: () => Stage,
): Promise<ShopProcess> {
  let dead = false
  let tellDeath: (word: 'died') => void = () => {}
  const died = new Promise<'died'>((resolve) => (tellDeath = resolve))
  const shop = {
    name,
    died,
    isDead: () => dead,
    die() {
      dead = true
      tellDeath('died')
      void shop.app?.server.close() // its timers end with it
    },
    async ask(request) {
      for (;;) {
        const answer = await Promise.race([shop.app.server.inject(request), died])
        if (answer === 'died') return null
        // the simulating machine is busy: that is no event of the run
        if (answer.statusCode !== 503 || !answer.body.includes('"overloaded"'))
          return {
            status: answer.statusCode,
            body: answer.body,
            set_cookies: [answer.headers['set-cookie'] ?? []].flat(),
          }
        await stage().turns.outside(() => setTimeout(100))
      }
    },
  } as ShopProcess
  const log = pino({ level: 'error' }, { write: (line: string) => void stage().alarms.push(line) })
  const { nowMs } = environment.clock
  // starting uses no randomness of the run, so that a run is the same whether or not the previous
  // one left its processes
  let chance = (): RandomStream => beginning
  const beginning = createRandomStream(0)
  shop.app = await createApp({
    settings: environment.settings,
    database: databaseOf(shop, environment.lines, stage, nowMs),
    real_clock: environment.clock,
    random: (size) => chance().bytes(size),
    log,
    outside: {
      open_pool: networkOf(shop, environment.unionpay, nowMs, stage),
      async wait(ms) {
        await stage().turns.turn(
          { what: 'answer', words: `${name} waits`, not_before: nowMs() + ms },
          shop,
        )
      },
    },
  })
  await shop.app.server.ready()
  chance = () => stage().chance
  return shop
}
