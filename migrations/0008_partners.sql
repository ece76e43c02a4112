-- Programs of outside organisations: their tokens (as hashes), what was used once and never again, and the evidence of each signed answer.

create table partner_token (
  hash text primary key,
  contract text not null,
  thumbprint text not null,
  until timestamptz not null
);
create index partner_token_expiry on partner_token (until);

create table spent (
  id text primary key,
  until timestamptz not null
);
create index spent_expiry on spent (until);

-- Question and answer as they went over the wire, with their signatures.
create table inquiry_evidence (
  inquiry_id text primary key,
  question jsonb not null,
  answer jsonb
);

grant select, insert, delete on partner_token, spent to app;
grant select, insert, update on inquiry_evidence to app;
