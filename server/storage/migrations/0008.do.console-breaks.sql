-- The console may also ask a second person about a break.
-- locks: approvals is a small table that only people write to.
alter table approvals drop constraint approvals_action_check;
alter table approvals add constraint approvals_action_check check (action in ('resolve', 'refund', 'break'));
