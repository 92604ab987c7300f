import type { PlantedFault } from './planted-fault.ts'

/** Faults in when a charge is sent, and in what becomes of one that was never sent. */
export const sendingFaults: PlantedFault[] = [
  {
    name: 'a charge that waited is sent although its contract ended',
    edits: [
      [
        'server/transactions/mark-sent.ts',
        "and k.state = 'active' and not k.number_differs order by k.id for update of k",
        'order by k.id for update of k',
      ],
    ],
    caught_by: {
      project: 'server',
      file: 'tests/server/charge-in-queue.test.ts',
      test: 'a charge that waits in the send queue while its contract ends is not sent',
    },
  },
  {
    name: 'a charge is sent without being marked',
    edits: [
      [
        'server/transactions/send-once.ts',
        'if (transaction.sent_at === null && !(await markBatch[table](transaction.order_id))) return await missed()',
        '',
      ],
    ],
    caught_by: {
      project: 'server',
      file: 'tests/server/charge-in-queue.test.ts',
      test: 'a charge that is not marked as leaving in time fails as',
    },
  },
  {
    name: 'a charge that was never sent waits for a query',
    edits: [
      [
        'server/transactions/mark-sent.ts',
        "where sent_at is null and state = 'pending' and accepted_at",
        "where sent_at is null and state = 'failed' and accepted_at",
      ],
    ],
    caught_by: {
      project: 'server',
      file: 'tests/server/charge-in-queue.test.ts',
      test: 'a charge that is not marked as leaving in time fails as',
    },
  },
  {
    name: 'a charge that was sent is failed by the job for what was never sent',
    edits: [
      [
        'server/transactions/mark-sent.ts',
        "where sent_at is null and state = 'pending' and accepted_at",
        "where state = 'pending' and accepted_at",
      ],
      [
        'server/transactions/outcome.ts',
        "if (outcome.source === 'job' && outcome.reason === 'not_sent' && before.sent_at !== null)",
        'if (before.queries < 0)',
      ],
    ],
    caught_by: {
      project: 'server',
      file: 'tests/server/charge-in-queue.test.ts',
      test: 'the job does not fail a charge that was marked as leaving',
    },
  },
  {
    name: 'what broke before a charge was handed over is in doubt',
    edits: [['server/charges/create-charge.ts', 'if (is_handed_over) throw error', 'throw error']],
    caught_by: {
      project: 'server',
      file: 'tests/server/slow-lookups.test.ts',
      test: 'a charge whose open_id cannot be read',
    },
  },
  {
    name: 'what appears after a commit in doubt waits for queries',
    edits: [
      [
        'server/transactions/mark-sent.ts',
        'if (found) uncertain.delete(order_id)',
        'uncertain.delete(order_id)',
      ],
    ],
    caught_by: {
      project: 'server',
      file: 'tests/server/refunds.test.ts',
      test: 'that is executed after the last check is never sent, and fails',
    },
  },
  {
    name: 'a charge that waited is sent although its contract has another number at UnionPay',
    edits: [
      [
        'server/transactions/mark-sent.ts',
        "and k.state = 'active' and not k.number_differs order by k.id for update of k),",
        "and k.state = 'active' order by k.id for update of k),",
      ],
    ],
    caught_by: {
      project: 'server',
      file: 'tests/server/charge-in-queue.test.ts',
      test: 'a charge that waits in the send queue while its contract gets another number at UnionPay is not sent',
    },
  },
]
