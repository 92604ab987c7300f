import type { PlantedFault } from './planted-fault.ts'

const server = (file: string, test: string): PlantedFault['caught_by'] => ({
  project: 'server',
  file: `tests/server/${file}.test.ts`,
  test,
})
const operators = 'server/console/operator-store.ts'
const sign_in = 'server/console/sign-in.ts'
const approvals = 'server/console/approval-store.ts'

/** Who may sign in to the console, and in whose name something is decided. */
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
    edits: [[operators, ' and (disabled_at is not null) = $4 returning id', ' returning id, $4']],
    caught_by: server('operator-sign-in', 'is not enabled by a new password'),
  },
  {
    name: 'wrong passwords lock a name wherever it signs in from',
    edits: [[sign_in, '`network ${given.network} ${given.name}`', '`network ${given.name}`']],
    caught_by: server('operator-sign-in', 'for the address they come from, and for no other'),
  },
  {
    name: 'wrong passwords of others lock a browser that signed in before',
    edits: [
      [sign_in, '`browser ${browser} ${given.name}`', '`network ${given.network} ${given.name}`'],
    ],
    caught_by: server('operator-sign-in', 'do not lock a browser in which the operator'),
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
    caught_by: server('operator-sign-in', 'neither renew the lock nor count'),
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
    caught_by: server('approval-withdrawal', 'by who asked, and by nobody else'),
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
    caught_by: server('charges-resolved', 'a person resolves a contradiction'),
  },
]
