import pg, { type ClientConfig, type Pool } from 'pg'
import type { Database } from '../../server/storage/database.ts'
import { isUniqueViolation } from '../../server/storage/transaction.ts'
import { types } from '../../server/storage/types.ts'
import type { Activity, Turns } from './turns.ts'

/** A connection and its present user. */
type Line = {
  client: pg.Client
  pid: number
  owner: object | null
  activity: Activity | undefined
  wrote: boolean
  under_way: Promise<unknown>
}
type Query = (text: unknown, values?: unknown[]) => Promise<pg.QueryResult>

/** Real connections to one real database, lent to the processes of a simulation. */
export type Lines = {
  take(owner: object, turns: Turns): Promise<Line>
  releaseLine(line: Line): void
  /**
   * Rolls back the open transactions of a dead process, as the database does when its connections
   * end.
   */
  endOf(owner: object): Promise<void>
  isBlocked(activity: Activity): Promise<boolean>
  /** outside of the simulation, for checks */
  look: pg.Client
  close(): Promise<void>
}

export async function openLines(connection: ClientConfig): Promise<Lines> {
  const lines: Line[] = []
  const ended = new WeakSet<object>()
  const look = serialized(new pg.Client({ ...connection, types }))
  await look.connect()
  await look.query('set plan_cache_mode = force_generic_plan')
  const open = async (owner: object): Promise<Line> => {
    const client = new pg.Client({ ...connection, types })
    client.on('error', () => {}) // the query in progress rejects
    await client.connect()
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    const line = {
      client,
      pid: rows[0]?.pid ?? 0,
      owner,
      activity: undefined,
      wrote: false,
      under_way: Promise.resolve(),
    }
    lines.push(line)
    return line
  }
  const releaseLine = (line: Line): void =>
    void Object.assign(line, { owner: null, activity: undefined, wrote: false })
  const blocked = async (pid: number): Promise<boolean> =>
    (
      await look.query<{ blocked: boolean }>(
        'select cardinality(pg_blocking_pids($1)) > 0 as blocked',
        [pid],
      )
    ).rows[0]?.blocked ?? false
  return {
    look,
    async take(owner, turns) {
      if (ended.has(owner)) return never()
      const free = lines.find((line) => line.owner === null)
      if (free) free.owner = owner // before any other process can see it
      const line = free ?? (await turns.outside(() => open(owner)))
      if (!ended.has(owner)) return Object.assign(line, { owner, activity: turns.current() })
      releaseLine(line) // its owner ended while it was being opened
      return never()
    },
    releaseLine,
    async endOf(owner) {
      ended.add(owner)
      for (const line of lines.filter((one) => one.owner === owner)) {
        if (await blocked(line.pid)) await look.query('select pg_cancel_backend($1)', [line.pid])
        await line.under_way.catch(() => {})
        if (line.owner !== owner) continue
        await clean(line.client)
        releaseLine(line)
      }
    },
    async isBlocked(activity) {
      for (const line of lines)
        if (line.activity === activity && (await blocked(line.pid))) return true
      return false
    },
    async close() {
      await Promise.allSettled(lines.map(({ under_way }) => under_way))
      await Promise.all([look, ...lines.map(({ client }) => client)].map((client) => client.end()))
    },
  }
}

/** Sends one query at a time: invariants, polls and checks share the connection. */
function serialized(client: pg.Client): pg.Client {
  const query = client.query.bind(client) as (...all: unknown[]) => Promise<unknown>
  let last: Promise<unknown> = Promise.resolve()
  client.query = ((...all: unknown[]) => {
    const next = last.then(() => query(...all))
    last = next.catch(() => {})
    return next
  }) as typeof client.query
  return client
}

/** Resets the session state of a connection. */
async function clean(client: pg.Client): Promise<void> {
  await client.query('rollback')
  await client.query('discard temp')
  await client.query('reset all')
}

/** Faults of a statement and of a commit. */
const statement_faults = ['crash', 'lost_before', 'crash', 'lost_after'] as const
const commit_faults = ['crash_before', 'crash_after', 'doubt_undone', 'doubt_done'] as const
/**
 * Only scripted plans use it, no seed: the connection is lost, and the commit happens a second
 * later.
 */
export const done_later = 1_000_000
/** The process that owns a lost connection, while the database still works on it. */
export const nobody = {}

export type Events = {
  crash(owner: object, words: string): Promise<never>
  isDead(owner: object): boolean
  injected(words: string): void
  /** called after every commit */
  committed(): Promise<void>
}

/** Code of a dead process does not continue. */
export const never = (): Promise<never> => new Promise<never>(() => {})
const lost = (): Error =>
  Object.assign(new Error('Connection terminated unexpectedly'), { code: 'ECONNRESET' })
const sqlOf = (text: unknown): string =>
  typeof text === 'string' ? text : String((text as { text?: string }).text)
const shortened = (text: unknown): string => sqlOf(text).replace(/\s+/g, ' ').trim().slice(0, 60)
/** Whether the invariants must be checked again. */
const changesBooks = (text: unknown, { rowCount }: pg.QueryResult): boolean =>
  (rowCount ?? 0) > 0 &&
  /(update|insert into|delete from) (charges|refunds|contract|order_history)/.test(sqlOf(text))

