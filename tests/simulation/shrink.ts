import type { Environment } from './environment.ts'
import type { Plan } from './plan.ts'
import { play, type Outcome } from './run.ts'

const most_plays = 200

/** Every way to leave out one block, largest blocks first. */
function* shorter<Thing>(things: readonly Thing[]): Generator<Thing[]> {
  for (
    let size = Math.ceil(things.length / 2);
    size >= 1;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    for (let from = 0; from < things.length; from += size)
      yield [...things.slice(0, from), ...things.slice(from + size)]
  }
}

/**
 * Plans that are simpler than this one by one step: without an action, without a fault, or with a
 * pause after an action.
 */
function* simpler(plan: Plan): Generator<Plan> {
  for (const actions of shorter(plan.actions)) yield { ...plan, actions }
  for (const [number, action] of plan.actions.entries()) {
    const put = (change: Partial<typeof action>): Plan => ({
      ...plan,
      actions: plan.actions.with(number, { ...action, ...change }),
    })
    for (const left of action.faults.length > 0 ? shorter(action.faults) : [])
      yield put({ faults: left })
    if (action.steps !== null) yield put({ steps: null })
  }
}

/**
 * The shortest plan found that breaks the same rule. Actions keep their own random numbers, so that
 * the remaining ones behave as before.
 */
export async function shrink(environment: Environment, found: Outcome): Promise<Outcome> {
  let [shortest, plays, progress] = [found, 0, true]
  while (progress) {
    progress = false
    for (const plan of simpler(shortest.plan)) {
      if (plays++ >= most_plays) return shortest
      const outcome = await play(environment, plan)
      if (outcome.breach?.rule !== found.breach?.rule) continue
      shortest = outcome
      progress = true
      break
    }
  }
  return shortest
}

/** A plan as readable text. */
export const formatTrace = ({ plan, breach, trace }: Outcome): string =>
  [
    `seed ${plan.seed}: “${breach?.rule}” is broken: ${breach?.what}`,
    ...trace,
    `npx wugan simulate --seed ${plan.seed}`,
  ].join('\n')
