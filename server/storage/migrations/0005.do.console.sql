-- The console: who operates, from which browser, and what waits for a second person.
create table operators (
  id            text primary key,
  name          text not null unique,
  role          text not null check (role in ('viewer', 'operator', 'admin')),
  password      text not null,             -- scrypt, with its own salt and cost
  failures      int not null default 0,    -- wrong passwords in a row
  locked_until  timestamptz,
  created_at    timestamptz not null default now(),
  disabled_at   timestamptz
);

create table operator_sessions (
  token_digest text primary key,
  operator_ref text not null references operators (id),
  expires_at   timestamptz not null
);
create index operator_sessions_expiry on operator_sessions (expires_at);

-- What one operator asked for and another has to allow.
create table approvals (
  id         text primary key,
  action     text not null check (action in ('resolve', 'refund')),
  subject    text not null,                -- order_id
  amount_fen bigint not null,
  detail     jsonb not null,
  asked_by   text not null references operators (id),
  asked_at   timestamptz not null default business_now(),
  decided_by text references operators (id),
  decided_at timestamptz,
  allowed    boolean,
  outcome    text                          -- done, or the code of the refusal
);
create unique index approvals_one_open on approvals (action, subject) where decided_at is null;
-- What the console counts a day by.
create index contracts_signed on contracts (signed_at) where signed_at is not null;
create index contracts_terminated on contracts (terminated_at) where terminated_at is not null;
create index contracts_review on contracts (id) where needs_review;
create index notifications_received on notifications (received_at);
create index notifications_contract on notifications (contract_ref) where contract_ref is not null;
create index charges_query_id on charges (query_id) where query_id is not null;
