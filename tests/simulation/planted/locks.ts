import type { PlantedFault } from './planted-fault.ts'

const collision = (test: string): PlantedFault['caught_by'] => ({
  project: 'server',
  file: 'tests/server/lock-order.test.ts',
  test,
})

/** The order in which transactions lock their rows. */
export const lockFaults: PlantedFault[] = [
  {
    name: 'a break is locked before its order',
    edits: [
      [
        'server/reconciliation/resolve-break.ts',
        '  const found = await findBreak(db, id)\n',
        '  const found = await lockBreak(db, id)\n',
      ],
    ],
    caught_by: collision('an order settled by a notification and by its statement'),
  },
  {
    name: 'a session is locked before its user at the answer about a ticket',
    edits: [
      [
        'server/sign-in/answer-ticket.ts',
        '      const users = await lockUsersOf(db, session)\n      const pending = await lockPending(db, session.token_digest)\n',
        '      const pending = await lockPending(db, session.token_digest)\n      const users = await lockUsersOf(db, session)\n',
      ],
    ],
    caught_by: collision('a user who is erased while another wallet claims to be'),
  },
  {
    name: 'an erasure locks the wallets before the sessions',
    edits: [
      ['server/privacy/store.ts', ' order by token_digest for update`', ' limit 0 for update`'],
    ],
    caught_by: collision('while their wallet signs in'),
  },
  {
    name: 'a termination is stored before the user and the contract are locked',
    edits: [
      [
        'server/notifications/store.ts',
        ') order by id for share`',
        ') and false order by id for share`',
      ],
    ],
    caught_by: collision('a user who is erased while their termination is notified'),
  },
]
