import type { PlantedFault } from './planted-fault.ts'

const tokens = 'server/unionpay/token-store.ts'

/** Contracts, notifications and state shared by all processes. */
export const signingFaults: PlantedFault[] = [
  {
    name: 'a contract that is being ended is charged',
    edits: [
      [
        'server/charges/accept-store.ts',
        "where k.state = 'active' and not",
        "where k.state in ('active', 'terminating', 'terminated') and not",
      ],
      [
        'server/contracts/contract.ts',
        "if (state !== 'active') return 'contract_not_active'",
        "if (state === 'applying') return 'contract_not_active'",
      ],
    ],
    caught_by: { seed: 1 },
  },
  {
    name: 'a contract may end while a charge is being accepted',
    edits: [['server/charges/accept-store.ts', ' order by k.id for update of k),', '),']],
    caught_by: { seed: 7 },
  },
  {
    name: 'a payment notification is acknowledged before it is committed',
    edits: [
      [
        'server/notifications/payment-routes.ts',
        'const { verdict, order_id } = await receivePayment(context, settleBatch, proved)',
        `receivePayment(context, settleBatch, proved).catch(() => {})
      const [outcome, order_id] = ['settled', null] as [string, null]`,
      ],
    ],
    caught_by: { seed: 2 },
  },
  {
    name: 'a payment notification is believed without proof',
    edits: [
      [
        'server/unionpay/gateway/gateway.ts',
        "  if (verdict.kind === 'invalid') return { kind: 'invalid', why: verdict.why, detail: verdict.detail, fields }\n",
        '',
      ],
    ],
    caught_by: {
      project: 'server',
      file: 'tests/server/payment-notifications.test.ts',
      test: 'that cannot be verified is refused and changes nothing',
    },
  },
  {
    name: 'contract.info is asked every minute',
    edits: [
      [
        'server/contracts/ask-contract-info.ts',
        '=> 300 + slot_lasts_s + 2 *',
        '=> 30 + slot_lasts_s +',
      ],
    ],
    caught_by: {
      project: 'server',
      file: 'tests/server/signing.test.ts',
      test: 'contract.info is never asked twice',
    },
  },
  {
    name: 'after a failed request for the token the next goes out at once',
    edits: [
      [
        tokens,
        'leased_until = now() + make_interval(secs => least(2 ^ least(failures + 1, 10), $3))',
        'leased_until = case when $3::float8 > 0 then null::timestamptz end',
      ],
    ],
    caught_by: {
      project: 'server',
      file: 'tests/server/claims.test.ts',
      test: 'after a failed token request no process sends another for',
    },
  },
  {
    name: 'two processes ask for the token at once',
    edits: [[tokens, 'and (leased_until is null or leased_until < now())', '']],
    caught_by: {
      project: 'server',
      file: 'tests/server/tokens.test.ts',
      test: 'two processes that start together request one token',
    },
  },
  {
    name: 'an attempt that was given up is never looked at again',
    edits: [
      [
        'server/contracts/apply-contract.ts',
        "fields: { reason: 'unionpay_silent', checks: 0 }, check_in_s: late_look_s",
        "fields: { reason: 'unionpay_silent', checks: 0 }, check_in_s: null",
      ],
    ],
    caught_by: {
      project: 'simulation',
      file: 'tests/simulation/scripted-plans.test.ts',
      test: 'an apply that UnionPay answered only after the attempt was',
    },
  },
  {
    name: 'a termination in the second of the signing counts as older',
    edits: [
      [
        'server/notifications/receive-termination.ts',
        'notice.operated_at.getTime() < secondOf(contract.signed_at)',
        'notice.operated_at.getTime() <= secondOf(contract.signed_at)',
      ],
    ],
    caught_by: { seed: 5 },
  },
  {
    name: 'an apply that died is asked about by nobody',
    edits: [
      [
        'server/contracts/apply-contract.ts',
        'sent_at: context.clock.now() }, check_in_s: silence_s }',
        'sent_at: context.clock.now() }, check_in_s: null }',
      ],
    ],
    caught_by: { seed: 1 },
  },
  {
    name: 'an ending in vain lets a contract with another number be charged',
    edits: [
      [
        'server/contracts/contract.ts',
        "return number_differs ? 'contract_in_review' : null",
        "return number_differs && state === null ? 'contract_in_review' : null",
      ],
      ['server/charges/accept-store.ts', ' and not k.number_differs', ''],
    ],
    caught_by: {
      project: 'server',
      file: 'tests/server/contract-review.test.ts',
      test: 'it cannot be charged either after an attempt to end it',
    },
  },
  {
    name: 'whoever ends a marked contract lets go of the brake',
    edits: [
      [
        'server/contracts/store-due.ts',
        'exists (select from contracts where sweep_stopped)',
        "exists (select from contracts where sweep_stopped and state = 'active' and id < '')",
      ],
    ],
    caught_by: {
      project: 'server',
      file: 'tests/server/contract-review.test.ts',
      test: 'the sweep stays stopped until an operator releases it, and',
    },
  },
  {
    name: 'the sweep never asks',
    edits: [
      [
        'server/contracts/store-due.ts',
        "state = 'active' and sweep_due_at <= business_now()",
        "state = 'active' and sweep_due_at is null",
      ],
    ],
    caught_by: {
      project: 'server',
      file: 'tests/server/termination.test.ts',
      test: 'and never notified is found by the slow sweep',
    },
  },
  {
    name: 'a relieve without an answer is taken for an end',
    edits: [
      [
        'server/contracts/terminate-contract.ts',
        "if (outcome.kind === 'done') {\n    const terminated_at = outcome.value.operated_at ?? context.clock.now()",
        "if (outcome.kind !== 'refused') {\n    const terminated_at = context.clock.now()",
      ],
    ],
    caught_by: {
      project: 'server',
      file: 'tests/server/termination.test.ts',
      test: 'and has not executed is sent again, never left half ended',
    },
  },
  {
    name: 'the second tab of a signing is told that it was signed elsewhere',
    edits: [
      [
        'server/contracts/apply-contract.ts',
        "fields: { reason: 'already_signed' },",
        "fields: { reason: 'already_signed_elsewhere' },",
      ],
    ],
    caught_by: {
      project: 'server',
      file: 'tests/server/signing-twice.test.ts',
      test: 'the second tab says so and leads to it',
    },
  },
  {
    name: 'the second tab of a signing is shown a contract that was signed later',
    edits: [
      [
        'server/contracts/store.ts',
        "and step = 'sent' and started_at <= $4",
        "and step = 'sent' and $4::timestamptz is not null",
      ],
    ],
    caught_by: {
      project: 'server',
      file: 'tests/server/signing-twice.test.ts',
      test: 'a contract that was signed after the second tab was refused',
    },
  },
  {
    name: 'an end told without a number in the second of a new signing ends the new contract',
    edits: [
      [
        'server/notifications/receive-termination.ts',
        'if (isOlder(notice, now) || about_another) {',
        'if (isOlder(notice, now) || (about_another as unknown) === 1) {',
      ],
    ],
    caught_by: { seed: 169 },
  },
]
