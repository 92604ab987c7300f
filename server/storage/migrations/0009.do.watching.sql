-- What operators watch is read by partial indexes: what is open is few, however many orders there are.
-- locks: each holds what a person has to look at, usually nothing; on a database with millions of orders make them beforehand, with
-- `create index concurrently` and the same names, and these find them.
create index if not exists charges_person on charges (order_id) where state = 'pending' and waits_for = 'person';
create index if not exists refunds_person on refunds (order_id) where state = 'pending' and waits_for = 'person';
create index if not exists contracts_review on contracts (id) where needs_review;
create index if not exists webhook_deliveries_pending on webhook_deliveries (event_ref) where state = 'pending';
