-- Contracts with organisations as both sides make them: drafts, signatures, keys; their webhooks, their test environment, and their use.

create table agreement (
  agreement text primary key,
  seq int not null,
  -- The organisation's people, and the units whose questions it is about: who may see it.
  persons text[] not null,
  owners text[] not null,
  leaf bytea not null,
  state jsonb not null
);
create table agreement_event (
  agreement text not null,
  seq int not null,
  at timestamptz not null,
  type text not null,
  person text not null,
  role text not null,
  unit text,
  data jsonb not null,
  salt bytea not null,
  leaf bytea not null,
  primary key (agreement, seq)
);

create function dargah_steward() returns boolean language sql stable parallel safe
  as $$ select exists (select 1 from assignment where person_id = dargah_person() and role = 'steward') $$;

alter table agreement enable row level security;
create policy road on agreement for all to app using (dargah_road()) with check (dargah_road());
create policy organisation on agreement for select to app using (dargah_person() = any (persons));
create policy owner on agreement for select to app using (owners && dargah_owns());
create policy steward on agreement for select to app using (dargah_steward());
alter table agreement_event enable row level security;
create policy road on agreement_event for all to app using (dargah_road()) with check (dargah_road());

-- The address an organisation gave, and the secret that signs what is sent there: encrypted, the one before it good for a day.
create table contract_hook (
  contract text primary key,
  url text not null,
  secret bytea not null,
  secret_before bytea,
  before_until timestamptz,
  set_by text not null,
  set_at timestamptz not null
);

-- What is to be told to an organisation's system: at least once, with one id, over a day; then put aside where both sides see it.
create table webhook_delivery (
  delivery_id text primary key,
  contract text not null,
  inquiry_id text not null,
  body jsonb not null,
  created_at timestamptz not null,
  due_at timestamptz not null,
  leased_until timestamptz not null default '-infinity',
  attempts int not null default 0,
  status text not null default 'waiting' check (status in ('waiting', 'delivered', 'given-up')),
  -- Each try: when, what came, how long it took.
  outcomes jsonb not null default '[]'
);
create index webhook_delivery_due on webhook_delivery (due_at) where status = 'waiting';
create index webhook_delivery_contract on webhook_delivery (contract, created_at desc);

-- An inquiry that a program was told to wait for is over: the word to its system is written with the answer itself, so that no crash loses it.
-- On updates alone: what is answered at once was told in the response.
create function tell_partner() returns trigger language plpgsql as $$
begin
  insert into webhook_delivery (delivery_id, contract, inquiry_id, body, created_at, due_at)
  select 'msg_' || new.inquiry_id || '_' || new.seq, new.contract, new.inquiry_id,
    jsonb_build_object('id', new.inquiry_id, 'inquiryType', new.type, 'status', new.status), clock_timestamp(), '-infinity'
  from contract_hook h where h.contract = new.contract
  on conflict (delivery_id) do nothing;
  return null;
end $$;
create trigger tell_partner after update of status on inquiry for each row
  when (new.contract is not null and new.asker = 'client:' || new.contract and old.status is distinct from new.status
    and new.status in ('answered', 'silent', 'dead', 'given-up'))
  execute function tell_partner();

-- Questions of the test environment: never among the inquiries, so that no unit, no person asked about and no count meets one.
create table sample_inquiry (
  inquiry_id text primary key,
  contract text not null,
  key text not null,
  digest text not null,
  asked_at timestamptz not null,
  -- When "people" will have answered.
  ready_at timestamptz not null,
  state jsonb not null,
  question jsonb not null,
  answer jsonb,
  unique (contract, key)
);

-- Use by contract, day, type and asker. Summed up from the inquiries in steps, so that no page walks them.
create table contract_day (
  contract text not null,
  day date not null,
  type text not null,
  asker text not null,
  asked int not null,
  at_once int not null,
  unknown int not null,
  outside_hours int not null,
  primary key (contract, day, type, asker)
);
create table contract_subject (
  contract text not null,
  week date not null,
  subject text not null,
  asked int not null,
  primary key (contract, week, subject)
);
create table contract_week (
  contract text not null,
  week date not null,
  subjects int not null,
  primary key (contract, week)
);
-- How far the summing is, and the run of neighbouring properties it stands in.
create table contract_watch (
  contract text primary key,
  at timestamptz not null,
  inquiry_id text not null,
  run jsonb
);
create table contract_refusal (
  contract text not null,
  day date not null,
  code text not null,
  refused int not null,
  primary key (contract, day, code)
);
create table contract_flag (
  contract text not null,
  rule text not null,
  -- What it is about within the rule: a day, a week and a person's hash, where a run began. One flag each.
  about text not null,
  figures jsonb not null,
  found_at timestamptz not null,
  seen_at timestamptz,
  seen_by text,
  reason text,
  primary key (contract, rule, about)
);
create index contract_flag_found on contract_flag (contract, found_at desc);
-- What was not answered at once: few, and what waits are measured on.
create index inquiry_waited on inquiry (contract, asked_at) where answered_at is distinct from asked_at;

grant select, insert, update on agreement, contract_hook, webhook_delivery, sample_inquiry, contract_day, contract_subject, contract_week,
  contract_watch, contract_refusal, contract_flag to app;
grant select, insert on agreement_event to app;
grant insert on contract to app;
grant delete on sample_inquiry, contract_subject to app;

-- Contracts are the road's and the catalogue's; those below are read on behalf of people only after the agreement was seen by them.
do $$ declare name text; begin
  foreach name in array array['contract_hook', 'webhook_delivery', 'sample_inquiry', 'contract_day', 'contract_subject', 'contract_week',
    'contract_watch', 'contract_refusal', 'contract_flag'] loop
    execute format('alter table %I enable row level security', name);
    execute format('create policy road on %I for all to app using (dargah_road()) with check (dargah_road())', name);
  end loop;
end $$;
