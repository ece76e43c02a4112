-- Sessions: opaque tokens, hashed; and the few things a door must remember between two requests.

create table session (
  token_hash bytea primary key,
  person_id text references person,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  -- The OIDC login under way: state, nonce, verifier, where to return.
  login jsonb
);
create index session_expiry on session (expires_at);
