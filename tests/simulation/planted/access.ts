import type { PlantedFault } from './planted-fault.ts'

const server = (file: string, test: string): PlantedFault['caught_by'] => ({
  project: 'server',
  file: `tests/server/${file}.test.ts`,
  test,
})
const unit = (file: string, test: string): PlantedFault['caught_by'] => ({
  project: 'unit',
  file: `tests/unit/${file}.test.ts`,
  test,
})
const rules = 'server/environment-rules.ts'
const operators = 'server/console/operator-store.ts'
const sign_in = 'server/console/sign-in.ts'
const approvals = 'server/console/approval-store.ts'

/**
 * Access: operator sign-in, the recorded actor of a decision, allowed start configurations, and
 * ownership of contracts.
 */
export const accessFaults: PlantedFault[] = [
  {
    name: 'a disabled operator signs in again',
    edits: [
      [operators, 'where name = $1 and disabled_at is null`', 'where name = $1`'],
      [operators, 'password = $2 and disabled_at is null for update', 'password = $2 for update'],
    ],
    caught_by: server('operator-sign-in', 'cannot sign in again'),
  },
  {
    name: 'a session begins with a password that was compared before the operator was disabled',
    edits: [[operators, ' and password = $2 and disabled_at is null for update', ' for update']],
    caught_by: server('operator-sign-in', 'compared before they were disabled'),
  },
  {
    name: 'a new password enables a disabled operator',
    edits: [
      [
        operators,
        ' and (disabled_at is not null) = $4 returning id',
        ' and ($4 or true) returning id',
      ],
    ],
    caught_by: server('operator-sign-in', 'is not enabled by a new password'),
  },
  {
    name: 'wrong passwords lock a name wherever it signs in from',
    edits: [[sign_in, '`network ${given.network} ${given.name}`', '`network ${given.name}`']],
    caught_by: server('operator-sign-in', 'lock the name for their source address only'),
  },
  {
    name: 'wrong passwords of others lock a browser that signed in before',
    edits: [
      [sign_in, '`browser ${browser} ${given.name}`', '`network ${given.network} ${given.name}`'],
    ],
    caught_by: server(
      'operator-sign-in',
      'from one address do not lock a browser at that address in',
    ),
  },
  {
    name: 'a lock is renewed by each wrong password while it holds',
    edits: [
      [sign_in, 'if (await isLocked(pool, attempt)) throw', "if (attempt === '') throw"],
      [
        'server/console/failure-store.ts',
        'where f.locked_until is null or f.locked_until <= now()',
        'where true',
      ],
    ],
    caught_by: server(
      'operator-sign-in',
      'lock once: further ones neither extend the lock nor count',
    ),
  },
  {
    name: 'a question to a second person is withdrawn by another than who asked',
    edits: [
      [
        'server/console/withdraw.ts',
        'if (asked.asked_by_ref !== operator.id) throw',
        "if (asked.asked_by_ref === '') throw",
      ],
      [
        approvals,
        'where id = $1 and decided_at is null and asked_by = $2',
        'where id = $1 and decided_at is null',
      ],
    ],
    caught_by: server(
      'approval-withdrawal',
      'only the requester can withdraw a request that waits for',
    ),
  },
  {
    name: 'a yes is withdrawn after it was given',
    edits: [
      [
        approvals,
        'where id = $1 and decided_at is null and asked_by = $2',
        'where id = $1 and asked_by = $2',
      ],
    ],
    caught_by: server('approval-withdrawal', 'decided cannot be withdrawn'),
  },
  {
    name: 'a system with a key decides in the name of a person alone',
    edits: [['server/key-guard.ts', '`${given} (API key ${key.name}, ${key.id})`', '`${given}`']],
    caught_by: server(
      'charges-resolved',
      'an operator resolves a contradiction: the state and the',
    ),
  },
  {
    name: 'a sandbox starts at a public address',
    edits: [
      [
        rules,
        '.filter(([, host]) => isInside(host) !== true)',
        ".filter(([, host]) => host === '')",
      ],
    ],
    caught_by: unit('settings', 'does not start at'),
  },
  {
    name: 'an IPv4 address written as IPv6 is not looked at as what it is',
    edits: [
      [
        'server/kernel/ip-address.ts',
        'return is_mapped ? [',
        'return is_mapped && groups.length === 0 ? [',
      ],
    ],
    caught_by: unit('settings', 'starts at'),
  },
  {
    name: 'where the names of a sandbox lead is not looked at',
    edits: [
      [
        'server/start-settings.ts',
        'const outside = addresses.find((address) => !isInsideAddress(address))\n    if (outside)',
        'const outside = addresses.find((address) => !isInsideAddress(address))\n    if (outside === host)',
      ],
    ],
    caught_by: unit('start-settings', 'resolves the name of'),
  },
  {
    name: 'a sandbox on a public network keeps the secrets that everybody knows',
    edits: [[rules, "['TICKET_SECRET', 'UNIONPAY_APP_SECRET']", "['UNIONPAY_APP_ID']"]],
    caught_by: unit('settings', 'on a public network does not start with the public example'),
  },
  {
    name: "production believes UnionPay's old test certificates",
    edits: [
      [
        rules,
        "if (settings.acp_owner_rule === 'test')",
        "if (settings.acp_owner_rule !== 'test' && !settings.unionpay_env)",
      ],
    ],
    caught_by: unit('settings', 'production refuses ACP_OWNER_RULE'),
  },
  {
    name: "production takes UnionPay's test hosts",
    edits: [[rules, '(isUnionPay(host) && /', "(host === '' && /"]],
    caught_by: unit('settings', 'of a test or of the sandbox'),
  },
  {
    name: 'production takes certificates of a test',
    edits: [
      [
        'server/start-settings.ts',
        "material === 'test' || material === 'sandbox'",
        "material === 'sandbox'",
      ],
    ],
    caught_by: unit('start-settings', 'refuses material of'),
  },
  {
    name: 'a ticket is minted in production',
    edits: [['commands/ticket.ts', "=== 'production' ? refuse()", "=== 'nowhere' ? refuse()"]],
    caught_by: server('ticket-command', 'whatever its other settings are'),
  },
  {
    name: 'a wallet is bound to a user and nobody is notified',
    edits: [
      [
        'server/sign-in/store.ts',
        'select id, user_id from users where id = $1 and erased_at is null`',
        'select id, user_id from users where id = $1 and erased_at is not null`',
      ],
    ],
    caught_by: server('contract-owner', 'by the answer to a ticket'),
  },
  {
    name: "a payer's page receives the whole user_id",
    edits: [
      [
        'server/contracts/view.ts',
        'contract_code: contract.contract_code,',
        'contract_code: contract.contract_code, ...{ user_id: contract.user_id },',
      ],
    ],
    caught_by: server('contract-owner', "the payer's page does not receive the user_id"),
  },
]
