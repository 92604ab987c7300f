import type { PlantedFault } from './planted-fault.ts'

const proof = (test: string): PlantedFault['caught_by'] => ({
  project: 'server',
  file: 'tests/server/session-proof.test.ts',
  test,
})

/** Mutations that let a session outlive the wallet account. */
export const sessionFaults: PlantedFault[] = [
  {
    name: 'another open_id keeps the session',
    edits: [
      [
        'server/sign-in/session-store.ts',
        'where token_digest = $1 and wallet_ref = $2 and expires_at > now()`',
        'where token_digest = $1 and $2::text is not null and expires_at > now()`',
      ],
    ],
    caught_by: proof('of another wallet ends the session'),
  },
  {
    name: 'whoever knows the address of a contract may end it',
    edits: [
      [
        'server/contracts/routes.ts',
        'if (!contract || contract.user_ref !== session.account.user_ref)',
        'if (!contract || session.account.user_ref === null)',
      ],
    ],
    caught_by: { seed: 3 },
  },
  {
    name: 'a stale proof is accepted',
    edits: [
      [
        'server/sign-in/session-store.ts',
        'and used_at > now() - make_interval(mins => $3)`',
        'and $3::int is not null`',
      ],
    ],
    caught_by: proof('that was unused for fifteen minutes is invalid; one that'),
  },
  {
    name: 'a cookie alone is a session',
    edits: [
      [
        'server/session-guard.ts',
        "if (!found.proved) throw new Refusal('session_unproved')",
        "if (false as boolean) throw new Refusal('session_unproved')",
      ],
    ],
    caught_by: proof('accesses no personal route and names nobody: the proof of'),
  },
  {
    name: 'a proof of one session proves another',
    edits: [
      [
        'server/sign-in/session-store.ts',
        'where proof_digest = $1 and session_digest = $2 and',
        'where proof_digest = $1 and $2::text is not null and',
      ],
    ],
    caught_by: proof('with a proof of another session'),
  },
  {
    name: 'a signing answered by another wallet keeps the session',
    edits: [
      [
        'server/contracts/routes.ts',
        'if (open_id === null || !cookie) return',
        "if (open_id === null || !cookie || view.state === 'failed') return",
      ],
    ],
    caught_by: proof("ends the starter's session"),
  },
  {
    name: 'the secret of a browser from before a sign-in stays known',
    edits: [
      [
        'server/console/browser-store.ts',
        'set token_digest = $2 where token_digest = $1`, [',
        'set token_digest = $2 where token_digest = $1 and false`, [',
      ],
    ],
    caught_by: {
      project: 'server',
      file: 'tests/server/operator-sign-in.test.ts',
      test: 'lock a browser with the secret it had before the operator',
    },
  },
]
