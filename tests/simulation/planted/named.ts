import type { PlantedFault } from './planted-fault.ts'

const signing = 'tests/server/signing.test.ts'

/**
 * Mutations caught by a test of their own: the simulation signs through the SDK and has no browser.
 */
export const namedFaults: PlantedFault[] = [
  {
    name: 'a return with another person’s session is taken',
    edits: [
      [
        'server/contracts/signing-page.ts',
        'if (visitor && visitor.wallet_ref !== found.wallet_ref) throw',
        'if (false as boolean) throw',
      ],
    ],
    caught_by: {
      project: 'server',
      file: signing,
      test: 'a foreign session returns: it is refused before anything is exchanged',
    },
  },
  {
    name: 'a code of another wallet is applied',
    edits: [
      [
        'server/contracts/signing-page.ts',
        'return wallet && wallet.wallet_ref === contract.wallet_ref ? wallet.wallet_ref : null',
        'return wallet ? contract.wallet_ref : null',
      ],
    ],
    caught_by: {
      project: 'server',
      file: signing,
      test: 'the contract code belongs to another wallet: the attempt ends, and apply is never called',
    },
  },
  {
    name: 'a respCode inside the params is not read',
    edits: [
      [
        'server/unionpay/platform.ts',
        "const code = answer.resp === '00' && typeof nested === 'string' && nested !== '' ? nested : answer.resp",
        'const code = nested === undefined ? answer.resp : answer.resp',
      ],
    ],
    caught_by: {
      project: 'unit',
      file: 'tests/unit/platform.test.ts',
      test: 'resp 00 with another respCode inside its params is no success',
    },
  },
  {
    name: 'a job claims without a lease',
    edits: [
      [
        'server/contracts/store-due.ts',
        "const lease = `business_now() + interval '5 minutes'`",
        'const lease = `business_now()`',
      ],
    ],
    caught_by: {
      project: 'server',
      file: 'tests/server/claims.test.ts',
      test: 'a row that a job has claimed',
    },
  },
  {
    name: 'a termination notice is believed without proof',
    edits: [
      [
        'server/unionpay/notice.ts',
        'if (signed.includes(sha256Hex(signing)) && isSignedByOneOf(keys, signing, signature)) return',
        'if (signed.length > 0 || signing.length > 0) return',
      ],
    ],
    caught_by: {
      project: 'unit',
      file: 'tests/unit/notice.test.ts',
      test: 'with any value changed is refused',
    },
  },
]
