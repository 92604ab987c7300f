-- Signing: who pays (users, wallets), how they came in (visits, sessions, used_tickets), what was signed (contracts),
-- what UnionPay told us unasked (notifications) and what all processes share (business_clock, shared_tokens, info_slots).

-- One clock for pacing: the database's, plus the sandbox's offset there. Elsewhere the offset is 0.
create table business_clock (
  only_row  boolean primary key default true check (only_row),
  offset_ms bigint not null default 0
);
insert into business_clock default values;

create function business_now() returns timestamptz language sql stable as
  $$ select clock_timestamp() + make_interval(secs => offset_ms / 1000.0) from business_clock $$;

-- The merchant's own user. `made`: we made the user_id because nobody told us one; it gives way to the first real one.
create table users (
  id           text primary key,
  user_id      text not null unique,
  origin       text not null check (origin in ('made', 'ticket', 'sdk')),
  display_name text,
  created_at   timestamptz not null default business_now()
);

-- A wallet is an open_id; it pays for exactly one user.
create table wallets (
  id             text primary key,
  open_id_digest text not null unique,
  open_id_sealed text not null,
  user_ref       text not null references users (id),
  created_at     timestamptz not null default business_now()
);
create index wallets_user on wallets (user_ref);

-- A browser before it has a session: the sign-in under way and the ticket it brought. Real time.
create table visits (
  cookie_digest  text primary key,
  state_digest   text unique,
  return_to      text,
  ticket_user_id text,
  ticket_name    text,
  expires_at     timestamptz not null
);
create index visits_expiry on visits (expires_at);

create table sessions (
  token_digest     text primary key,
  wallet_ref       text not null references wallets (id),
  pending_user_id  text,
  pending_name     text,
  account_conflict boolean not null default false,
  created_at       timestamptz not null default now(),
  expires_at       timestamptz not null
);
create index sessions_expiry on sessions (expires_at);
create index sessions_wallet on sessions (wallet_ref);

create table used_tickets (
  jti        text primary key,
  expires_at timestamptz not null
);
create index used_tickets_expiry on used_tickets (expires_at);

-- A signing attempt and, once UnionPay has answered, the contract it became.
create table contracts (
  id                 text primary key,
  user_ref           text not null references users (id),
  wallet_ref         text references wallets (id),      -- null: an SDK signing whose code has not come yet
  plan_id            text not null,
  contract_code      text not null unique,              -- 应用方签约号, ours
  contract_id_digest text,                              -- 签约协议号, UnionPay's
  contract_id_sealed text,
  signed_through     text not null check (signed_through in ('h5', 'sdk')),
  state              text not null check (state in ('applying', 'active', 'abandoned', 'rejected', 'terminating', 'terminated')),
  -- how far an applying contract has come: opened the page, came back, apply was sent
  step               text not null default 'opened' check (step in ('opened', 'returned', 'sent')),
  reason             text,
  unionpay_code      text,
  ended_by           text check (ended_by in ('payer_here', 'payer_in_wallet', 'merchant', 'unionpay')),
  needs_review       boolean not null default false,
  state_digest       text unique,                       -- the state of the return address
  started_at         timestamptz not null default business_now(),
  expires_at         timestamptz not null,
  returned_at        timestamptz,
  sent_at            timestamptz,
  signed_at          timestamptz,
  terminating_at     timestamptz,
  terminated_at      timestamptz,
  changed_at         timestamptz not null default business_now(),
  -- what is asked next of UnionPay and when
  check_due_at       timestamptz,
  checks             int not null default 0,
  not_signed_at      timestamptz,                       -- the first answer that said "not signed"; the second needs 5 minutes
  relieve_attempts   int not null default 0,
  sweep_due_at       timestamptz
);
-- One live contract for user and plan; an apply under way holds the place before it is sent.
create unique index contracts_one_live on contracts (user_ref, plan_id)
  where state in ('active', 'terminating') or (state = 'applying' and step = 'sent');
create unique index contracts_live_contract_id on contracts (contract_id_digest) where state in ('active', 'terminating');
create index contracts_contract_id on contracts (contract_id_digest);
create index contracts_user on contracts (user_ref, started_at desc);
create index contracts_wallet on contracts (wallet_ref, plan_id);
create index contracts_check_due on contracts (check_due_at) where check_due_at is not null;
create index contracts_sweep_due on contracts (sweep_due_at) where state = 'active';
create index contracts_opened on contracts (expires_at) where state = 'applying' and step = 'opened';

create table contract_history (
  seq          bigint generated always as identity primary key,
  contract_ref text not null references contracts (id),
  at           timestamptz not null default business_now(),
  from_state   text,
  to_state     text not null,
  source       text not null,
  reason       text
);
create index contract_history_contract on contract_history (contract_ref, seq);

-- contract.info by user and plan: never twice within five minutes, whoever asks.
create table info_slots (
  wallet_ref text not null references wallets (id),
  plan_id    text not null,
  asked_at   timestamptz not null,
  primary key (wallet_ref, plan_id)
);

create table shared_tokens (
  name         text primary key,
  sealed       text,
  digest       text,
  expires_at   timestamptz,
  leased_until timestamptz,
  lease_id     text,                    -- who is asking; a late answer of another may not overwrite
  failures     int not null default 0   -- in a row; each doubles the pause before the next request
);

-- Every verified notification, once. `body_sealed` keeps the evidence, unreadable at rest.
create table notifications (
  id           text primary key,
  kind         text not null,
  body_digest  text not null unique,
  body_sealed  text not null,
  outcome      text not null,
  contract_ref text references contracts (id),
  received_at  timestamptz not null default business_now(),
  repeats      int not null default 0
);

-- Whose data this is: written by the first start, compared by every other.
create table deployment (
  only_row  boolean primary key default true check (only_row),
  env       text not null,
  app_id    text not null,
  key_check text not null               -- digest of a fixed text: another data key gives another
);

create table api_keys (
  id         text primary key,
  key_digest text not null unique,
  name       text not null,
  verbs      text[] not null,
  plan_ids   text[] not null,      -- empty: every plan
  created_at timestamptz not null default now(),
  revoked_at timestamptz
);
