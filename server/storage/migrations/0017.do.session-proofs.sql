-- A session belongs to the wallet account that is open now. Each web view proves it by a code of its own and holds a secret in return,
-- kept here as a digest; `used_at` is when it last came along, so that one that rested too long proves nothing. Real time.
create table session_proofs (
  proof_digest   text primary key,
  session_digest text not null references sessions (token_digest) on update cascade on delete cascade,
  used_at        timestamptz not null default now()
);
create index session_proofs_session on session_proofs (session_digest);

-- The plan whose terms were agreed to before the sign-in took the page away: a wallet without storage signs on one press.
alter table visits add column agreed_plan_id text;
