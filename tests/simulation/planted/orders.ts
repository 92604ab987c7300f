import type { PlantedFault } from './planted-fault.ts'

const twice = (test: string): PlantedFault['caught_by'] => ({
  project: 'server',
  file: 'tests/server/paid-twice.test.ts',
  test,
})

const sameMoney: PlantedFault['caught_by'] = {
  project: 'server',
  file: 'tests/server/amounts.test.ts',
  test: 'bill, month, summary, API and console show the same amounts',
}

/** Rules across all charges of one merchant order. */
export const orderFaults: PlantedFault[] = [
  {
    name: 'two payments of one order go unnoticed',
    edits: [['server/charges/review.ts', 'surplusOf(attempts) > 0', 'surplusOf(attempts) < 0']],
    caught_by: twice('puts both charges in review'),
  },
  {
    name: 'of an order that was paid twice only the charge that succeeded here is in review',
    edits: [
      [
        'server/charges/review.ts',
        'return attempts\n      .filter(holdsMoney)',
        "return attempts\n      .filter((one) => holdsMoney(one) && one.state !== 'failed')",
      ],
    ],
    caught_by: { seed: 16 },
  },
  {
    name: 'the review of an order that was paid twice never ends',
    edits: [
      [
        'server/charges/review.ts',
        "needs_review && review_reason === 'paid_twice')\n    .map",
        "!needs_review && review_reason === 'paid_twice')\n    .map",
      ],
    ],
    caught_by: twice('stays in review when an operator confirms that both were'),
  },
  {
    name: 'both payments of an order that was paid twice are given back',
    edits: [['server/refunds/accept-refund.ts', 'charge.needs_review &&', 'false as boolean &&']],
    caught_by: twice('refunds only one of the two payments, also while the first'),
  },
  {
    name: 'another message takes an order that was paid twice out of its review',
    edits: [
      [
        'server/transactions/outcome.ts',
        "present === review || present === 'paid_twice' || present === 'succeeded_after_failure'",
        'present === review',
      ],
    ],
    caught_by: twice('stays in review when another message about it differs'),
  },
  {
    name: 'a charge of which something was given back is decided as not paid',
    edits: [
      [
        'server/charges/resolve-transaction.ts',
        'hasRefunds(attempts, order_id)',
        'false as boolean',
      ],
    ],
    caught_by: twice('cannot be resolved as not paid'),
  },
  {
    name: 'the preview of a decision sees only the state of its row',
    edits: [
      [
        'server/charges/review.ts',
        'before.some(forbidsAnother) && !after.some(forbidsAnother)',
        'grows(usedOf) < 0',
      ],
    ],
    caught_by: {
      project: 'server',
      file: 'tests/server/decision-preview.test.ts',
      test: 'says that the order may be charged again when the state',
    },
  },
  {
    name: 'a month counts what is in review as paid',
    edits: [
      [
        'server/bills/store.ts',
        'sum(m.net_fen)::bigint as net_fen',
        'sum(c.amount_fen - m.refunded_fen)::bigint as net_fen',
      ],
    ],
    caught_by: sameMoney,
  },
  {
    name: 'a refund in doubt is not on its way back',
    edits: [
      [
        'server/charges/store.ts',
        "state = 'pending' or (state = 'failed' and needs_review)",
        "state = 'pending'",
      ],
    ],
    caught_by: sameMoney,
  },
  {
    name: 'an order that a person found paid twice before is not found',
    edits: [
      [
        'server/charges/review-past-orders.ts',
        '(c.resolved_by is not null or c.needs_review) and (',
        'c.needs_review and (',
      ],
    ],
    caught_by: {
      project: 'server',
      file: 'tests/server/past-orders.test.ts',
      test: 'earlier orders that were paid twice are listed, then put in',
    },
  },
]
