-- The sandbox payment provider's own book: the demo's bank, which forgets nothing when the server is killed.

create table sandbox_payment (
  attempt text primary key,
  amount text not null,
  purpose_fa text not null,
  purpose_en text not null,
  return_to text not null,
  status text not null check (status in ('pending', 'paid', 'failed', 'abandoned')),
  reference text,
  refunded boolean not null default false,
  at timestamptz not null
);
grant select, insert, update on sandbox_payment to app;

create index case_state_ended on case_state (ended_at) where ended_at is not null;
