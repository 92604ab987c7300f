-- A notice of UnionPay's that fits no contract, or several, still names a wallet: it is found by the wallet's lookup value when a person is
-- forgotten. The program of yesterday writes none.
-- locks: a new column without a default is written down at once; the index holds only such notices, which are few.
alter table notifications add column wallet_digest text;
create index if not exists notifications_wallet on notifications (wallet_digest) where wallet_digest is not null;
