-- Version 0.2 renames stored values: what only an operator can settle waits for 'manual_review', and an operator's decision has the
-- source 'operator' and the reason 'decided_by_operator'. The triggers translate what a process of 0.1 writes beside this one; a later
-- version drops them.
-- locks: triggers and constraints are added in a moment. The updates change the few rows that operators decided or have to decide; those of
-- charges, refunds and order_history read the table once, and other sessions read and write meanwhile. The indexes hold open reviews only.
create function translate_order_names() returns trigger language plpgsql as $$
begin
  if new.waits_for = 'person' then new.waits_for := 'manual_review'; end if;
  if new.reason = 'decided_by_person' then new.reason := 'decided_by_operator'; end if;
  return new;
end $$;
create trigger charges_translate_names before insert or update of waits_for, reason on charges
  for each row when (new.waits_for = 'person' or new.reason = 'decided_by_person') execute function translate_order_names();
create trigger refunds_translate_names before insert or update of waits_for, reason on refunds
  for each row when (new.waits_for = 'person' or new.reason = 'decided_by_person') execute function translate_order_names();

create function translate_history_names() returns trigger language plpgsql as $$
begin
  if new.source = 'person' then new.source := 'operator'; end if;
  if new.reason = 'decided_by_person' then new.reason := 'decided_by_operator'; end if;
  return new;
end $$;
create trigger order_history_translate_names before insert on order_history
  for each row when (new.source = 'person' or new.reason = 'decided_by_person') execute function translate_history_names();

alter table charges drop constraint charges_waits_for_check;
alter table charges add constraint charges_waits_for_check check (waits_for in ('notification', 'statement', 'manual_review')) not valid;
alter table refunds drop constraint refunds_waits_for_check;
alter table refunds add constraint refunds_waits_for_check check (waits_for in ('notification', 'statement', 'manual_review')) not valid;

update charges set waits_for = case waits_for when 'person' then 'manual_review' else waits_for end,
    reason = case reason when 'decided_by_person' then 'decided_by_operator' else reason end
 where waits_for = 'person' or reason = 'decided_by_person';
update refunds set waits_for = case waits_for when 'person' then 'manual_review' else waits_for end,
    reason = case reason when 'decided_by_person' then 'decided_by_operator' else reason end
 where waits_for = 'person' or reason = 'decided_by_person';
update order_history set source = case source when 'person' then 'operator' else source end,
    reason = case reason when 'decided_by_person' then 'decided_by_operator' else reason end
 where source = 'person' or reason = 'decided_by_person';
alter table charges validate constraint charges_waits_for_check;
alter table refunds validate constraint refunds_waits_for_check;

drop index charges_person;
drop index refunds_person;
create index if not exists charges_manual_review on charges (order_id) where state = 'pending' and waits_for = 'manual_review';
create index if not exists refunds_manual_review on refunds (order_id) where state = 'pending' and waits_for = 'manual_review';
