-- The morning file: what UnionPay booked on a clearing day for a merchant number, compared with what we know.

create table statements (
  id            text primary key,
  merchant_no   text not null,
  day           date not null,                 -- clearing day
  state         text not null default 'awaited' check (state in ('awaited', 'reconciled', 'malformed', 'missing')),
  problem       text,                          -- why the last asking brought nothing
  due_at        timestamptz,                   -- when it is asked for next; null: not by itself any more
  give_up_at    timestamptz not null,
  attempts      int not null default 0,
  claim         text,                          -- the run that works on it, and until when it is believed to live (real time)
  claimed_until timestamptz,
  -- of the file that was compared last
  digest        text,                          -- SHA-256 of the zip
  bytes         bigint,
  issues        int not null default 0,        -- how many different files there were
  lines         int,
  charged_fen   bigint,
  returned_fen  bigint,
  fee_fen       bigint,
  settled_orders int not null default 0,       -- orders whose outcome only the statement told
  breaks_found  int not null default 0,        -- of the last run, even those that are not listed
  fetched_at    timestamptz,
  reconciled_at timestamptz,
  unique (merchant_no, day)
);
create index statements_due on statements (due_at) where due_at is not null;

create table reconciliation_breaks (
  id           text primary key,
  statement_id text not null references statements (id),
  kind         text not null check (kind in ('ours_only', 'theirs_only', 'amount', 'state', 'duplicate', 'fee', 'adjustment')),
  key          text not null,                  -- what makes it the same break in the next file
  order_id     text,
  order_kind   text check (order_kind in ('charge', 'refund')), -- null: not an order of ours
  query_id     text,
  amount_fen   bigint not null,                -- what is at stake
  ours         jsonb,                          -- how our order stood
  theirs       jsonb,                          -- what the line said
  state        text not null default 'open' check (state in ('open', 'resolved', 'gone')),
  action       text,
  author       text,
  note         text,
  run          text not null,                  -- the run that saw it last
  found_at     timestamptz not null default business_now(),
  resolved_at  timestamptz,
  unique (statement_id, kind, key)
);
create index reconciliation_breaks_open on reconciliation_breaks (id) where state = 'open';
create index reconciliation_breaks_order on reconciliation_breaks (order_id) where order_id is not null;

-- What happened, for webhooks and the console; it only grows.
create table reconciliation_history (
  seq          bigint generated always as identity primary key,
  at           timestamptz not null default business_now(),
  event        text not null,                  -- statement.reconciled, statement.malformed, statement.missing, reconciliation.break, …
  statement_id text not null references statements (id),
  break_id     text references reconciliation_breaks (id),
  author       text,
  detail       jsonb not null default '{}'
);
create index reconciliation_history_break on reconciliation_history (break_id, seq) where break_id is not null;
create index reconciliation_history_statement on reconciliation_history (statement_id, seq);
