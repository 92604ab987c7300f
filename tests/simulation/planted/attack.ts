import type { PlantedFault } from './planted-fault.ts'

const server = (file: string, test: string): PlantedFault['caught_by'] => ({
  project: 'server',
  file: `tests/server/${file}.test.ts`,
  test,
})
const http = 'server/http.ts'

/** Protections against strangers, removed one by one: docs/threat-model.md names the tests. */
export const attackFaults: PlantedFault[] = [
  {
    name: 'a closed door stands open',
    edits: [
      [
        'server/guard-prefix.ts',
        '&& !request.routeOptions.config.open) await',
        '&& request.routeOptions.config.open) await',
      ],
    ],
    caught_by: server('attack', 'credentials are checked before the body: an anonymous'),
  },
  {
    name: 'a page of another origin is told by the address, not by the route',
    edits: [
      [
        http,
        "comes_with_cookies.test(request.routeOptions.url ?? '')",
        'comes_with_cookies.test(request.url)',
      ],
    ],
    caught_by: server('attack', 'however it spells the address'),
  },
  {
    name: 'Sec-Fetch-Site is not looked at',
    edits: [[http, " || (site !== undefined && site !== 'same-origin' && site !== 'none')", '']],
    caught_by: server('attack', 'without an Origin header, in a browser that sends'),
  },
  {
    name: 'a contract is found without asking whose it is',
    edits: [
      [
        'server/contracts/routes.ts',
        'if (!contract || contract.user_ref !== session.account.user_ref)',
        'if (!contract)',
      ],
    ],
    caught_by: server('attack-objects', "does not find other users' data"),
  },
  {
    name: 'a bill is found without asking whose it is',
    edits: [
      [
        'server/bills/routes.ts',
        'if (!charge || contract?.user_ref !== account.user_ref)',
        'if (!charge || !contract)',
      ],
    ],
    caught_by: server('attack-objects', "does not find other users' data"),
  },
  {
    name: 'a key sees every plan',
    edits: [
      [
        'server/key-guard.ts',
        '=> key.plan_ids.length === 0 || key.plan_ids.includes(plan_id)',
        '=> key.plan_ids.length === 0 || plan_id.length > 0',
      ],
    ],
    caught_by: server('attack-objects', 'of another plan neither finds'),
  },
  {
    name: 'a key does what it does not name',
    edits: [
      [
        'server/key-guard.ts',
        'if (!key.verbs.includes(verb)) throw',
        'if (key.verbs.length === 0) throw',
      ],
    ],
    caught_by: server('attack-objects', 'without the verb is refused'),
  },
  {
    name: 'a viewer may act',
    edits: [
      [
        'server/console/operator.ts',
        'roles.indexOf(has) >= roles.indexOf(needs)',
        'roles.includes(has) && roles.includes(needs)',
      ],
    ],
    caught_by: server('attack-console', 'too low is refused'),
  },
  {
    name: 'an approval by the one who asked',
    edits: [
      [
        'server/console/act.ts',
        'if (asked.asked_by_ref === operator.id) throw',
        'if (asked.asked_by_ref === id) throw',
      ],
      ['server/console/approval-store.ts', ' and asked_by <> $2`', '`'],
    ],
    caught_by: server(
      'attack-console',
      'cannot approve a request of their own, not after signing in',
    ),
  },
  {
    name: 'the need for approval is decided before the lock, not under it',
    edits: [
      [
        'server/refunds/refund.ts',
        'requested.alone_fen !== undefined && back_fen > requested.alone_fen',
        'requested.alone_fen !== undefined && amount_fen > requested.alone_fen',
      ],
    ],
    caught_by: server('attack-console', 'cannot stay below the limit'),
  },
  {
    name: 'an operator keeps the session of before',
    edits: [
      [
        'server/console/sign-in-routes.ts',
        'if (former) await signOutOperator',
        'if (former === secret) await signOutOperator',
      ],
    ],
    caught_by: server(
      'attack-console',
      'from an earlier session ends with a new sign-in in the same',
    ),
  },
  {
    name: 'a payer keeps the session of before',
    edits: [
      [
        'server/sign-in/complete-sign-in.ts',
        '{ session_cookie: old_session_cookie, new_id: true }',
        '{ session_cookie: old_session_cookie, new_id: false }',
      ],
    ],
    caught_by: server(
      'attack-sessions',
      'from an earlier session ends with a new sign-in in the same',
    ),
  },
  {
    name: 'a state of sign-in works in every browser',
    edits: [
      [
        'server/sign-in/session-store.ts',
        'where cookie_digest = $1 and state_digest = $2 and expires_at > now()',
        'where (cookie_digest = $1 or true) and state_digest = $2 and expires_at > now()',
      ],
    ],
    caught_by: server('attack-sessions', 'of a sign-in works in the browser that began it'),
  },
  {
    name: 'X-Forwarded-For is always believed',
    edits: [[http, 'hop < settings.trusted_proxies', 'hop < settings.trusted_proxies + 1']],
    caught_by: server(
      'attack-limits',
      'cannot bypass the limit with X-Forwarded-For where no proxy',
    ),
  },
  {
    name: 'a client may take its time',
    edits: [
      [http, 'requestTimeout: request_ms,', 'requestTimeout: 0,'],
      [http, 'headersTimeout: headers_ms,', 'headersTimeout: 0,'],
    ],
    caught_by: server('attack-limits', 'headers or a body is disconnected, while a quick one is'),
  },
  {
    name: 'everybody may frame us',
    edits: [
      [
        'server/content-security.ts',
        'settings.frame_ancestors ?? ["\'none\'"]',
        "settings.frame_ancestors ?? ['*']",
      ],
    ],
    caught_by: server(
      'attack-headers',
      'cannot be framed, runs only our scripts and sets HSTS for a',
    ),
  },
  {
    name: 'inline scripts run',
    edits: [
      [
        'server/content-security.ts',
        "'script-src': [\"'self'\", bridge,",
        "'script-src': [\"'self'\", \"'unsafe-inline'\", bridge,",
      ],
    ],
    caught_by: server('attack-headers', 'every inline script and style'),
  },
  {
    name: 'personal answers may be kept on the way',
    edits: [
      [
        http,
        "void reply.header('cache-control', 'no-store')",
        "void reply.header('cache-control', 'no-cache')",
      ],
    ],
    caught_by: server(
      'attack-headers',
      'no cache stores personal answers, whatever they are; public',
    ),
  },
  {
    name: 'a sign-in leads anywhere',
    edits: [['server/sign-in/routes.ts', "pattern: '^/(?!/)[A-Za-z0-9/_?=&.-]*$', ", '']],
    caught_by: server('attack-injection', 'by return_to'),
  },
  {
    name: 'an operator’s name may hold a NUL',
    edits: [
      [
        'server/console/sign-in-routes.ts',
        "name: Type.String({ pattern: '^[^\\\\x00-\\\\x1f\\\\x7f]{1,64}$' })",
        'name: Type.String({ minLength: 1, maxLength: 64 })',
      ],
    ],
    caught_by: server('attack-injection', 'is one line of JSON'),
  },
  {
    name: 'a browser is not told to come by TLS',
    edits: [
      [
        'server/content-security.ts',
        "settings.public_url.startsWith('https:') ? { maxAge: 31_536_000 } : false",
        "settings.public_url === '' ? { maxAge: 31_536_000 } : false",
      ],
    ],
    caught_by: server(
      'attack-headers',
      'cannot be framed, runs only our scripts and sets HSTS for a',
    ),
  },
  {
    name: 'a notification may be of any size',
    edits: [
      [
        'server/notifications/payment-routes.ts',
        'const most_bytes = 64 * 1024',
        'const most_bytes = 64 * 1024 * 1024',
      ],
    ],
    caught_by: server('attack-limits', 'for signed-in users, API keys, operators and UnionPay'),
  },
  {
    name: 'keys share their Idempotency-Keys',
    edits: [
      ['server/charges/routes.ts', "owner: key.id, verb: 'charge'", "owner: 'all', verb: 'charge'"],
    ],
    caught_by: server('attack-objects', "does not see another key's request under the same"),
  },
  {
    name: 'passwords are compared without a limit',
    edits: [
      [
        'server/console/password.ts',
        'if (at.waiting.length >= most_waiting) throw',
        'if (at.waiting.length < 0) throw',
      ],
    ],
    caught_by: server('attack-limits', 'of many parallel password attempts some are rejected, so'),
  },
  {
    name: 'a field may be hidden in another',
    edits: [
      [
        'server/unionpay/gateway/received.ts',
        'if (swallowed) return',
        'if (swallowed === pairs[0] && pairs.length === 0) return',
      ],
    ],
    caught_by: {
      project: 'unit',
      file: 'tests/unit/gateway/message.test.ts',
      test: 'is refused when one field could contain another, but not',
    },
  },
  {
    name: 'a resolution leaves no line in the audit trail',
    edits: [
      [
        'server/charges/resolve-transaction.ts',
        "    await appendAudit(db, { author, action: 'resolve', subject: order_id, detail: { decision, api_key } })\n",
        '',
      ],
    ],
    caught_by: server('audit-trail', 'resolution writes its audit line'),
  },
  {
    name: 'the audit trail can be changed',
    edits: [
      [
        'server/storage/migrations/0004.do.audit-trail.sql',
        'before update or delete on audit_trail',
        'before delete on audit_trail',
      ],
    ],
    caught_by: server('privacy', 'the audit trail only grows'),
  },
  {
    name: 'a line of the log leaves as it came',
    edits: [
      [
        'server/metrics/guarded-log.ts',
        'if (found.length === 0) return',
        'if (found.length >= 0) return',
      ],
    ],
    caught_by: {
      project: 'unit',
      file: 'tests/unit/personal-numbers.test.ts',
      test: 'a line with one is written masked',
    },
  },
  {
    name: 'an open_id stays in the log',
    edits: [
      [
        'server/kernel/personal-numbers.ts',
        'if (hasLongRun(masked)) {',
        'if (!hasLongRun(masked)) {',
      ],
    ],
    caught_by: {
      project: 'unit',
      file: 'tests/unit/personal-numbers.test.ts',
      test: 'an open_id is never logged',
    },
  },
  {
    name: 'everybody sees what is going to be debited',
    edits: [
      [
        'server/debit-notices/store.ts',
        "c.user_ref = $1 and c.state = 'active'",
        "$1::text is not null and c.state = 'active'",
      ],
    ],
    caught_by: server('attack-objects', "does not find other users' data"),
  },
  {
    name: 'another host of the domain may set our cookies',
    edits: [
      [
        'server/cookies.ts',
        '(secure ? `__Host-${name}` : name)',
        '(secure ? `__Secure-${name}` : name)',
      ],
    ],
    caught_by: server('attack-headers', 'no other host of the domain can set them'),
  },
  {
    name: 'the audit trail can be emptied',
    edits: [
      [
        'server/storage/migrations/0004.do.audit-trail.sql',
        'create trigger audit_trail_no_truncate before truncate on audit_trail for each statement execute function audit_trail_only_grows();',
        '',
      ],
    ],
    caught_by: server('privacy', 'the audit trail only grows'),
  },
]
