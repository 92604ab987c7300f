import { createRandomStream } from './random-stream.ts'
import { answerNotification } from './notification-replies.ts'
import { createFeedReader } from './feed-reader.ts'
import { quiesce } from './quiesce.ts'
import { checkAgainstLedger } from './final-checks.ts'
import type { Environment } from './environment.ts'
import { merchant } from './merchant.ts'
import { paidTwice } from './paid-twice.ts'
import { phones } from './phone.ts'
import { renewals } from './renewals.ts'
import type { Breach } from './invariants.ts'
import { payerActions } from './payers.ts'
import { operatorActions, operatorDecides } from './operator.ts'
import type { Action, Plan } from './plan.ts'
import { replays } from './replays.ts'
import { statements } from './statements.ts'
import { backgroundActions } from './background-jobs.ts'
import { beginSimulation, type Simulation } from './world.ts'

export type Outcome = {
  plan: Plan
  breach: Breach | null
  trace: string[]
  counts: Simulation['counts']
  alarms: string[]
}

const actors = {
  ...payerActions,
  ...merchant,
  ...backgroundActions,
  ...statements,
  ...operatorActions,
  ...replays,
  ...paidTwice,
  ...renewals,
  ...phones,
}
/** Starts activities, or none. */
const without_turns = ['time', 'kill', 'rush', 'morning', 'misprint', 'days', 'renew', 'switch']
const at_once = ['rush', 'renew']

/** Runs a plan to its end, or to the first breach of an invariant. */
export async function play(environment: Environment, plan: Plan): Promise<Outcome> {
  const alarms: string[] = []
  const world = await beginSimulation(environment, plan.seed, alarms)
  environment.parts.switches.change(plan.ways)
  const restore = answerNotification(world)
  const feed = createFeedReader(world)
  const stages = [
    () => feed.begin(),
    ...plan.actions.map((action, number) => async () => {
      await act(world, action, number)
      if (number % 4 === 3) await feed.begin()
    }),
    () => quiesce(world),
    () => checkAgainstLedger(world),
    () => operatorDecides(world),
    () => feed.check(),
  ]
  try {
    for (const stage of stages) {
      await stage()
      if (world.breaches.length > 0) break
    }
  } finally {
    await world.end()
    restore()
  }
  return {
    plan,
    breach: world.breaches[0] ?? null,
    trace: world.trace,
    counts: world.counts,
    alarms,
  }
}

async function act(world: Simulation, action: Action, number: number): Promise<void> {
  await world.process(0)
  await world.process(1)
  const what = actors[action.kind](world, action)
  if (!what) return
  world.log(`${number + 1}. ${what.words}`)
  if (without_turns.includes(action.kind)) await what.work()
  else await world.turns.begin(what.words, action.faults, what.work, action.process)
  const chance = createRandomStream(action.chance)
  // activities that began at once continue at once
  for (
    let left = at_once.includes(action.kind) ? 5_000 : (action.steps ?? 5_000);
    left > 0 && world.breaches.length === 0;
    left--
  )
    if (!(await world.step(chance))) return
}
