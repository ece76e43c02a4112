-- Inquiries: questions of declared types, asked by cases and under contracts; who asked about whom.

create table inquiry_type (
  definition text primary key,
  type text not null,
  version text not null,
  files jsonb not null,
  author text not null,
  approver text not null,
  published_at timestamptz not null,
  constraint two_people check (author <> approver)
);
create table contract (
  contract text not null,
  version int not null,
  body jsonb not null,
  published_at timestamptz not null,
  primary key (contract, version)
);

create table inquiry (
  inquiry_id text primary key,
  seq int not null,
  type text not null,
  definition text not null,
  status text not null,
  -- Who asked: a contract of an organisation, or a case of the city.
  contract text,
  organisation text,
  case_id text,
  asker text not null,
  -- Who is to answer, where people do.
  unit text,
  -- Whom it is about: a keyed hash, so that the table tells nobody's number.
  subject text,
  visible_at timestamptz,
  asked_at timestamptz not null,
  due_at timestamptz not null,
  answered_at timestamptz,
  -- What makes two questions the same one: an answer that still stands is given again.
  question_hash text not null,
  reusable_until timestamptz,
  leaf bytea not null,
  state jsonb not null
) with (fillfactor = 70);
create index inquiry_reuse on inquiry (type, question_hash, reusable_until desc) where reusable_until is not null;
create index inquiry_inbox on inquiry (unit, due_at, inquiry_id) where status = 'waiting';
create index inquiry_due on inquiry (due_at) where status in ('asked', 'waiting');
create index inquiry_contract on inquiry (contract, asked_at desc);
create index inquiry_subject on inquiry (subject, asked_at desc) where subject is not null;
create index inquiry_case on inquiry (case_id) where case_id is not null;

create table inquiry_event (
  inquiry_id text not null,
  seq int not null,
  at timestamptz not null,
  type text not null,
  person text not null,
  role text not null,
  unit text,
  data jsonb not null,
  salt bytea not null,
  leaf bytea not null,
  primary key (inquiry_id, seq)
);
-- A question sent again under its key is the same question.
create table inquiry_key (
  asker text not null,
  key text not null,
  digest text not null,
  inquiry_id text not null,
  at timestamptz not null,
  primary key (asker, key)
);

create function dargah_subject() returns text language sql stable parallel safe
  return current_setting('dargah.subject', true);

alter table inquiry enable row level security;
create policy road on inquiry for all to app using (dargah_road()) with check (dargah_road());
create policy unit on inquiry for select to app using (unit = any (dargah_units()));
create policy asker on inquiry for select to app using (asker = dargah_person());
create policy subject on inquiry for select to app using (subject = dargah_subject() and visible_at <= now());
-- Whoever sees a case sees what it asked.
create policy of_case on inquiry for select to app using (case_id is not null and dargah_sees(case_id));
alter table inquiry_event enable row level security;
create policy road on inquiry_event for all to app using (dargah_road()) with check (dargah_road());
alter table inquiry_key enable row level security;
create policy road on inquiry_key for all to app using (dargah_road()) with check (dargah_road());

grant select on inquiry_type, contract, inquiry, inquiry_event, inquiry_key to app;
grant insert, update on inquiry to app;
grant insert on inquiry_event, inquiry_key to app;
