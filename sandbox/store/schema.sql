-- The sandbox's whole memory. Instants are milliseconds since 1970 on the sandbox clock.
CREATE TABLE IF NOT EXISTS kept_values (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE IF NOT EXISTS wallet_users (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id TEXT NOT NULL UNIQUE,
  open_id TEXT NOT NULL UNIQUE,   -- of this user for the one app registered here
  union_id TEXT NOT NULL,
  name TEXT NOT NULL,
  mobile TEXT NOT NULL,
  identity_last4 TEXT NOT NULL,
  cards TEXT NOT NULL,            -- JSON
  registered INTEGER NOT NULL DEFAULT 1,
  unfinished_orders INTEGER       -- null: the setting decides
) STRICT;

CREATE TABLE IF NOT EXISTS app_tokens (
  kind TEXT PRIMARY KEY, token TEXT NOT NULL, issued_at INTEGER NOT NULL, expires_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS token_requests (kind TEXT NOT NULL, asked_at INTEGER NOT NULL) STRICT;

CREATE TABLE IF NOT EXISTS codes (
  code TEXT PRIMARY KEY, user_id TEXT NOT NULL, scope TEXT NOT NULL, plan_id TEXT,
  expires_at INTEGER NOT NULL, used INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS access_tokens (
  token TEXT PRIMARY KEY, user_id TEXT NOT NULL, scope TEXT NOT NULL, plan_id TEXT, expires_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS mobile_codes (
  user_id TEXT NOT NULL, plan_id TEXT NOT NULL, mobile_code TEXT NOT NULL, expires_at INTEGER NOT NULL,
  PRIMARY KEY (user_id, plan_id)
) STRICT;

CREATE TABLE IF NOT EXISTS contracts (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  contract_id TEXT NOT NULL UNIQUE,
  user_id TEXT NOT NULL, open_id TEXT NOT NULL, plan_id TEXT NOT NULL, contract_code TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('signed', 'terminated')),
  signed_at INTEGER NOT NULL, terminated_at INTEGER, ended_by TEXT
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS one_signed_contract ON contracts (open_id, plan_id) WHERE status = 'signed';
CREATE TABLE IF NOT EXISTS info_answers (
  open_id TEXT NOT NULL, plan_id TEXT NOT NULL, answer TEXT NOT NULL, cached_at INTEGER NOT NULL,
  PRIMARY KEY (open_id, plan_id)
) STRICT;

CREATE TABLE IF NOT EXISTS rules (
  position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, rule TEXT NOT NULL, times_left INTEGER
) STRICT;

CREATE TABLE IF NOT EXISTS notices (
  notice_id INTEGER PRIMARY KEY AUTOINCREMENT, contract_id TEXT NOT NULL, user_id TEXT NOT NULL, form TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'acknowledged', 'given_up', 'withheld')),
  next_attempt_at INTEGER, attempts TEXT NOT NULL, acknowledgements_left INTEGER NOT NULL, created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS due_notices ON notices (next_attempt_at) WHERE state = 'waiting';

CREATE TABLE IF NOT EXISTS journal (seq INTEGER PRIMARY KEY AUTOINCREMENT, entry TEXT NOT NULL) STRICT;

-- The gateway. A charge, refund or cancel that passed its tables; refused ones too, so that a query finds them.
CREATE TABLE IF NOT EXISTS gateway_orders (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  merchant TEXT NOT NULL, order_id TEXT NOT NULL, txn_time TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('charge', 'refund', 'cancel')),
  amount_fen INTEGER NOT NULL,
  contract_id TEXT, original INTEGER REFERENCES gateway_orders (position),
  query_id TEXT UNIQUE, trace_no TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL CHECK (state IN ('accepted', 'succeeded', 'failed')),
  resp_code TEXT NOT NULL, resp_msg TEXT NOT NULL,
  request TEXT NOT NULL,          -- JSON
  course TEXT NOT NULL,           -- JSON: what a rule has in store for it
  received_at INTEGER NOT NULL, accepted_on TEXT NOT NULL,
  book_at INTEGER,                -- null: never
  booked_at INTEGER, clearing_day TEXT, card TEXT, advanced INTEGER NOT NULL DEFAULT 0,
  UNIQUE (merchant, order_id)
) STRICT;
CREATE INDEX IF NOT EXISTS due_bookings ON gateway_orders (book_at) WHERE state = 'accepted';
CREATE INDEX IF NOT EXISTS orders_of_contract ON gateway_orders (contract_id, accepted_on);
CREATE INDEX IF NOT EXISTS orders_of_original ON gateway_orders (original);

CREATE TABLE IF NOT EXISTS payment_notices (
  notice_id INTEGER PRIMARY KEY AUTOINCREMENT, merchant TEXT NOT NULL, order_id TEXT NOT NULL, url TEXT NOT NULL,
  fields TEXT NOT NULL,           -- JSON, signed when sent
  state TEXT NOT NULL CHECK (state IN ('waiting', 'acknowledged', 'given_up', 'withheld')),
  next_attempt_at INTEGER, attempts TEXT NOT NULL, acknowledgements_left INTEGER NOT NULL, created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS due_payment_notices ON payment_notices (next_attempt_at) WHERE state = 'waiting';
CREATE INDEX IF NOT EXISTS notices_of_order ON payment_notices (order_id);

CREATE TABLE IF NOT EXISTS gateway_rules (
  position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, rule TEXT NOT NULL, played INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The referee: when the money request of an order ended, and how often and when it was asked for since.
CREATE TABLE IF NOT EXISTS pacing (
  merchant TEXT NOT NULL, order_id TEXT NOT NULL, ended_at INTEGER, last_query_at INTEGER,
  queries INTEGER NOT NULL DEFAULT 0, violations INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (merchant, order_id)
) STRICT;
CREATE TABLE IF NOT EXISTS offenders (
  merchant TEXT PRIMARY KEY, violations INTEGER NOT NULL, last_order_id TEXT NOT NULL, last_reason TEXT NOT NULL,
  last_at INTEGER NOT NULL, blacklisted_at INTEGER
) STRICT;
