-- Who did what by hand: operators, payers about their own records, commands. Internal ids only, never what they stand for.
-- Nothing is changed or removed, not even by the server itself.
create table audit_trail (
  seq     bigint generated always as identity primary key,
  at      timestamptz not null default business_now(),
  author  text not null,                -- an operator's name, `payer`, or the id of an API key
  action  text not null,
  subject text not null,                -- our id of what it was done to
  detail  jsonb not null default '{}'
);
create index audit_trail_subject on audit_trail (subject, seq);

create function audit_trail_only_grows() returns trigger language plpgsql as $$
begin
  raise exception 'the audit trail only grows';
end $$;
create trigger audit_trail_no_change before update or delete on audit_trail for each row execute function audit_trail_only_grows();
create trigger audit_trail_no_truncate before truncate on audit_trail for each statement execute function audit_trail_only_grows();

alter table users add column erased_at timestamptz;
