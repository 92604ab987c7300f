import { createRandomStream, type RandomStream } from './random-stream.ts'
import { chooseScenario, insertBetween, scenarioKinds, type ScenarioKind } from './scenarios.ts'

const kinds = [
  'sign',
  'charge',
  'repeat',
  'again',
  'refund',
  'repeat_refund',
  'cancel',
  'terminate',
  'end_in_wallet',
  'job',
  'notice',
  'forge',
  'time',
  'kill',
  'rush',
  'morning',
  'misprint',
  'decide',
  'replay',
  ...scenarioKinds,
] as const
export type Kind = (typeof kinds)[number]

/**
 * One action. `process`: which of the two it is sent to. `a`, `b`, `c` select its objects.
 * `faults`: injected at the n-th gate of the activity. `steps`: how many moves happen before the
 * next action; null: until nothing moves. `chance`: picks which activity moves.
 */
export type Action = {
  kind: Kind
  process: number
  a: number
  b: number
  c: number
  faults: (readonly [number, number])[]
  steps: number | null
  chance: number
}
export type Plan = { seed: number; ways: Ways; actions: Action[] }

/** UnionPay's open choices, for one run. */
export type Ways = {
  notice_timing: 'now' | 'late' | 'twice' | 'never'
  payment_notice_timing: 'now' | 'late' | 'twice' | 'never'
  notice_generation: 'new' | 'old'
  notice_transport: 'get' | 'form'
  not_signed_value: '' | '0' | 'missing'
  booking_delay_ms: number
  notice_time: 'usual' | 'missing' | 'empty' | 'seconds' | 'milliseconds' | 'zoned'
  notice_on_relieve: boolean
}

const weights: Record<Exclude<Kind, 'replay' | ScenarioKind>, number> = {
  sign: 6,
  charge: 22,
  repeat: 8,
  again: 4,
  refund: 8,
  repeat_refund: 3,
  cancel: 3,
  terminate: 4,
  end_in_wallet: 4,
  job: 16,
  notice: 16,
  forge: 2,
  time: 14,
  kill: 2,
  rush: 6,
  morning: 6,
  misprint: 5,
  decide: 3,
}

/** From a random stream of its own, so that existing seeds stay unchanged. */
function waysOfTime(seed: number): Pick<Ways, 'notice_time' | 'notice_on_relieve'> {
  const chance = createRandomStream(seed ^ 0x203a)
  const odd = ['missing', 'empty', 'seconds', 'milliseconds', 'zoned'] as const
  return chance.happens(0.25)
    ? { notice_time: chance.pick(odd), notice_on_relieve: chance.happens(0.5) }
    : { notice_time: 'usual', notice_on_relieve: false }
}

/** Everything that a seed determines. */
export function planOf(seed: number): Plan {
  const chance = createRandomStream(seed)
  const ways: Ways = {
    notice_timing: chance.pick(['now', 'now', 'late', 'twice', 'never']),
    payment_notice_timing: chance.pick(['now', 'now', 'late', 'twice', 'never']),
    notice_generation: chance.pick(['new', 'old']),
    notice_transport: chance.pick(['get', 'form']),
    not_signed_value: chance.pick(['', '0', 'missing']),
    booking_delay_ms: chance.pick([0, 800, 20_000]),
    ...waysOfTime(seed),
  }
  const without_faults = chance.happens(0.2)
  const rough = chance.happens(0.3) ? 0.8 : 0.35
  const length = 14 + chance.below(30)
  const first: Action[] = [actionOf(chance, 'sign', 0), actionOf(chance, 'sign', 0)].map((one) => ({
    ...one,
    steps: null,
    faults: [],
  }))
  const usual = [
    ...first,
    ...Array.from({ length }, () =>
      actionOf(chance, chance.weighted(weights), without_faults ? 0 : rough),
    ),
  ]
  const replayed = insertBetween(usual, createRandomStream(seed + 1_000_000_007), 0.2, (own) =>
    actionOf(own, 'replay', without_faults ? 0 : rough),
  )
  const { begins, kinds: scenario_kinds, share, chance: own_chance } = chooseScenario(seed)
  return {
    seed,
    ways,
    actions: [
      ...replayed.slice(0, 2),
      ...begins.map((kind) => ({ ...actionOf(own_chance, kind, 0), steps: null })),
      ...insertBetween(replayed.slice(2), own_chance, share, (own) =>
        actionOf(own, own.weighted(scenario_kinds), without_faults ? 0 : rough),
      ),
    ],
  }
}

function actionOf(chance: RandomStream, kind: Kind, rough: number): Action {
  const fault_count = chance.happens(rough) ? 1 + chance.below(3) : 0
  const faults = Array.from(
    { length: fault_count },
    () => [1 + chance.below(12), chance.below(1_000_000)] as const,
  )
  return {
    kind,
    process: chance.below(2),
    a: chance.below(1_000),
    b: chance.below(1_000),
    c: chance.below(1_000),
    faults,
    steps: chance.happens(0.3) ? 0 : chance.happens(0.5) ? 1 + chance.below(8) : null,
    chance: chance.below(4_294_967_296),
  }
}
