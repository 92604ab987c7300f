import { setTimeout as wait } from 'node:timers/promises'
import { createRandomStream, type RandomStream } from '../simulation/random-stream.ts'
import { checkBooks, type Findings } from './books.ts'
import { disruptionsOf, disrupt, type Disruption } from './disruptions.ts'
import { install, type Installation, type Kind } from './installation.ts'
import { createMerchant, type Merchant } from './merchant.ts'
import { letDaysPass, letSettle } from './settling.ts'

/** The result of one installation: disruptions by kind, acknowledged orders, errors. */
export type Tally = {
  database: Kind['database']
  rounds: number
  disruptions: Partial<Record<Disruption, number>>
  restarts: number
  acknowledged: number
  repeated: number
  refunds: number
  never_left: number
  in_manual_review: number
  lost: string[]
  double: string[]
  wrong: string[]
  /** from the disruption until the server is ready again, the longest */
  most_recovery_ms: number
  not_covered: string | null
}

/**
 * `disruptions`: those that are injected where possible; `books`: check after each disruption, or
 * once after the last one, which finds the effects of all; `days`: whether days pass at the end,
 * until every order that never reached UnionPay needs manual review.
 */
export type Sizes = {
  kinds: readonly Kind[]
  disruptions: readonly Disruption[]
  rounds: number
  customers: number
  contracts: number
  books: 'each' | 'last'
  days: boolean
}

/**
 * Runs every disruption `rounds` times on each kind of installation, in the order and at the
 * moments that the seed determines.
 */
export async function killLoop(
  seed: number,
  sizes: Sizes,
  say: (line: string) => void = () => {},
): Promise<Tally[]> {
  const tallies: Tally[] = []
  for (const [place, kind] of sizes.kinds.entries())
    tallies.push(await playOn(kind, createRandomStream(seed * 10 + place), sizes, say))
  return tallies
}

async function playOn(
  kind: Kind,
  chance: RandomStream,
  sizes: Sizes,
  say: (line: string) => void,
): Promise<Tally> {
  const tally: Tally = {
    database: kind.database,
    rounds: 0,
    disruptions: {},
    restarts: 0,
    acknowledged: 0,
    repeated: 0,
    refunds: 0,
    never_left: 0,
    in_manual_review: 0,
    lost: [],
    double: [],
    wrong: [],
    most_recovery_ms: 0,
    not_covered: null,
  }
  const at = await install(kind, sizes.contracts)
  try {
    if (at.no_disk !== null) tally.not_covered = `disk full: ${at.no_disk}`
    const merchant = createMerchant(at, createRandomStream(chance.below(1_000_000_000)))
    for (const disruption of shuffle(
      disruptionsOf(at)
        .filter((one) => sizes.disruptions.includes(one))
        .flatMap((one) => Array.from({ length: sizes.rounds }, () => one)),
      chance,
    )) {
      const ms = await round(at, merchant, disruption, chance, sizes.customers)
      tally.rounds++
      tally.disruptions[disruption] = (tally.disruptions[disruption] ?? 0) + 1
      tally.most_recovery_ms = Math.max(tally.most_recovery_ms, ms)
      const found = sizes.books === 'each' ? await settleAndCheck(at, merchant, tally) : []
      say(
        [
          `${kind.database}, ${disruption}: ready again after ${(ms / 1000).toFixed(1)} s, ${merchant.intents.length} acknowledged`,
          ...found,
        ].join('\n  '),
      )
    }
    if (sizes.books === 'last') await settleAndCheck(at, merchant, tally)
    if (sizes.days) {
      await letDaysPass(at)
      add(tally, await checkBooks(at, merchant))
    }
    tally.acknowledged = merchant.intents.length
    tally.repeated = merchant.intents.filter(({ tries }) => tries > 1).length
    tally.refunds = merchant.intents.filter((one) => one.kind === 'refund').length
    tally.restarts = at.servers.reduce((sum, server) => sum + server.starts() - 1, 0)
    return tally
  } finally {
    await at.stop()
  }
}

/**
 * Waits until every order that UnionPay received is settled; then the books must be right. Returns
 * the errors.
 */
async function settleAndCheck(
  at: Installation,
  merchant: Merchant,
  tally: Tally,
): Promise<string[]> {
  await letSettle(at)
  const found = await checkBooks(at, merchant)
  add(tally, found)
  return [...found.lost, ...found.double, ...found.wrong]
}

/** Load, one disruption in the middle of it, then quiet: every intent is answered. */
async function round(
  at: Installation,
  merchant: Merchant,
  disruption: Disruption,
  chance: RandomStream,
  customers: number,
): Promise<number> {
  merchant.begin(customers)
  await wait(300 + chance.below(700))
  const begun = performance.now()
  await disrupt(at, disruption, chance)
  await at.ready()
  const recovered_ms = performance.now() - begun
  await wait(200)
  await merchant.finish()
  return recovered_ms
}

function add(tally: Tally, { lost, double, wrong, never_left, in_manual_review }: Findings): void {
  for (const [name, more] of [
    ['lost', lost],
    ['double', double],
    ['wrong', wrong],
  ] as const)
    tally[name] = [...new Set([...tally[name], ...more])]
  tally.never_left = never_left
  tally.in_manual_review = in_manual_review
}

const shuffle = <Thing>(things: readonly Thing[], chance: RandomStream): Thing[] =>
  things
    .map((thing) => ({ thing, at: chance.below(1_000_000) }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ thing }) => thing)
