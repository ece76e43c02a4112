-- What people say is wrong in the city's data about them, what the source's owner decided, and the corrections that stand until the source
-- itself says something else. And how often somebody named a record that is not theirs.

create table dispute (
  dispute_id text primary key,
  seq int not null,
  register text not null,
  key text not null,
  field text not null,
  status text not null check (status in ('open', 'accepted', 'refused', 'withdrawn')),
  -- Who disputes.
  person text not null,
  -- The unit that answers for the source, and so decides.
  unit text not null,
  opened_at timestamptz not null,
  due_at timestamptz not null,
  decided_at timestamptz,
  decided_by text,
  leaf bytea not null,
  state jsonb not null,
  constraint not_their_own check (decided_by is null or decided_by <> person)
);
-- Disputed twice it is one.
create unique index dispute_open on dispute (register, key, field, person) where status = 'open';
create index dispute_desk on dispute (unit, due_at, dispute_id) where status = 'open';
create index dispute_due on dispute (due_at) where status = 'open';
create index dispute_person on dispute (person, opened_at desc);

create table dispute_event (
  dispute_id text not null,
  seq int not null,
  at timestamptz not null,
  type text not null,
  person text not null,
  role text not null,
  unit text,
  data jsonb not null,
  salt bytea not null,
  leaf bytea not null,
  primary key (dispute_id, seq)
);

-- What an accepted dispute put right: it stands over the register's own value for as long as that is the value it replaced, or an older one.
create table register_correction (
  register text not null,
  key text not null,
  field text not null,
  dispute text not null,
  value jsonb not null,
  -- What the register held; the JSON null where it held nothing.
  replaced jsonb not null,
  source text not null,
  at timestamptz not null,
  primary key (register, key, field, dispute)
);

create index register_correction_owner on register_correction (value) where field = 'ownerNationalId';

-- A register as services, inquiries and people read it: each record with the corrections that stand, and where each value comes from.
-- A source that repeats what was found wrong, as a nightly load does, does not undo a correction; one that says another value later does; and
-- where it says the corrected value itself, the word is the source's again.
create view register_now with (security_invoker = true) as
select r.register, r.key, r.source, r.as_of, r.xmin::text || coalesce(c.version, '') as version,
  r.body || coalesce(c.body, '{}') as body,
  coalesce(r.provenance, '{}') || coalesce(c.provenance, '{}') as provenance
from register_record r
left join lateral (
  select jsonb_object_agg(field, value) as body,
    jsonb_object_agg(field, jsonb_build_object('source', 'correction:' || source, 'record', dispute, 'rule', 'correction',
      'asOf', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))) as provenance,
    string_agg(' ' || dispute, '' order by field) as version
  from (select distinct on (field) * from register_correction where register = r.register and key = r.key order by field, at desc) latest
  where coalesce(r.body -> field, 'null') <> value
    and (coalesce(r.body -> field, 'null') = replaced
      or coalesce((r.provenance -> field ->> 'asOf')::timestamptz, r.as_of) <= at)
) c on true;

-- Keyed hashes of the records a person named in a day that are not theirs: so many and no more.
create table register_probe (
  person text not null,
  day date not null,
  probe text not null,
  primary key (person, day, probe)
);

-- Whose property or vehicle it is: what "my data" shows.
create index register_record_owner on register_record ((body ->> 'ownerNationalId')) where body ? 'ownerNationalId';

alter table dispute enable row level security;
create policy road on dispute for all to app using (dargah_road()) with check (dargah_road());
create policy own on dispute for select to app using (person = dargah_person());
create policy unit on dispute for select to app using (unit = any (dargah_units()));
alter table dispute_event enable row level security;
create policy road on dispute_event for all to app using (dargah_road()) with check (dargah_road());
create policy of_dispute on dispute_event for select to app
  using (exists (select 1 from dispute d where d.dispute_id = dispute_event.dispute_id));
alter table register_correction enable row level security;
create policy road on register_correction for all to app using (dargah_road()) with check (dargah_road());
alter table register_probe enable row level security;
create policy road on register_probe for all to app using (dargah_road()) with check (dargah_road());

grant select on register_now to app;
grant select, insert, update on dispute to app;
grant select, insert on dispute_event, register_correction, register_probe to app;
