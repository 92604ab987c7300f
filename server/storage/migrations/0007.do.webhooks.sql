-- Webhooks out: where to (webhook_endpoints), what (webhook_events), and how each was brought there (webhook_deliveries).

create table webhook_endpoints (
  id              text primary key,
  url             text not null,
  types           text[] not null,                 -- empty: every type
  secret_sealed   text not null,                   -- whsec_…, sealed by the data key
  previous_sealed text,                            -- signs too until `previous_until` (real time)
  previous_until  timestamptz,
  state           text not null default 'active' check (state in ('active', 'disabled')),
  disabled_why    text,
  failing_since   timestamptz,                     -- business time of the first failure since the last success
  created_at      timestamptz not null default now()
);

-- An event points to a history row and holds nothing of it: the body is made of the present rows when it is sent.
create table webhook_events (
  id          text primary key,
  type        text not null,
  source      text not null check (source in ('order', 'contract', 'break', 'test')),
  source_seq  bigint,                              -- seq of the history row; null: a test
  subject     text not null,                       -- order_id, or our id of the contract or break
  occurred_at timestamptz not null,
  made_at     timestamptz not null default now(),
  unique (source, source_seq, type)
);
create index webhook_events_age on webhook_events (made_at);

create table webhook_deliveries (
  id           text primary key,
  event_ref    text not null references webhook_events (id) on delete cascade,
  endpoint_ref text not null references webhook_endpoints (id) on delete cascade,
  state        text not null default 'pending' check (state in ('pending', 'delivered', 'given_up')),
  tries        int not null default 0,             -- since it was made or replayed
  due_at       timestamptz not null default business_now(),
  attempts     jsonb not null default '[]',        -- the last twenty: at, status, ms, problem
  delivered_at timestamptz,
  unique (event_ref, endpoint_ref)
);
create index webhook_deliveries_due on webhook_deliveries (endpoint_ref, due_at) where state = 'pending';
create index webhook_deliveries_endpoint on webhook_deliveries (endpoint_ref, id);

-- History rows that nobody has turned into events yet. Written in the transaction of the history row and removed in that of its
-- events: a row that commits late is late, never skipped, as it would be by a cursor over seq.
create table webhook_outbox (
  id     bigint generated always as identity primary key,
  source text not null,
  seq    bigint not null
);

-- Nothing is kept while there is no endpoint. An acceptance tells nothing new: the caller has the answer.
create function tell_order_webhooks() returns trigger language plpgsql as $$
begin
  insert into webhook_outbox (source, seq) select 'order', seq from added where from_state is not null and exists (select from webhook_endpoints) order by seq;
  return null;
end $$;
create trigger order_history_webhooks after insert on order_history referencing new table as added for each statement execute function tell_order_webhooks();

create function tell_contract_webhooks() returns trigger language plpgsql as $$
begin
  insert into webhook_outbox (source, seq)
    select 'contract', seq from added where to_state in ('active', 'terminated') and exists (select from webhook_endpoints) order by seq;
  return null;
end $$;
create trigger contract_history_webhooks after insert on contract_history referencing new table as added for each statement execute function tell_contract_webhooks();

create function tell_break_webhooks() returns trigger language plpgsql as $$
begin
  insert into webhook_outbox (source, seq) select 'break', seq from added where event = 'reconciliation.break' and exists (select from webhook_endpoints) order by seq;
  return null;
end $$;
create trigger reconciliation_history_webhooks after insert on reconciliation_history referencing new table as added for each statement execute function tell_break_webhooks();
