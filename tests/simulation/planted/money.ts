import type { PlantedFault } from './planted-fault.ts'

const settlement = 'server/charges/settlement.ts'
const settling = 'server/charges/settlement-store.ts'
const slots = 'server/transactions/query-slots.ts'
const acceptance = 'server/charges/accept-store.ts'
const findings = 'server/transactions/outcome.ts'

/** The settlement of charges and refunds. */
export const moneyFaults: PlantedFault[] = [
  {
    name: 'an order is settled without its row lock',
    edits: [
      [
        settling,
        'where order_id = $1) order by order_id for update`',
        'where order_id = $1) order by order_id`',
      ],
      [
        settling,
        'order by c.merchant_order_no, c.order_id for update of c),',
        'order by c.merchant_order_no, c.order_id),',
      ],
    ],
    caught_by: {
      project: 'server',
      file: 'tests/server/settlement-forms.test.ts',
      test: 'an outcome waits for another',
    },
  },
  {
    name: 'a query goes out too early',
    edits: [
      ['server/kernel/query-schedule.ts', 'minute * 60 + slot_margin_s', 'minute * 20'],
      [slots, 'const floor_s = least_gap_minutes * 60 + 1', 'const floor_s = 30'],
    ],
    caught_by: { seed: 32 },
  },
  {
    name: 'the way of a query to UnionPay is not counted',
    edits: [
      [
        'server/transactions/query-slots.ts',
        'slot_lasts_s + Math.ceil(settings.unionpay_timeout_ms / 1000) + 1',
        '1',
      ],
    ],
    caught_by: {
      project: 'unit',
      file: 'tests/unit/charge.test.ts',
      test: 'waits five minutes after a query that takes its whole time',
    },
  },
  {
    name: 'a refund whose commit was in doubt is never sent',
    edits: [
      [
        'server/refunds/accept-refund.ts',
        'if (!refund) throw error\n    return { refund, charge, repeated: false }',
        'if (!refund) throw error\n    return { refund, charge: null, repeated: true }',
      ],
    ],
    caught_by: {
      project: 'server',
      file: 'tests/server/refunds.test.ts',
      test: 'that was executed is sent, once',
    },
  },
  {
    name: 'orders of a merchant number that is gone wait for ever',
    edits: [[slots, 'merchant_no <> all($1::text[])', 'merchant_no <> all($1::text[]) and false']],
    caught_by: {
      project: 'server',
      file: 'tests/server/refunds.test.ts',
      test: 'leaves its open orders to manual review, as soon as they',
    },
  },
  {
    name: 'a repair by the day overturns what a person decided',
    edits: [['server/reconciliation/apply-day.ts', 'automatic: true', 'automatic: false']],
    caught_by: {
      project: 'server',
      file: 'tests/server/break-repairs.test.ts',
      test: "an operator's decision is retained, whatever the day's",
    },
  },
  {
    name: 'the smaller side decides whether a break needs approval',
    edits: [
      [
        'server/console/morning-routes.ts',
        'Math.max(found.amount_fen, found.ours?.amount_fen ?? 0)',
        'found.amount_fen',
      ],
    ],
    caught_by: {
      project: 'server',
      file: 'tests/server/break-repairs.test.ts',
      test: 'one operator alone decides up to the limit, whichever side',
    },
  },
  {
    name: 'one operator alone decides a review of any amount',
    edits: [
      [
        'server/console/act.ts',
        "if (requested.action !== 'refund' && requested.amount_fen",
        "if (requested.action === 'break' && requested.amount_fen",
      ],
    ],
    caught_by: {
      project: 'server',
      file: 'tests/server/console-decisions.test.ts',
      test: 'a review above the limit waits for a second operator',
    },
  },
  {
    name: 'the courier leaves a listener for each batch',
    edits: [
      [
        'server/webhooks/deliver.ts',
        ".finally(() => signal.removeEventListener('abort', stop))",
        '',
      ],
    ],
    caught_by: {
      project: 'server',
      file: 'tests/server/webhook-courier.test.ts',
      test: "the webhook sender leaves no listener on the process's",
    },
  },
  {
    name: 'a slot is taken by both processes',
    edits: [
      [
        slots,
        `and due_at <= business_now()
       and coalesce(asked_at + make_interval(secs => $4), coalesce(ended_at, accepted_at + make_interval(secs => $5)) + make_interval(secs => $8)) <= business_now()`,
        'and $8::float8 > 0',
      ],
      [
        slots,
        'set free_at = excluded.free_at where query_pace.free_at <= business_now()',
        'set free_at = excluded.free_at',
      ],
    ],
    caught_by: { seed: 4 },
  },
  {
    name: 'an unknown outcome is sent again under a new order_id',
    edits: [
      [
        'server/charges/create-charge.ts',
        "    if (answer.kind === 'refused') context.log",
        `    if (answer.kind === 'unknown') await context.payments.charge({ ...charge, order_id: charge.order_id.slice(0, -1) + 'Z' }, {
      contract_id: context.cipher.open(contract_id_sealed), plan_id: contract.plan_id, open_id: () => findOpenId(context.database.pool, context.cipher, wallet_ref),
    }, charge.description, () => false)
    if (answer.kind === 'refused') context.log`,
      ],
    ],
    caught_by: { seed: 6 },
  },
  {
    name: 'a lost connection while committing counts as committed',
    edits: [
      [
        'server/charges/accept-store.ts',
        'if (error instanceof CommitInDoubt) return readAgain(database, uncertain, charge)\n      return insertAlone',
        "if (error instanceof CommitInDoubt) return { ...charge, txn_time: '20261122120000', state: 'pending', sent_at: new Date() } as unknown as Charge\n      return insertAlone",
      ],
    ],
    caught_by: { seed: 14 },
  },
  {
    name: 'a synchronous 00 counts as paid',
    edits: [
      [
        'server/unionpay/gateway/resp-codes.ts',
        "success: { answer: 'accepted'",
        "success: { answer: 'succeeded'",
      ],
    ],
    caught_by: { seed: 5 },
  },
  {
    name: 'silence counts as not paid',
    edits: [
      [
        findings,
        "return { state: 'unknown', source: 'answer'",
        "return { state: 'failed', source: 'answer'",
      ],
    ],
    caught_by: { seed: 38 },
  },
  {
    name: 'a query that tells nothing counts as not paid',
    edits: [
      [
        findings,
        "return { state: 'unknown', source: 'query' }",
        "return { state: 'failed', source: 'query' }",
      ],
    ],
    caught_by: { seed: 5 },
  },
  {
    name: 'a refund is sent however late',
    edits: [
      [
        'server/refunds/create-refund.ts',
        "if (isTooLate(context.clock, order_id)) return notSent('answer')",
        '',
      ],
    ],
    caught_by: {
      project: 'simulation',
      file: 'tests/simulation/scripted-plans.test.ts',
      test: 'a refund whose process was suspended for half an hour',
    },
  },
  {
    name: 'the key of an order is forgotten after five days',
    edits: [
      [
        'server/transactions/idempotency.ts',
        'const retention_days = 35',
        'const retention_days = 5',
      ],
    ],
    caught_by: {
      project: 'server',
      file: 'tests/server/idempotency-keys.test.ts',
      test: 'the key of an order is stored for thirty days, and deleted',
    },
  },
  {
    name: 'a refund answers to the key of another',
    edits: [
      ['server/refunds/routes.ts', "owner: key.id, verb: 'refund'", "owner: 'all', verb: 'refund'"],
      ['server/refunds/routes.ts', "owner: key.id, verb: 'cancel'", "owner: 'all', verb: 'cancel'"],
    ],
    caught_by: {
      project: 'server',
      file: 'tests/server/attack-objects.test.ts',
      test: "does not see another key's request under the same",
    },
  },
  {
    name: 'after 37 the gap of the order stays as it was',
    edits: [
      [
        slots,
        'set due_at = greatest(due_at, asked_at + 2 * (due_at - asked_at))',
        'set due_at = due_at',
      ],
    ],
    caught_by: {
      project: 'server',
      file: 'tests/server/charges-queries.test.ts',
      test: '37 stops the queries of the merchant number for a while',
    },
  },
  {
    name: 'a contradiction overwrites what is final',
    edits: [
      [
        'server/transactions/transaction.ts',
        'succeeded: [], failed: []',
        "succeeded: ['failed'], failed: ['succeeded']",
      ],
    ],
    caught_by: { seed: 5 },
  },
  {
    name: 'a failed charge keeps its part of the day',
    edits: [
      [
        settlement,
        "if (decision.to === 'failed' && table === 'charges') await lowerUse(db, order_id)",
        '',
      ],
    ],
    caught_by: { seed: 4 },
  },
  {
    name: 'settling leaves no history',
    edits: [
      [settlement, 'await appendHistory(db, { ...entry, to_state: decision.to, reason })', ''],
    ],
    caught_by: { seed: 4 },
  },
  {
    name: 'nobody is called about an unknown order',
    edits: [
      [
        slots,
        "waits_for = 'statement' and due_at <= business_now()",
        "waits_for = 'statement' and false",
      ],
    ],
    caught_by: {
      project: 'server',
      file: 'tests/server/charges-queries.test.ts',
      test: 'and without a final answer is queried five times in two',
    },
  },
  {
    name: 'the limit of the day is not checked in the statement that accepts',
    edits: [
      [
        acceptance,
        'where d.used_fen + excluded.used_fen <= (select daily_limit_fen from requested r where r.contract_ref = excluded.contract_ref)',
        '',
      ],
    ],
    caught_by: { seed: 27 },
  },
  {
    name: 'the idempotency key is ignored',
    edits: [
      [
        acceptance,
        "select owner, 'charge', key, body_digest, order_id from passed",
        "select owner, 'charge', key || order_id, body_digest, order_id from passed",
      ],
    ],
    caught_by: { seed: 4 },
  },
  {
    name: 'a pending refund does not hold its amount',
    edits: [
      [
        'server/refunds/refund.ts',
        "=> refund.state !== 'failed' || refund.needs_review",
        "=> refund.state === 'succeeded'",
      ],
    ],
    caught_by: { seed: 28 },
  },
  {
    name: 'refunds are accepted without the lock of their charge',
    edits: [
      [
        'server/charges/settlement-store.ts',
        'where order_id = $1) order by order_id for update`',
        'where order_id = $1) order by order_id`',
      ],
    ],
    caught_by: {
      project: 'simulation',
      file: 'tests/simulation/scripted-plans.test.ts',
      test: 'two refunds of everything at once',
    },
  },
  {
    name: 'a charge is sent however long its commit took',
    edits: [
      [
        'server/charges/create-charge.ts',
        'const is_late = isTooLate(context.clock, order_id)',
        'const is_late = false',
      ],
    ],
    caught_by: {
      project: 'simulation',
      file: 'tests/simulation/scripted-plans.test.ts',
      test: 'a charge whose process was suspended for half an hour',
    },
  },
  {
    name: 'a query goes out however late its slot came',
    edits: [
      [
        'server/transactions/query-transaction.ts',
        '() => context.clock.now().getTime() - began > slot_lasts_s * 1000)',
        '() => false)',
      ],
    ],
    caught_by: { seed: 138 },
  },
  {
    name: 'a refund that failed and is in doubt does not hold its amount',
    edits: [
      [
        'server/refunds/refund.ts',
        "=> refund.state !== 'failed' || refund.needs_review",
        "=> refund.state !== 'failed'",
      ],
    ],
    caught_by: {
      project: 'unit',
      file: 'tests/unit/charge.test.ts',
      test: 'no sequence of refunds and cancels refunds more than was',
    },
  },
]
