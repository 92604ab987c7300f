-- What of a statement cannot be read becomes a break of its own instead of losing the day.
alter table reconciliation_breaks add column unread jsonb; -- what of the file was not compared
alter table reconciliation_breaks drop constraint reconciliation_breaks_kind_check;
alter table reconciliation_breaks add constraint reconciliation_breaks_kind_check
  check (kind in ('ours_only', 'theirs_only', 'amount', 'state', 'duplicate', 'fee', 'adjustment', 'not_compared')) not valid;
alter table reconciliation_breaks validate constraint reconciliation_breaks_kind_check;
