import { sendPaymentNotice } from '../../sandbox/gateway/send-payment-notice.ts'
import { sendNotice } from '../../sandbox/notices/sender.ts'
import { createRandomStream } from './random-stream.ts'
import type { Simulation } from './world.ts'

/**
 * How long open items may take after the faults end: queries, late notifications, the sweep, the
 * statement's patience.
 */
const quiet_minutes = [1, 6, 6, 12, 40, 61, 121, 130, 790, 790, 1_500, 1_500]

/** Runs until nothing moves. Hanging requests advance the time. */
async function runUntilIdle(world: Simulation, seed: number): Promise<void> {
  const chance = createRandomStream(seed)
  for (let step = 0; step < 20_000; step++) {
    if (await world.step(chance)) continue
    const until_ms = world.turns.hangingUntil()
    if (until_ms === null) return
    await world.advance(Math.max(1, until_ms - world.environment.clock.nowMs()))
  }
  world.breaches.push({
    rule: 'everything comes to an end',
    what: 'it did not within 20,000 steps',
  })
}

/**
 * Faults end, one thing happens at a time and days pass: every unknown outcome must be resolved or
 * need manual review.
 */
export async function quiesce(world: Simulation): Promise<void> {
  await runUntilIdle(world, 1)
  await passMinutes(world, quiet_minutes)
}

/**
 * Advances the time; after each step UnionPay sends due notifications and process A runs its jobs.
 */
export async function passMinutes(world: Simulation, spans: readonly number[]): Promise<void> {
  const shop = await world.process(0)
  const { parts } = world.environment
  const jobs = shop.app.jobs.filter(({ name }) => !/^delete-|webhook|^follow-clock/.test(name))
  for (const minutes of spans) {
    await world.advance(minutes * 60_000)
    for (const notice of parts.notices.due(50))
      await sendNotice(parts, notice, new AbortController().signal)
    for (const notice of parts.payment_notices.due(50)) await sendPaymentNotice(parts, notice)
    for (const job of jobs) {
      // one query at a time: the next query slot of the merchant number is a hundredth of a second
      // later
      for (let round = 0; round < 40 && (await job.run(new AbortController().signal)) > 0; round++)
        await world.advance(20)
    }
  }
}
