-- The feed of events. Every change is written to event_outbox in its own transaction, whether a webhook endpoint exists or not; one step
-- at a time moves the committed rows to webhook_events and gives them the next positions there. webhook_outbox stays, empty, for the
-- program of before: whatever that one took from it would have no position.
-- locks: no new history row for a moment, so that none is between the two outboxes; both columns are without default, and the unique index
-- holds no row that is there.
lock table order_history, contract_history, reconciliation_history, user_bindings in share row exclusive mode;

create table event_outbox (
  id         bigint generated always as identity primary key,
  source     text not null,
  seq        bigint not null,                       -- of the history row
  written_at timestamptz not null default now()
);

-- One row. It is updated in the transaction that inserts the events, so positions have no gaps and none is given twice.
create table event_feed (
  only_row      boolean primary key default true check (only_row),
  last_position bigint not null default 0,          -- the newest that was given
  deleted_to    bigint not null default 0,          -- events up to this position may be gone
  check (deleted_to <= last_position)
);
insert into event_feed default values;

alter table webhook_events add column position bigint, add column plan_id text;
create unique index webhook_events_position on webhook_events (position) where position is not null;

-- An acceptance is no event: the caller has the answer. Which of the other rows are events is decided where they are moved.
create or replace function tell_order_webhooks() returns trigger language plpgsql as $$
begin
  insert into event_outbox (source, seq) select 'order', seq from added where from_state is not null order by seq;
  return null;
end $$;
create or replace function tell_contract_webhooks() returns trigger language plpgsql as $$
begin
  insert into event_outbox (source, seq) select 'contract', seq from added where from_state is not null order by seq;
  return null;
end $$;
create or replace function tell_break_webhooks() returns trigger language plpgsql as $$
begin
  insert into event_outbox (source, seq) select 'break', seq from added where event = 'reconciliation.break' order by seq;
  return null;
end $$;
create or replace function announce_user_binding() returns trigger language plpgsql as $$
begin
  insert into event_outbox (source, seq) select 'binding', seq from added order by seq;
  return null;
end $$;
alter function announce_user_binding() rename to add_binding_events;
alter function tell_order_webhooks() rename to add_order_events;
alter function tell_contract_webhooks() rename to add_contract_events;
alter function tell_break_webhooks() rename to add_break_events;

with moved as (delete from webhook_outbox returning id, source, seq)
insert into event_outbox (source, seq) select source, seq from moved order by id;
