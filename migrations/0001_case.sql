-- The case: a log of events, its folded state, and the views written with it in one statement.
-- Every table here carries case_id first in its key (sharded by case on Citus); the rest are small reference tables.

create table unit (
  unit_id text primary key,
  parent text references unit,
  kind text not null,
  district text,
  name_fa text not null,
  name_en text not null
);

create table person (
  person_id text primary key,
  kind text not null check (kind in ('citizen', 'business')),
  name_fa text not null,
  name_en text not null,
  national_id text not null unique,
  demo boolean not null default false
);

create table assignment (
  person_id text not null references person,
  role text not null,
  unit_id text not null references unit,
  primary key (person_id, role, unit_id)
);

-- A published version of a service: its files as they were, named by their content hash.
create table service_version (
  definition text primary key,
  service text not null,
  version text not null,
  files jsonb not null,
  author text not null,
  approver text not null,
  published_at timestamptz not null,
  constraint author_is_not_approver check (author <> approver)
);
create index service_version_current on service_version (service, published_at desc);

create table calendar_version (
  calendar text not null,
  version int not null,
  body jsonb not null,
  primary key (calendar, version)
);

-- The demo city's property register; other registers stand behind the same look-up.
create table register_record (
  register text not null,
  key text not null,
  body jsonb not null,
  source text not null,
  as_of timestamptz not null,
  primary key (register, key)
);

create table case_state (
  case_id text primary key,
  seq int not null,
  service text not null,
  version text not null,
  definition text not null,
  status text not null,
  applicant text not null,
  units text[] not null,
  opened_at timestamptz not null,
  submitted_at timestamptz,
  ended_at timestamptz,
  due_at timestamptz,
  updated_at timestamptz not null,
  -- The last event's leaf: each event commits to the one before it.
  leaf bytea not null,
  state jsonb not null
  -- A step changes no indexed column, so that its update stays on the page (HOT) and no index grows with steps.
) with (fillfactor = 60);
create index case_state_applicant on case_state (applicant, opened_at desc);
create index case_state_units on case_state using gin (units) where status = 'open';

create table case_event (
  case_id text not null,
  seq int not null,
  at timestamptz not null,
  type text not null,
  person text not null,
  role text not null,
  unit text,
  data jsonb not null,
  -- What the engine made of it (trail, decisions): recomputable from the log, kept for reading.
  derived jsonb not null,
  salt bytea,
  leaf bytea not null,
  primary key (case_id, seq, at)
) partition by range (at);

create table command_key (
  case_id text not null,
  key text not null,
  command text not null,
  digest text not null,
  seq int not null,
  at timestamptz not null,
  primary key (case_id, key)
);

create table task (
  case_id text not null,
  task_id text not null,
  element text not null,
  service text not null,
  definition text not null,
  role text not null,
  unit text,
  inquiry text,
  visit text,
  status text not null check (status in ('open', 'done', 'withdrawn')),
  applicant text not null,
  assignee text,
  completed_by text,
  -- People the model keeps apart from this step, so far.
  barred text[] not null,
  opened_at timestamptz not null,
  due_at timestamptz,
  closed_at timestamptz,
  primary key (case_id, task_id),
  constraint own_case check (role = 'applicant' or (assignee is distinct from applicant and completed_by is distinct from applicant)),
  constraint four_eyes check (completed_by is null or not completed_by = any (barred)),
  constraint done_by_somebody check ((status = 'done') = (completed_by is not null))
) with (fillfactor = 80);
create index task_worklist on task (unit, role, opened_at) where status = 'open';

-- Timers and outbox are one thing: something to do at a time. Claimed by key with a lease, gone when done.
create table want (
  case_id text not null,
  want_id text not null,
  kind text not null,
  due_at timestamptz not null,
  body jsonb not null,
  attempts int not null default 0,
  leased_until timestamptz not null default '-infinity',
  -- Why the last attempt failed; a want that gave up keeps it and waits for a person.
  trouble text,
  dead boolean not null default false,
  primary key (case_id, want_id)
);
create index want_due on want (due_at) where not dead;

create table document (
  case_id text not null,
  code text not null,
  number text not null,
  kind text not null,
  service text not null,
  title_fa text not null,
  title_en text not null,
  file text not null,
  issued_at timestamptz not null,
  valid_until timestamptz,
  status text not null check (status in ('valid', 'revoked')),
  revoked_at timestamptz,
  primary key (case_id, code)
);
create index document_code on document (code);

create table message (
  case_id text not null,
  message_id text not null,
  person text,
  unit text,
  key text not null,
  text_fa text not null,
  text_en text not null,
  at timestamptz not null,
  primary key (case_id, message_id)
);
create index message_person on message (person, at desc);
create index message_unit on message (unit, at desc);

create table denial (
  denial_id bigint generated always as identity primary key,
  at timestamptz not null,
  person text not null,
  command text not null,
  case_id text,
  code text not null
);

-- Months of the event log: made ahead of time by the road, which owns no tables itself.
create function ensure_event_months(upto timestamptz) returns void language plpgsql security definer set search_path from current as $$
declare
  month timestamptz := date_trunc('month', now() at time zone 'UTC') at time zone 'UTC' - interval '1 month';
  name text;
begin
  while month <= upto loop
    name := 'case_event_' || to_char(month at time zone 'UTC', 'YYYYMM');
    if to_regclass(name) is null then
      execute format('create table %I partition of case_event for values from (%L) to (%L)', name, month, month + interval '1 month');
    end if;
    month := month + interval '1 month';
  end loop;
end $$;
create table case_event_other partition of case_event default;
