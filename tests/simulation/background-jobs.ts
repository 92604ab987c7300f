import { sendPaymentNotice } from '../../sandbox/gateway/send-payment-notice.ts'
import { sendNotice } from '../../sandbox/notices/sender.ts'
import type { Job } from '../../server/kernel/job.ts'
import type { Action } from './plan.ts'
import type { ShopProcess } from './shop-process.ts'
import type { Simulation } from './world.ts'

const times = [
  [1_000, 'a second'],
  [12_000, 'twelve seconds'],
  [61_350, 'a minute'],
  [240_700, 'four minutes'],
  [305_000, 'five minutes'],
  [330_000, 'five and a half minutes'],
  [1_900_000, 'half an hour'],
  [7_300_000, 'two hours'],
  [50_000_000, 'fourteen hours'],
  [100_000_000, 'a day and more'],
] as const

/** Background actions: jobs, notifications, time, process deaths. */
export const backgroundActions = {
  job(world: Simulation, { process, a }: Action) {
    const shop = world.there(process)
    const job = shop?.app.jobs[a % shop.app.jobs.length]
    return shop && job
      ? { words: `process ${shop.name} does ${job.name}`, work: () => runJob(job, shop) }
      : null
  },
  notice(world: Simulation, { a }: Action) {
    const { parts } = world.environment
    const [payments, endings] = [parts.payment_notices.due(50), parts.notices.due(50)]
    const number = a % Math.max(1, payments.length + endings.length)
    const [payment, ending] = [payments[number], endings[number - payments.length]]
    if (payment)
      return {
        words: `UnionPay tells ${payment.fields.respCode} of ${payment.order_id.slice(-4)}`,
        work: () => sendPaymentNotice(parts, payment),
      }
    return ending
      ? {
          words: 'UnionPay tells of a termination',
          work: () => sendNotice(parts, ending, new AbortController().signal),
        }
      : null
  },
  time(world: Simulation, { a }: Action) {
    const [ms, words] = times[a % times.length] ?? [1_000, '']
    return { words: `${words} passes`, work: () => world.advance(ms) }
  },
  /** Both processes run their jobs and UnionPay sends every due notification, all at once. */
  rush(world: Simulation, { a }: Action) {
    const { parts } = world.environment
    const begin = (work: () => Promise<void>, target = 0): Promise<void> =>
      world.turns.begin('rush', [], work, target)
    return {
      words: 'everything at once: both processes do their jobs, UnionPay tells what is due',
      async work() {
        for (const [place, notice] of parts.payment_notices.due(4).entries())
          await begin(() => sendPaymentNotice(parts, notice), (place + a) % 2)
        for (const notice of parts.notices.due(2))
          await begin(() => sendNotice(parts, notice, new AbortController().signal), a % 2)
        for (const number of [0, 1]) {
          const shop = world.there(number)
          for (const job of shop?.app.jobs ?? [])
            if (/^(query|check|sweep)-/.test(job.name) && shop) await begin(() => runJob(job, shop))
        }
      },
    }
  },
  kill(world: Simulation, { process }: Action) {
    return { words: `kill -9 of process ${'AB'[process]}`, work: () => world.kill(process) }
  },
}

/**
 * The runner logs what a job throws and runs it again; only an error that no fault explains is a
 * breach.
 */
export async function runJob(job: Job, shop: ShopProcess): Promise<void> {
  await Promise.race([job.run(new AbortController().signal), shop.died]).catch((error: unknown) => {
    if (!isOfAFault(error)) throw error
  })
}

/**
 * A comparison that hung for longer than a claim lasts ends so: another process took over its
 * claim.
 */
const outlived = /^the claim on statement .* was lost/
const isOfAFault = (error: unknown): boolean =>
  (error as { code?: string }).code === 'ECONNRESET' ||
  (error as Error).name === 'CommitInDoubt' ||
  outlived.test((error as Error).message)
