-- Debit notices: what a payer was told before a renewal was debited, when, and through which channel. The proof of it is kept
-- as long as the debit itself.
create table debit_notices (
  id                  text primary key,
  contract_ref        text not null references contracts (id),
  kind                text not null check (kind in ('renewal', 'price_change')),
  amount_fen          bigint not null check (amount_fen > 0),
  previous_amount_fen bigint,                        -- of a price change: what was debited last
  debit_on            date not null,                 -- the Shanghai day of the debit
  description         text not null,
  way_to_cancel       text not null,                 -- as it was told
  announced_at        timestamptz not null default business_now(),
  announced_by        text not null,                 -- the API key
  withdrawn_at        timestamptz
);
-- One debit, one notice: to say something else the earlier one is withdrawn first.
create unique index debit_notices_one_per_day on debit_notices (contract_ref, debit_on) where withdrawn_at is null;
create index debit_notices_day on debit_notices (debit_on, id);

-- The page of the payer writes `mini_app` when it showed a notice; the merchant adds what he sent elsewhere.
create table debit_notice_deliveries (
  seq          bigint generated always as identity primary key,
  notice_ref   text not null references debit_notices (id),
  channel      text not null check (channel in ('mini_app', 'sms', 'push', 'mail', 'letter', 'other')),
  proof        text,                                 -- the channel's own number of the message
  delivered_at timestamptz not null default business_now()
);
create unique index debit_notice_deliveries_once on debit_notice_deliveries (notice_ref, channel, coalesce(proof, ''));
