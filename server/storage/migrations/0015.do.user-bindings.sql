-- When a wallet came to pay for a user of the merchant's: what webhooks say of it.
-- locks: webhook_events is read and written by one job; the check is not held against its rows.
create table user_bindings (
  seq            bigint generated always as identity primary key,
  user_ref       text not null,            -- of no reference: a user may be merged or removed later, and then there is nothing to say
  former_user_id text,                     -- the user_id we had made, which gave way; null: there was none
  at             timestamptz not null default business_now()
);

create function announce_user_binding() returns trigger language plpgsql as $$
begin
  insert into webhook_outbox (source, seq) select 'binding', seq from added order by seq;
  return null;
end $$;
create trigger user_bindings_webhooks after insert on user_bindings referencing new table as added for each statement execute function announce_user_binding();

alter table webhook_events drop constraint webhook_events_source_check;
alter table webhook_events add constraint webhook_events_source_check check (source in ('order', 'contract', 'break', 'binding', 'test')) not valid;
