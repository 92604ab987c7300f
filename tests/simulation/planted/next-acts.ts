import type { PlantedFault } from './planted-fault.ts'

const accepting = 'server/charges/accept-store.ts'
const settlement = 'server/charges/settlement-store.ts'
const caughtBy = (test: string): PlantedFault['caught_by'] => ({
  project: 'server',
  file: 'tests/server/next-actions.test.ts',
  test,
})

/** Mutations that a refusal does not reveal, only the actions allowed afterwards. */
export const nextActFaults: PlantedFault[] = [
  {
    name: 'the limit of a day counts by the day in UTC',
    edits: [
      [
        accepting,
        'clock.beijing::date, v.amount_fen from',
        "(clock.at at time zone 'UTC')::date, v.amount_fen from",
      ],
    ],
    caught_by: caughtBy('is that of the day in Beijing'),
  },
  {
    name: 'settling clears an earlier review',
    edits: [
      [
        settlement,
        'needs_review = t.needs_review or o.review is not null',
        'needs_review = o.review is not null',
      ],
      [
        settlement,
        'review_reason = coalesce(o.review, t.review_reason)',
        'review_reason = o.review',
      ],
    ],
    caught_by: caughtBy('stays in review when it succeeds'),
  },
  {
    name: 'a person decides a pending order before it is their turn',
    edits: [
      [
        'server/charges/resolve-transaction.ts',
        'if (!mayBeResolved(before)) throw',
        "if (before.state !== 'pending' && !mayBeResolved(before)) throw",
      ],
    ],
    caught_by: caughtBy('cannot be resolved by an operator before manual review'),
  },
  {
    name: 'a withdrawn notice still covers a debit',
    edits: [[accepting, 'n.withdrawn_at is null and n.amount_fen', 'n.amount_fen']],
    caught_by: caughtBy('that was withdrawn covers no debit'),
  },
  {
    name: 'the statement that accepts a renewal does not look whether it has a notice',
    edits: [
      [
        accepting,
        "where a.notice <> 'required' or n.id is not null or f.is_first),",
        'where true),',
      ],
    ],
    caught_by: { seed: 1 },
  },
  {
    name: 'the notice of a failed debit stays used',
    edits: [
      [
        accepting,
        "where c.notice_ref = n.id and (c.state <> 'failed' or c.needs_review))",
        'where c.notice_ref = n.id)',
      ],
    ],
    caught_by: caughtBy('covers exactly one of several debits at once, and is'),
  },
  {
    name: 'a payer is forgotten while a charge is in review',
    edits: [
      [
        'server/privacy/store.ts',
        "from charged where state = 'pending' or needs_review)",
        "from charged where state = 'pending')",
      ],
    ],
    caught_by: caughtBy('is not erased while a charge is in review, and is once an'),
  },
  {
    name: "a cancel ignores UnionPay's clearing day",
    edits: [
      [
        'server/refunds/refund.ts',
        '(charge.settle_on ?? clearingDay(charge.accepted_at, clearing_day_ends))',
        'clearingDay(charge.accepted_at, clearing_day_ends)',
      ],
    ],
    caught_by: caughtBy('is cancelled on the next'),
  },
  {
    name: 'a notice whose failed debit is in review covers another debit',
    edits: [
      [
        'server/charges/accept-store.ts',
        "where c.notice_ref = n.id and (c.state <> 'failed' or c.needs_review))",
        "where c.notice_ref = n.id and c.state <> 'failed')",
      ],
    ],
    caught_by: {
      project: 'server',
      file: 'tests/server/next-actions.test.ts',
      test: 'whose failed debit UnionPay books later covers no other debit before an operator decided',
    },
  },
  {
    name: 'one "signed" between two "not signed" does not count',
    edits: [
      [
        'server/contracts/jobs.ts',
        `    fields: {
      not_signed_at: null,
      ...(isOther`,
        `    fields: {
      ...(isOther`,
      ],
    ],
    caught_by: {
      project: 'server',
      file: 'tests/server/contract-questions.test.ts',
      test: 'is counted from the start again once UnionPay said "signed" in between',
    },
  },
  {
    name: 'a refund at the portal is looked for under every merchant number',
    edits: [
      [
        'server/charges/store.ts',
        `from charges where query_id = $2 and merchant_no = $1 limit 1\`,
    [merchant_no, query_id],`,
        `from charges where query_id = $1 limit 1\`,
    [query_id],`,
      ],
    ],
    caught_by: {
      project: 'server',
      file: 'tests/server/portal-refund.test.ts',
      test: 'a refund reported for another merchant number refunds nothing of a charge',
    },
  },
  {
    name: 'a coming debit is shown until its day ends in UTC',
    edits: [
      [
        'server/debit-notices/store.ts',
        "n.debit_on >= (business_now() at time zone 'Asia/Shanghai')::date",
        "n.debit_on >= (business_now() at time zone 'UTC')::date",
      ],
    ],
    caught_by: {
      project: 'server',
      file: 'tests/server/next-actions.test.ts',
      test: 'until the day of the debit ends in Beijing',
    },
  },
  {
    name: 'a charge that fails after midnight gives back use of the new day',
    edits: [
      [
        'server/charges/store.ts',
        'd.contract_ref = c.contract_ref and d.day = c.accepted_on`',
        "d.contract_ref = c.contract_ref and d.day = (business_now() at time zone 'Asia/Shanghai')::date`",
      ],
    ],
    caught_by: {
      project: 'server',
      file: 'tests/server/next-actions.test.ts',
      test: 'does not change when a charge of the day before fails after',
    },
  },
]
