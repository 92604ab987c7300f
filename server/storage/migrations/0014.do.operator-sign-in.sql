-- Wrong passwords delay who sent them, not the operator: by name and address, or by name and a browser that signed in before.
create table operator_sign_in_failures (
  attempt_digest text primary key,         -- of name and address, or of name and browser; a name that nobody has is counted alike
  failures       int not null,             -- in a row
  locked_until   timestamptz,
  expires_at     timestamptz not null
);
create index operator_sign_in_failures_expiry on operator_sign_in_failures (expires_at);

-- Browsers in which an operator signed in before.
create table operator_browsers (
  operator_ref text not null references operators (id),
  token_digest text not null,
  last_at      timestamptz not null default now(),
  expires_at   timestamptz not null,
  primary key (operator_ref, token_digest)
);
create index operator_browsers_token on operator_browsers (token_digest);