/** The caller sees a lost connection and finds no result. A second later the commit happens. */
async function doneLater(
  lines: Lines,
  { turns, events }: Stage,
  not_before: number,
  line: Line,
  text: unknown,
  values?: unknown[],
): Promise<never> {
  line.owner = nobody
  await turns.begin(`“${shortened(text)}”, late`, [], async () => {
    line.activity = turns.current()
    await turns.turn({ what: 'commit', words: 'a late commit', not_before }, nobody)
    line.under_way = turns.outside(() => line.client.query(text as string, values))
    await line.under_way.catch((error: unknown) => {
      if (!isUniqueViolation(error)) throw error // it was committed another time meanwhile
    })
    await turns.outside(() => events.committed())
    lines.releaseLine(line)
  })
  throw lost()
}

type Stage = { turns: Turns; events: Events }

/**
 * The database of one process: every statement and every commit waits for its turn, and may receive
 * a fault.
 */
export function databaseOf(
  owner: object,
  lines: Lines,
  stage: () => Stage,
  now: () => number,
): Database {
  /**
   * `inside`: of a transaction; otherwise it commits by itself, whether or not the process receives
   * the result.
   */
  const run = async (
    line: Line,
    inside: boolean,
    text: unknown,
    values?: unknown[],
  ): Promise<pg.QueryResult> => {
    const { turns, events } = stage()
    const fault = await turns.turn({ what: 'statement', words: shortened(text) }, owner)
    if (fault === done_later && !inside) {
      events.injected(
        `the connection to the database is lost over “${shortened(text)}”, which is done later`,
      )
      return doneLater(lines, stage(), now() + 1_000, line, text, values)
    }
    const kind =
      fault === null || fault === done_later
        ? null
        : statement_faults[fault % statement_faults.length]
    if (kind === 'crash') return events.crash(owner, `before “${shortened(text)}”`)
    if (kind === 'lost_before') {
      events.injected(`the connection to the database is lost before “${shortened(text)}”`)
      throw lost()
    }
    line.under_way = turns.outside(() => line.client.query(text as string, values))
    const result = await (line.under_way as Promise<pg.QueryResult>).catch((error: unknown) =>
      events.isDead(owner) ? never() : Promise.reject(error as Error),
    )
    line.wrote ||= changesBooks(text, result)
    if (!inside && line.wrote) await turns.outside(() => events.committed())
    if (events.isDead(owner)) return never()
    if (kind !== 'lost_after') return result
    events.injected(`the connection to the database is lost after “${shortened(text)}”`)
    throw lost()
  }
  const commit = async (line: Line): Promise<pg.QueryResult> => {
    const { turns, events } = stage()
    const fault = await turns.turn({ what: 'commit', words: 'commit' }, owner)
    const kind = fault === null ? null : commit_faults[fault % commit_faults.length]
    if (fault === done_later) {
      events.injected('the connection is lost over a commit, which is done later')
      return doneLater(lines, stage(), now() + 1_000, line, 'commit')
    }
    if (kind === 'crash_before') return events.crash(owner, 'before a commit')
    if (kind === 'doubt_undone') {
      events.injected('the connection is lost before a commit arrives')
      await turns.outside(() => line.client.query('rollback'))
      throw lost()
    }
    const result = await turns.outside(() => line.client.query('commit'))
    if (line.wrote) await turns.outside(() => events.committed())
    if (kind === 'crash_after') return events.crash(owner, 'after a commit')
    if (kind !== 'doubt_done') return result
    events.injected('the connection is lost after a commit, before its answer')
    throw lost()
  }
  const connect = async () =>
    connectionOf(await lines.take(owner, stage().turns), lines, stage().turns, run, commit)
  const query: Query = async (text, values) => {
    const line = await lines.take(owner, stage().turns)
    try {
      return await run(line, false, text, values)
    } finally {
      if (line.owner === owner) lines.releaseLine(line)
    }
  }
  return {
    pool: { query, connect } as unknown as Pool,
    embedded: true,
    as_nobody: false,
    lost: new Promise(() => {}),
    close: async () => {},
  }
}

/** One lent connection: statements outside of a transaction commit by themselves. */
function connectionOf(
  line: Line,
  lines: Lines,
  turns: Turns,
  run: (line: Line, inside: boolean, ...query: Parameters<Query>) => ReturnType<Query>,
  commit: (line: Line) => ReturnType<Query>,
) {
  let inside = false
  const { owner } = line
  const statement: Query = async (text, values) => {
    if (text === 'begin' || text === 'rollback') {
      inside = text === 'begin'
      return turns.outside(() => line.client.query(text))
    }
    if (text === 'commit') {
      inside = false
      return commit(line)
    }
    return run(line, inside, text, values)
  }
  // a stream of COPY is returned at once, as the driver does; it takes no turn.
  const query = (text: unknown, values?: unknown[]): unknown =>
    typeof (text as { submit?: unknown }).submit === 'function'
      ? line.client.query(text as pg.Submittable)
      : statement(text, values)
  // A broken connection is closed.
  const close = async (): Promise<void> => {
    line.under_way = clean(line.client)
    await line.under_way
    if (line.owner === owner) lines.releaseLine(line)
  }
  return {
    query,
    escapeLiteral: pg.escapeLiteral,
    release: (broken?: boolean) => {
      if (line.owner === owner) void (broken ? close() : lines.releaseLine(line))
    },
  }
}
