import type { PlantedFault } from './planted-fault.ts'

/** Decisions about money by two operators. */
export const approvalFaults: PlantedFault[] = [
  {
    name: 'what a person declared void does not count toward the second person',
    edits: [
      [
        'server/refunds/refund.ts',
        'charge.amount_fen - left_fen + void_fen + amount_fen',
        'charge.amount_fen - left_fen + (void_fen - void_fen) + amount_fen',
      ],
    ],
    caught_by: {
      project: 'server',
      file: 'tests/server/approvals.test.ts',
      test: 'one operator who declares refunds void and refunds again',
    },
  },
  {
    name: 'an interrupted approval is decided again without a check for its effect',
    edits: [
      [
        'server/console/act.ts',
        'was_cut_off && (await isDone(db, requested, asked))',
        'was_cut_off && (await isDone(db, requested, asked)) === null',
      ],
    ],
    caught_by: {
      project: 'server',
      file: 'tests/server/approvals.test.ts',
      test: 'of a refund is completed, also by a second answer of false',
    },
  },
]
