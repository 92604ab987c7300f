import type { Definitions } from './definition.ts'

const author = {
  type: 'string',
  value: 'NAME',
  about: 'whose line it is in the audit trail',
} as const
const author_or_account = {
  ...author,
  about: 'whose line it is in the audit trail; without it, the account of this machine',
} as const
const json = { type: 'boolean', about: 'prints JSON' } as const

/**
 * What operators run beside a server: each reads the settings of the server, and .env where there
 * is one.
 */
export const operator_commands = {
  doctor: {
    words: true,
    about: 'checks settings, keys, plans and captured messages; tells whether real people may pay',
    usage: [
      'go-live [--json]                 everything a program can check before real people pay',
      'verify FILE --root PEM --middle PEM [--at TIME] [--owner strict|test] [--secure-key FILE] [--cert PEM] [--json]',
      '                                 captured gateway messages as of that time, in any form people have them',
      'verify FILE [--key PEM[,PEM]] [--json]    captured termination notices, in the same forms',
      'verify FILE [--json]             a captured return address, or an answer of the open platform (JSON)',
      'pfx FILE --password P | --password-file FILE [--json]    subject, certId, dates, test or production',
      'plans [FILE]                     the plan catalogue',
      'profiles FILE                    your own charge profiles',
      'decrypt VALUE --key-file FILE    opens an encrypted user field (3DES)',
    ],
    notes: `Forms of captured messages: raw, JSON, log lines, printed maps (docs/go-live.md lists them).
What is not given is taken from ACP_ROOT_FILES, ACP_MIDDLE_FILES, ACP_VERIFY_FILES, ACP_OWNER_RULE and ACP_SECURE_KEY_FILE.
Exit code 0: valid, 1: not, 2: wrong use.`,
    options: {
      json,
      root: { type: 'string', value: 'PEM', about: 'root certificates, separated by commas' },
      middle: { type: 'string', value: 'PEM', about: 'intermediate certificates' },
      cert: { type: 'string', value: 'PEM', about: "UnionPay's certificate for txnType 01 and 11" },
      at: { type: 'string', value: 'TIME', about: 'when the message was received' },
      owner: { type: 'string', value: 'strict|test', about: 'whose certificate is accepted' },
      'secure-key': { type: 'string', value: 'FILE', about: 'the secure key of signMethod 11, 12' },
      key: { type: 'string', value: 'PEM', about: 'public keys of termination notices' },
      password: { type: 'string', value: 'P', about: 'of the key file' },
      'password-file': { type: 'string', value: 'FILE', about: 'holds the password' },
      'key-file': { type: 'string', value: 'FILE', about: 'holds the 48-digit key of user fields' },
      'go-live': { type: 'boolean', about: 'the same as go-live' },
    },
    example: 'go-live',
    env_file: true,
  },
  key: {
    words: true,
    about: 'creates an API key for the systems of the merchant, printed once',
    usage: [
      'create --name NAME [--verbs read,sign,charge,refund,resolve,terminate,webhooks] [--plans PLAN_ID,PLAN_ID] [--author NAME]',
    ],
    options: {
      name: { type: 'string', value: 'NAME', about: 'what it is called in the console' },
      verbs: {
        type: 'string',
        value: 'VERB,…',
        about: 'what it may do; without it: read,sign,terminate',
      },
      plans: { type: 'string', value: 'PLAN_ID,…', about: 'only these plans; without it: all' },
      author: author_or_account,
    },
    example: 'create --name shop --verbs read,charge,refund',
    env_file: true,
  },
  operator: {
    words: true,
    about: 'who may sign in to the console',
    usage: [
      'create NAME [--role viewer|operator|admin]   prints a password, once',
      'reset NAME                                   a new password; every browser is signed out',
      'disable NAME                                 every browser is signed out, and nobody signs in by this name',
      'enable NAME                                  undoes that, with a new password',
      'list',
    ],
    notes: 'All but list take --author NAME.',
    options: {
      role: {
        type: 'string',
        value: 'ROLE',
        default: 'operator',
        about: 'viewer, operator or admin',
      },
      author: author_or_account,
    },
    example: 'create anna --role operator',
    env_file: true,
  },
  webhook: {
    words: true,
    about: 'endpoints that receive events of charges, refunds, contracts and breaks',
    usage: [
      'add URL [--types charge.succeeded,charge.failed]   prints the secret, once',
      'list',
      'test ID           sends a signed webhook.test now',
      'rotate ID         a new secret; the old one signs for 24 hours more',
      'replay ID FROM    everything since an instant, like 2026-11-22T00:00:00+08:00',
      'log ID            the last fifty deliveries',
      'enable|disable|remove ID',
    ],
    notes: 'All but list and log take --author NAME.',
    options: {
      types: { type: 'string', value: 'TYPE,…', about: 'only these events; without it: all' },
      author: author_or_account,
    },
    example: 'add https://shop.example/webhooks --types charge.succeeded',
    env_file: true,
  },
  reconcile: {
    about: 'fetches the statement of a clearing day again and compares it: a preview, or applied',
    usage: ['--day YYYY-MM-DD [--merchant NUMBER] [--file STATEMENT]… [--apply --author NAME]'],
    notes: `--apply settles what was unknown, records every break and marks paid what the statement shows as paid.`,
    options: {
      day: { type: 'string', value: 'YYYY-MM-DD', about: 'the clearing day' },
      merchant: { type: 'string', value: 'NUMBER', about: 'of this merchant number only' },
      file: {
        type: 'string',
        value: 'STATEMENT',
        multiple: true,
        about: "a file downloaded from UnionPay's pages instead; may be repeated",
      },
      apply: { type: 'boolean', about: 'does it; without it nothing is changed' },
      author,
    },
    example: '--day 2026-11-22',
    env_file: true,
  },
  'double-payments': {
    about: 'lists orders that two charges paid before migration 0013: a preview, or applied',
    usage: ['[--apply --author NAME]'],
    options: {
      apply: {
        type: 'boolean',
        about: 'puts both charges in review, with the event and the alarm',
      },
      author,
    },
    example: '--apply --author anna',
    env_file: true,
  },
  user: {
    words: true,
    about: 'exports or deletes the personal records of a user',
    usage: [
      'export USER_ID --author NAME   prints all that is held about the user as JSON',
      'delete USER_ID --author NAME   removes who it was; what was paid stays without a name',
    ],
    options: { author },
    example: 'export U1001 --author anna',
    env_file: true,
  },
  ticket: {
    about: 'an address of the H5 with a fresh sign-in ticket, for development; production refuses',
    usage: ['--user USER_ID [--name DISPLAY_NAME] [--author NAME]'],
    options: {
      user: { type: 'string', value: 'USER_ID', about: '1–64 visible ASCII characters' },
      name: { type: 'string', value: 'DISPLAY_NAME', about: 'the name that the page shows' },
      author: author_or_account,
    },
    example: '--user U1001 --name 张三',
    env_file: true,
  },
  backup: {
    words: true,
    about: 'saves the database and DATA_DIR in a new file while the server works',
    usage: ['FILE [--author NAME]'],
    options: { author: author_or_account },
    example: '/mnt/safe/2026-11-22.backup',
    env_file: true,
  },
  restore: {
    words: true,
    about: 'puts a backup into an empty DATA_DIR or database and opens it once; replaces nothing',
    usage: ['FILE [--author NAME]'],
    notes: 'Into a new folder: DATA_DIR=NEW_FOLDER npx wugan restore FILE',
    options: { author: author_or_account },
    example: '/mnt/safe/2026-11-22.backup',
    env_file: true,
  },
  reseal: {
    about: 'seals with DATA_KEY whatever DATA_KEY_SECOND sealed, while servers work',
    usage: ['--author NAME'],
    notes: `It may be stopped and started again. Exit code 0: DATA_KEY_SECOND is needed no more.`,
    options: { author },
    example: '--author anna',
    env_file: true,
  },
} as const satisfies Definitions
