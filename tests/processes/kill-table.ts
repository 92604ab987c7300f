import { all_disruptions } from './disruptions.ts'
import type { Tally } from './kill-loop.ts'

/** The table of docs/reliability.md. */
export function tableOf(tallies: readonly Tally[]): string {
  const line = (...cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`
  const head = [
    'database',
    'rounds',
    ...all_disruptions,
    'acknowledged',
    'of these repeated',
    'never left',
    'in manual review',
    'lost',
    'double',
    'wrong',
    'slowest recovery',
  ]
  return [
    line(...head),
    line(...head.map(() => '---')),
    ...tallies.map((one) =>
      line(
        one.database,
        one.rounds,
        ...all_disruptions.map((disruption) => one.disruptions[disruption] ?? 0),
        one.acknowledged,
        one.repeated,
        one.never_left,
        one.in_manual_review,
        one.lost.length,
        one.double.length,
        one.wrong.length,
        `${(one.most_recovery_ms / 1000).toFixed(1)} s`,
      ),
    ),
    ...tallies.flatMap(({ database, not_covered }) =>
      not_covered === null ? [] : [`\nnot covered, ${database}: ${not_covered}`],
    ),
  ].join('\n')
}
