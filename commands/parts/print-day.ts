import type { DayResult } from '../../server/reconciliation/apply-day.ts'

const shown = 50
const yuan = (fen: number): string => `¥${(fen / 100).toFixed(2)}`

/** What a comparison found, for a person at a terminal. */
export function printDay(
  merchant_no: string,
  day: string,
  { problem, compared, applied, repaired }: DayResult,
): void {
  console.log(`\n${merchant_no}, clearing day ${day}`)
  if (problem !== null) console.log(`  no statement: ${problem}`)
  if (!compared) return
  const { lines, charged_fen, returned_fen, fee_fen, settled_orders, counts, breaks } = compared
  console.log(
    `  ${lines} lines: charged ${yuan(charged_fen)}, refunded ${yuan(returned_fen)}, fees ${yuan(fee_fen)}`,
  )
  console.log(
    `  ${applied ? 'settled' : 'would settle'} ${settled_orders} orders that were unknown`,
  )
  const kinds = Object.entries(counts)
  console.log(
    kinds.length === 0
      ? '  no breaks'
      : `  breaks: ${kinds.map(([kind, count]) => `${kind} ${count}`).join(', ')}`,
  )
  for (const { kind, order_id, query_id, ours, theirs, unread } of breaks.slice(0, shown)) {
    if (unread) {
      const { file, lines: places, count, why } = unread
      const where = count === 0 ? 'the file' : `line ${places.join(', ')}`
      const more = count > places.length ? ` … (${count} lines)` : ''
      console.log(`    ${kind.padEnd(12)} ${file}, ${where}${more}: ${why}`)
      continue
    }
    const sides = [
      ours ? `ours ${ours.state} ${yuan(ours.amount_fen)}` : 'not ours',
      theirs ? `theirs ${yuan(theirs.amount_fen)} (line ${theirs.line})` : 'not theirs',
    ]
    console.log(
      `    ${kind.padEnd(12)} ${(order_id ?? query_id ?? '-').padEnd(32)} ${sides.join(', ')}`,
    )
  }
  if (breaks.length > shown)
    console.log(`    and ${breaks.length - shown} more: GET /v1/statements/:id/breaks`)
  if (applied) console.log(`  marked paid as the statement shows: ${repaired}`)
}
