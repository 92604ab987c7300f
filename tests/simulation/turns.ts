import { AsyncLocalStorage } from 'node:async_hooks'
import { setImmediate as breath } from 'node:timers/promises'
import type { RandomStream } from './random-stream.ts'

/**
 * Decides which activity moves next. Everything that leaves a process (a statement, a commit, a
 * call, an answer) waits at a gate for its turn, and one activity moves at a time, from its gate to
 * its next: the seed picks which. That makes a run of real code on a real database repeatable.
 */
export type Point = {
  what: 'statement' | 'commit' | 'call' | 'answer' | 'notice'
  words: string
  not_before?: number
}

/** A unit of work that moves from gate to gate: a request, a job's run, a notification. */
export type Activity = {
  words: string
  /** its pending faults, by the number of the gate at which they are injected */
  faults: Map<number, number>
  gates: number
  /** where it waits; empty while it moves, is blocked or is over */
  waiting: Gate[]
  moves: number
  /** the number of moves at the time it was found blocked */
  seen: number
  blocked: boolean
  /** the number of its operations outside of its process, such as the database's statements */
  outside: number
  notify(): void
  over: boolean
  /** the number of the process a notification goes to */
  target: number
}

type Gate = { point: Point; owner: object; pass(): void }

const current = new AsyncLocalStorage<Activity>()
/**
 * An activity that neither arrives at a gate nor ends, without an operation outside, waits for
 * another one inside its process.
 */
const looks_inside = 30
const look_again_ms = 8

function move(activity: Activity): void {
  activity.moves++
  activity.notify()
}

export type Turns = {
  /** Begins an activity and lets it move to its first gate. */
  begin(
    words: string,
    faults: readonly (readonly [number, number])[],
    work: () => Promise<void>,
    target?: number,
  ): Promise<void>
  /**
   * Waits for a turn. Returns the fault to inject here, or null. `owner` is the process: when it
   * dies the turn never comes.
   */
  turn(point: Point, owner: object): Promise<number | null>
  /**
   * Runs an operation that takes real time: nothing else moves meanwhile, however long it takes,
   * unless a lock of another activity blocks it.
   */
  outside<Result>(work: () => Promise<Result>): Promise<Result>
  /** Lets one waiting activity move. False when none can. */
  step(chance: RandomStream): Promise<boolean>
  /** The earliest instant that a hanging activity waits for. */
  hangingUntil(): number | null
  /** Removes everything of this owner that waits. */
  dropOwner(owner: object): void
  under_way(): number
  current(): Activity | undefined
}

export type Watch = {
  now(): number
  isBlocked(activity: Activity): Promise<boolean>
  onFailure(activity: Activity, error: unknown): void
}

/** Resolves when the activity moves, or after one poll. */
const next = (activity: Activity, before: number): Promise<void> =>
  new Promise((resolve) => {
    if (activity.moves !== before) return resolve()
    const timer = setTimeout(resolve, look_again_ms)
    activity.notify = () => {
      clearTimeout(timer)
      resolve()
    }
  })

/**
 * Waits until an activity arrives at its next gate, ends, or is found blocked by a lock that
 * another holds.
 */
async function hasMoved(watch: Watch, activity: Activity, before: number): Promise<void> {
  for (let looks = 0; looks < looks_inside; looks++) {
    await next(activity, before)
    if (activity.moves !== before) {
      activity.blocked = false
      return void (await breath())
    }
    if (await watch.isBlocked(activity)) {
      Object.assign(activity, { blocked: true, seen: before })
      return
    }
    if (activity.outside > 0) looks = 0
  }
}

/** Checks whether a blocked activity is still blocked, or has arrived at its next gate. */
async function settleBlocked(watch: Watch, activities: readonly Activity[]): Promise<void> {
  for (const activity of activities.filter((one) => one.blocked)) {
    while (activity.moves === activity.seen && !(await watch.isBlocked(activity)))
      await next(activity, activity.seen)
    if (activity.moves !== activity.seen) activity.blocked = false
  }
}

function waitAtGate(activity: Activity, point: Point, owner: object): Promise<void> {
  return new Promise((resolve) => {
    const gate: Gate = {
      point,
      owner,
      pass: () => {
        activity.waiting = activity.waiting.filter((one) => one !== gate)
        resolve()
      },
    }
    activity.waiting = [...activity.waiting, gate]
    move(activity)
  })
}

export function createTurns(watch: Watch): Turns {
  let activities: Activity[] = []
  const gates = (): { activity: Activity; gate: Gate }[] =>
    activities.flatMap((activity) => activity.waiting.map((gate) => ({ activity, gate })))
  return {
    async begin(words, faults, work, target = 0) {
      const activity: Activity = {
        words,
        faults: new Map(faults),
        gates: 0,
        waiting: [],
        moves: 0,
        seen: 0,
        blocked: false,
        outside: 0,
        notify: () => {},
        over: false,
        target,
      }
      activities = [...activities.filter((one) => !one.over || one.waiting.length > 0), activity]
      const end = (): void => {
        activity.over = true
        move(activity)
      }
      current.run(
        activity,
        () =>
          void work().then(end, (error: unknown) => {
            watch.onFailure(activity, error)
            end()
          }),
      )
      await hasMoved(watch, activity, 0)
    },
    async turn(point, owner) {
      const activity = current.getStore()
      if (!activity) return null // outside of any activity: setup and checks
      activity.gates++
      const fault = activity.faults.get(activity.gates) ?? null
      await waitAtGate(activity, point, owner)
      return fault
    },
    async outside(work) {
      const activity = current.getStore()
      if (!activity) return work()
      activity.outside++
      try {
        return await work()
      } finally {
        activity.outside--
      }
    },
    async step(chance) {
      const able = gates().filter(({ gate }) => (gate.point.not_before ?? 0) <= watch.now())
      if (able.length === 0) return false
      const { activity, gate } = chance.pick(able)
      const before = activity.moves
      gate.pass()
      await hasMoved(watch, activity, before)
      await settleBlocked(watch, activities)
      return true
    },
    hangingUntil: () =>
      gates().reduce<number | null>(
        (first, { gate: { point } }) =>
          point.not_before === undefined ? first : Math.min(first ?? Infinity, point.not_before),
        null,
      ),
    dropOwner(owner) {
      for (const activity of activities)
        activity.waiting = activity.waiting.filter((gate) => gate.owner !== owner)
    },
    under_way: () => activities.filter((one) => !one.over).length,
    current: () => current.getStore(),
  }
}
