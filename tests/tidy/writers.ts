import { sources, type Finding, type Source } from './sources.ts'

/** Each module's state has one writer, for single rows and batches. */
const writers: Record<string, readonly string[]> = {
  charges: ['server/charges/settlement-store.ts'],
  refunds: ['server/charges/settlement-store.ts'],
  '${table}': ['server/charges/settlement-store.ts'],
  contracts: ['server/contracts/changes.ts'],
}
const update =
  /\bupdate (charges|refunds|contracts|\$\{table\})(?: \w+)?\s+set\s([\s\S]*?)(?=\bwhere\b|\breturning\b|`)/g
const state = /(?:^|[\s,(])(state|needs_review|review_reason) = /

/**
 * Statements that change the state or the review of a charge, a refund or a contract outside its
 * one writer.
 */
export function findWriters(among: Source[] = sources): Finding[] {
  return among
    .filter(({ file }) => file.startsWith('server/'))
    .flatMap(({ file, code }) =>
      [...code.matchAll(update)]
        .filter(
          ([, table = '', set = '']) =>
            state.test(withoutConditions(set)) && !writers[table]?.includes(file),
        )
        .map(([, table = '']) => ({ rule: 'writer', file, what: `changes the state of ${table}` })),
    )
}

/** `case when state = …` reads the state only. */
const withoutConditions = (set: string): string => set.replaceAll(/\bcase\b[\s\S]*?\bend\b/g, '')
