-- What only a person lets go of has a column of its own and stays, whatever becomes of the contract meanwhile: UnionPay names another
-- number (nothing is charged), and the sweep's brake (nothing more is ended). `reason` tells what happened last and is written as before.
-- locks: columns with a constant default are written down at once, and the update finds its few rows by contracts_review. The indexes are of
-- what is open, of what people did, and of refunds; on a database with millions of refunds or history rows make them beforehand, with
-- `create index concurrently` and the same names, and these find them.
alter table contracts add column number_differs boolean not null default false, add column sweep_stopped boolean not null default false;
update contracts set number_differs = reason = 'contract_id_differs', sweep_stopped = reason = 'sweep_stopped'
 where needs_review and reason in ('contract_id_differs', 'sweep_stopped');
create index if not exists contracts_sweep_stopped on contracts (id) where sweep_stopped;

-- What lists and figures of the console are read by.
create index if not exists contracts_applying on contracts (id) where state = 'applying';
create index if not exists contract_history_swept on contract_history (at) where source = 'sweep' and to_state = 'terminated';
create index if not exists audit_trail_action on audit_trail (action, at);
create index if not exists debit_notices_contract on debit_notices (contract_ref);
create index if not exists refunds_query on refunds (query_id);
create index if not exists webhook_deliveries_given_up on webhook_deliveries (id) where state = 'given_up';
