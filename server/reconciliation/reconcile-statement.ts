import type { PoolClient } from 'pg'
import type { BreakKind } from '../api.ts'
import { newId } from '../kernel/ids.ts'
import type { StatementFile, StatementLine, UnreadPart } from '../unionpay/statements.ts'
import { most_breaks, type FoundBreak } from './break.ts'
import {
  keyOf,
  markGone,
  readKnown,
  touchBreaks,
  writeBreaks,
  type KnownBreak,
} from './break-store.ts'
import {
  findAbsent,
  findDeviations,
  findUnnamed,
  readDeviations,
  type Absent,
  type Compared,
} from './compare.ts'
import type { ReconciliationContext } from './context.ts'
import { judgeLine, type Deviation } from './judge-line.ts'
import { escalateUnnamed, settleLine, settlePlainly, type LineOutcome } from './settle-line.ts'
import { withStagedLines } from './stage.ts'
import { addDays, type Totals } from './statement.ts'
import { addBreaksFound, findStatementOf } from './statement-store.ts'

/** What a comparison found. `breaks`: the first ten thousand; `counts`: all of them. */
export type Comparison = Totals & {
  settled_orders: number
  counts: Partial<Record<BreakKind, number>>
  breaks: FoundBreak[]
}

/** Where the breaks go; null: a preview, which changes nothing. */
export type Target = { statement_id: string; run: string } | null

const page = 500

/**
 * Reads a statement to its end and compares it with our orders: settles what was unknown, names
 * every break, and takes back those that this file no longer shows. Running it again, with this
 * file or another of the same day, applies nothing twice. Throws Malformed, before anything is
 * changed; and whatever `stopping` was aborted with.
 */
export async function reconcileStatement(
  context: ReconciliationContext,
  merchant_no: string,
  day: string,
  file: Pick<StatementFile, 'lines'>,
  target: Target,
  stopping: AbortSignal,
): Promise<Comparison> {
  const { charges, fees } = context
  const compared: Compared = {
    merchant_no,
    day,
    clearing_day_ends: charges.clearing_day_ends,
    fee: fees.get(merchant_no) ?? null,
  }
  const unread: UnreadPart[] = []
  const lines = file.lines((part) => void unread.push(part))
  return withStagedLines(charges.database, lines, stopping, async (db, totals) => {
    const result: Comparison = { ...totals, settled_orders: 0, counts: {}, breaks: [] }
    const known = target
      ? await readKnown(charges.database.pool, target.statement_id)
      : new Map<string, KnownBreak>()
    const notes: Notes = { context, target, known, result }
    await findDeviations(db, compared)
    await settleDeviations(notes, db, compared, stopping)
    await noteBreaks(notes, unread.map(unreadBreak))
    await noteBreaks(notes, (await findAbsent(db)).map(absentBreak))
    if (await isOver(context, merchant_no, addDays(day, 1)))
      await noteUnnamed(notes, db, compared, target)
    if (target) await markGone(charges.database.pool, target.statement_id, target.run)
    await noteDayBefore(notes, db, compared)
    return result
  })
}

type Notes = {
  context: ReconciliationContext
  target: Target
  known: Map<string, KnownBreak>
  result: Comparison
}

async function settleDeviations(
  notes: Notes,
  db: PoolClient,
  { day, fee }: Compared,
  stopping: AbortSignal,
): Promise<void> {
  const {
    context: { charges },
    target,
    known,
    result,
  } = notes
  for (let after = -1; ;) {
    const deviations = await readDeviations(db, after, page)
    const rest: FoundBreak[] = []
    const seen: string[] = []
    const plain: LineOutcome[] = []
    for (const one of deviations) {
      stopping.throwIfAborted()
      const { outcome, breaks, moves } = judgeLine(one, day, fee)
      const fresh = breaks.filter((found) => isFresh(notes, found))
      // A break that is known was applied to the order before: an operator may have decided since.
      if (!outcome || one.order_kind === null || (breaks.length > 0 && fresh.length === 0))
        rest.push(...breaks)
      else if (!target) {
        if (one.state === 'pending' && outcome.state === 'succeeded') result.settled_orders++
        rest.push(...breaks)
      } else {
        const effect = { order_id: one.order_id, order_kind: one.order_kind, outcome, moves }
        if (isPlain(one, effect) && breaks.length === 0) {
          plain.push(effect)
          continue
        }
        seen.push(
          ...breaks
            .filter((found) => !fresh.includes(found))
            .flatMap((found) => known.get(keyOf(found))?.id ?? []),
        )
        const listed = register(notes, breaks)
        if (
          await settleLine(charges, effect, (tx) =>
            writeBreaks(tx, target.statement_id, target.run, listed),
          )
        )
          result.settled_orders++
      }
    }
    const others = await settlePlainly(charges, plain, day)
    result.settled_orders += plain.length - others.length
    for (const effect of others)
      if (await settleLine(charges, effect, async () => {})) result.settled_orders++
    await noteBreaks(notes, rest)
    if (target) await touchBreaks(charges.database.pool, target.run, seen)
    if (deviations.length < page) return
    after = (deviations.at(-1) as Deviation).line
  }
}

