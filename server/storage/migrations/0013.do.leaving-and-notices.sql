-- When an order left: null means that it never did. A row of before counts as having left, and so does one that a program of before
-- inserts beside this one: both read the default, which this program never uses.
-- locks: columns with a constant default are written down at once, and those without are null. The indexes hold orders that did not
-- leave, payments that used a notice and orders paid twice, of all of which there are few; the table is read once to build them. On a
-- database with millions of charges make them beforehand with `create index concurrently` and the same names.
alter table charges add column sent_at timestamptz default '-infinity', add column notice_ref text, add column first_debit_of text;
alter table refunds add column sent_at timestamptz default '-infinity';
create index if not exists charges_not_left on charges (accepted_at) where sent_at is null and state = 'pending';
create index if not exists refunds_not_left on refunds (accepted_at) where sent_at is null and state = 'pending';

-- A debit notice covers one debit, and so does the exemption of a contract's first debit; a charge that failed gives both back.
-- What a person decided stands outside, as in charges_one_per_order: UnionPay may have booked the failed one after all.
create unique index if not exists charges_notice on charges (notice_ref) where notice_ref is not null and state <> 'failed' and resolved_by is null;
create unique index if not exists charges_first_debit on charges (first_debit_of) where first_debit_of is not null and state <> 'failed' and resolved_by is null;

create index if not exists charges_paid_twice on charges (merchant_order_no) where review_reason = 'paid_twice';
