-- Charging: what was taken (charges), what was given back (refunds), how both came about (order_history), and what keeps them
-- honest: the day's use of a contract, the keys of repeated requests, the pace at which UnionPay may be asked.

-- A charge keeps the profile it was sent with: its query, refund and cancel use these codes, not today's.
create table charge_profiles (
  digest  text primary key,
  name    text not null,
  body    jsonb not null,
  used_at timestamptz not null default business_now()
);

create table charges (
  order_id          text primary key,                -- 商户订单号 at UnionPay, ours
  contract_ref      text not null references contracts (id),
  plan_id           text not null,
  merchant_no       text not null,                   -- 商户号
  merchant_order_no text not null,                   -- the merchant's own number for what is paid
  amount_fen        bigint not null check (amount_fen > 0),
  description       text not null,
  txn_time          text not null,                   -- Beijing time YYYYMMDDhhmmss; every query repeats it
  accepted_at       timestamptz not null default business_now(),
  accepted_on       date not null,                   -- the Shanghai day whose limit it uses
  profile_digest    text not null references charge_profiles (digest),
  state             text not null default 'pending' check (state in ('pending', 'succeeded', 'failed')),
  needs_review      boolean not null default false,
  review_reason     text,
  resolved_by       text,                            -- the person who decided what became of it
  reason            text,
  unionpay_code     text,
  unionpay_text     text,
  query_id          text,                            -- 银联流水号, of the transaction at UnionPay
  settle_on         date,                            -- clearing day, once UnionPay named it
  settled_at        timestamptz,
  changed_at        timestamptz not null default business_now(),
  -- pacing of queries: when sending ended, when UnionPay was last asked, what is due next
  ended_at          timestamptz,
  asked_at          timestamptz,
  queries           int not null default 0,
  due_at            timestamptz,
  waits_for         text check (waits_for in ('notification', 'statement', 'person'))
);
-- A second charge for one merchant_order_no is refused while an earlier one may be paid.
-- A person may find out that two were paid: what he decided stands outside, and acceptance asks for it besides.
create unique index charges_one_per_order on charges (merchant_order_no) where state in ('pending', 'succeeded') and resolved_by is null;
create index charges_merchant_order on charges (merchant_order_no);
create index charges_contract on charges (contract_ref, order_id desc);
create index charges_due on charges (merchant_no, due_at) where state = 'pending' and waits_for = 'notification';
create index charges_statement on charges (due_at) where state = 'pending' and waits_for = 'statement';
create index charges_review on charges (order_id) where needs_review;

-- A refund (part or whole, several) or a cancel (whole, same clearing day) of a charge.
create table refunds (
  order_id       text primary key,
  charge_ref     text not null references charges (order_id),
  kind           text not null check (kind in ('refund', 'cancel')),
  merchant_no    text not null,
  amount_fen     bigint not null check (amount_fen > 0),
  description    text not null,
  txn_time       text not null,
  accepted_at    timestamptz not null default business_now(),
  profile_digest text not null references charge_profiles (digest),
  state          text not null default 'pending' check (state in ('pending', 'succeeded', 'failed')),
  needs_review   boolean not null default false,
  review_reason  text,
  resolved_by    text,
  reason         text,
  unionpay_code  text,
  unionpay_text  text,
  query_id       text,
  settle_on      date,
  settled_at     timestamptz,
  changed_at     timestamptz not null default business_now(),
  ended_at       timestamptz,
  asked_at       timestamptz,
  queries        int not null default 0,
  due_at         timestamptz,
  waits_for      text check (waits_for in ('notification', 'statement', 'person'))
);
create index refunds_charge on refunds (charge_ref, order_id);
create index refunds_due on refunds (merchant_no, due_at) where state = 'pending' and waits_for = 'notification';
create index refunds_statement on refunds (due_at) where state = 'pending' and waits_for = 'statement';
create index refunds_review on refunds (order_id) where needs_review;

-- What happened to a charge or refund: every transition, and every fact that changed no state but is evidence.
create table order_history (
  seq           bigint generated always as identity primary key,
  order_id      text not null,
  at            timestamptz not null default business_now(),
  from_state    text,
  to_state      text not null,
  source        text not null,
  reason        text,
  unionpay_code text,
  author        text
);
create index order_history_order on order_history (order_id, seq);

-- What a contract used of its daily limit: raised by the accepting statement, lowered when a charge fails.
create table contract_days (
  contract_ref text not null references contracts (id),
  day          date not null,
  used_fen     bigint not null check (used_fen >= 0),
  primary key (contract_ref, day)
);

-- Idempotency-Key, scoped to the API key and the verb.
create table idempotency_keys (
  owner       text not null,
  verb        text not null,
  key         text not null,
  body_digest text not null,
  order_id    text not null,
  used_at     timestamptz not null default business_now(),
  primary key (owner, verb, key)
);
create index idempotency_keys_age on idempotency_keys (used_at);

-- One merchant number asks UnionPay no faster than this, whoever asks and about whatever.
create table query_pace (
  merchant_no text primary key,
  free_at     timestamptz not null
);

alter table notifications add column order_id text;
create index notifications_order on notifications (order_id) where order_id is not null;