/**
 * A pending charge that the line shows as paid, on the day that is compared. A refund looks at its
 * order besides: it may end a surplus.
 */
const isPlain = ({ state }: Deviation, { order_kind, outcome, moves }: LineOutcome): boolean =>
  order_kind === 'charge' && state === 'pending' && outcome.state === 'succeeded' && !moves

const isFresh = ({ known }: Notes, found: FoundBreak): boolean =>
  (known.get(keyOf(found))?.state ?? 'gone') === 'gone'

/** Counts breaks and gives those that are new an id, as long as there is room in the list. */
function register(
  { context: { charges }, known, result }: Notes,
  breaks: readonly FoundBreak[],
): (FoundBreak & { id: string })[] {
  const listed: (FoundBreak & { id: string })[] = []
  for (const found of breaks) {
    const key = keyOf(found)
    result.counts[found.kind] = (result.counts[found.kind] ?? 0) + 1
    if (result.breaks.length >= most_breaks) continue
    result.breaks.push(found)
    if ((known.get(key)?.state ?? 'gone') !== 'gone') continue
    const id = known.get(key)?.id ?? newId(charges.clock, charges.random)
    known.set(key, { id, state: 'open' })
    listed.push({ ...found, id })
  }
  return listed
}

/** Gives how many of them are listed for the first time. */
async function noteBreaks(notes: Notes, breaks: readonly FoundBreak[]): Promise<number> {
  const {
    context: {
      charges: { database },
    },
    target,
    known,
  } = notes
  const seen = target ? breaks.flatMap((found) => known.get(keyOf(found))?.id ?? []) : []
  const listed = register(notes, breaks)
  if (!target) return 0
  await writeBreaks(database.pool, target.statement_id, target.run, listed)
  await touchBreaks(database.pool, target.run, seen)
  return listed.length
}

/** Whether nothing more is to be expected of that day's statement. */
async function isOver(
  { charges: { database } }: ReconciliationContext,
  merchant_no: string,
  day: string,
): Promise<boolean> {
  const statement = await findStatementOf(database.pool, merchant_no, day)
  return statement?.state === 'reconciled' || statement?.state === 'missing'
}

/**
 * Orders of a day that neither its statement nor the next one names (ACP §6.2): probably not paid,
 * but only a person may say so.
 */
async function noteUnnamed(
  notes: Notes,
  db: PoolClient,
  compared: Compared,
  target: Target,
): Promise<number> {
  const unnamed = await findUnnamed(db, compared)
  const listed = await noteBreaks({ ...notes, target }, unnamed.map(absentBreak))
  if (target)
    await escalateUnnamed(
      notes.context.charges,
      unnamed.map(({ order_id }) => order_id),
    )
  return listed
}

/** This statement is the second chance of the day before. */
async function noteDayBefore(notes: Notes, db: PoolClient, compared: Compared): Promise<void> {
  const { context, target } = notes
  const day = addDays(compared.day, -1)
  const before =
    target && (await findStatementOf(context.charges.database.pool, compared.merchant_no, day))
  if (before?.state !== 'reconciled') return
  const known = await readKnown(context.charges.database.pool, before.id)
  const result: Comparison = { ...notes.result, counts: {}, breaks: [] }
  const listed = await noteUnnamed(
    { context, known, result, target },
    db,
    { ...compared, day },
    { statement_id: before.id, run: target?.run ?? '' },
  )
  if (listed === 0) return
  const { database, log } = context.charges
  await addBreaksFound(database.pool, before.id, listed)
  const { merchant_no } = compared
  log.error(
    {
      statement: before.id,
      merchant_no,
      day,
      breaks: { ours_only: listed },
      alarm: 'reconciliation_breaks',
    },
    'neither the statement of a day nor the next one names these orders',
  )
}

const absentBreak = ({
  order_id,
  order_kind,
  state,
  amount_fen,
  settle_on,
  query_id,
}: Absent): FoundBreak => ({
  kind: 'ours_only',
  key: order_id,
  order_id,
  order_kind,
  query_id,
  amount_fen,
  ours: { state, amount_fen, settle_on },
  theirs: null,
  unread: null,
})

/**
 * The line or file itself is the break: what it says of an order is not believed, and the order is
 * compared without it.
 */
const unreadBreak = ({ file, lines, count, why, digest, said }: UnreadPart): FoundBreak => ({
  kind: 'not_compared',
  key: `${file}|${digest}`,
  order_id: said?.order_id || null,
  order_kind: null,
  query_id: said?.query_id || null,
  amount_fen: said?.amount_fen ?? 0,
  ours: null,
  theirs: said && theirsOf(said, lines[0] ?? 0),
  unread: { file, lines, count, why },
})

const theirsOf = (
  { amount_fen, fee_fen, settled_fen, txn_type, trace }: StatementLine,
  line: number,
): FoundBreak['theirs'] => ({ amount_fen, fee_fen, settled_fen, txn_type, trace, line })
