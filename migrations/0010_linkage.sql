-- Which records of the sources are one person, business, property, engineer or vehicle; what stands of each; how good the sources are.

-- Which source's word stands on which field, by kind of entity: city/registry.yaml as it was published.
create table registry_rules (
  version text primary key,
  body jsonb not null,
  published_at timestamptz not null
);

-- A record's number is the order in which the matcher met it: the eldest of a group names it.
create sequence linkage_number;
alter table source_record
  add column number bigint,
  -- As it was last compared, and as it was last counted for quality; null where it is gone.
  add column form text,
  add column counted jsonb;
create unique index source_record_number on source_record (number) where number is not null;

-- What happened, for ever; the tables below say what stands of it.
create table linkage_event (
  seq bigint generated always as identity primary key,
  kind text not null,
  type text not null,
  one text not null,
  other text,
  by text not null,
  at timestamptz not null,
  data jsonb not null,
  -- Of a person's form: sent again, it is the same.
  key text unique
);
create index linkage_event_one on linkage_event (one, seq);
create index linkage_event_other on linkage_event (other, seq) where other is not null;

create table linkage_merge (
  merge text primary key,
  one text not null,
  other text not null,
  by text not null,
  score double precision not null
);
create index linkage_merge_one on linkage_merge (one);
-- Pairs of which a person said that they are two; the lesser name first, as in doubts.
create table linkage_apart (
  one text not null,
  other text not null,
  primary key (one, other)
);
create index linkage_apart_other on linkage_apart (other);

-- Records that share a key of a pass are compared.
create table linkage_block (
  kind text not null,
  pass smallint not null,
  block text collate "C" not null,
  record bigint not null,
  primary key (kind, pass, block, record)
);

-- How common names are.
create table name_count (
  kind text not null,
  field text not null,
  name text collate "C" not null,
  count bigint not null,
  primary key (kind, field, name)
) with (fillfactor = 70);
create table name_total (
  kind text not null,
  field text not null,
  total bigint not null,
  squares numeric not null,
  primary key (kind, field)
);

-- Pairs that may be one and may be two. Of two groups the best stands open for a steward, until it is decided.
create table linkage_doubt (
  one text not null,
  other text not null,
  kind text not null,
  score double precision not null,
  why text not null check (why in ('doubt', 'keys-differ')),
  is_open boolean not null,
  found_at timestamptz not null,
  primary key (one, other)
);
create index linkage_doubt_other on linkage_doubt (other);
create index linkage_doubt_open on linkage_doubt (kind, score desc, one, other) where is_open;

create table entity_view (
  entity text primary key,
  kind text not null,
  -- Of its eldest record.
  number bigint not null,
  -- Under which rules and confidence its fields were decided.
  policy text not null,
  -- A field of which it holds two values that cannot both be right: a steward must part it.
  torn text,
  view jsonb not null
) with (fillfactor = 80);
create index entity_view_policy on entity_view (kind, policy, entity);
create index entity_view_torn on entity_view (kind, entity) where torn is not null;

create table entity_key (
  field text not null,
  value text collate "C" not null,
  entity text not null,
  kind text not null,
  -- Of its one view; else of some record of it.
  stands boolean not null,
  primary key (field, value, entity)
);
create index entity_key_entity on entity_key (entity);

-- A field on which sources differ: a row for each that spoke; that of the source whose word stands is the conflict's own.
create table entity_conflict (
  entity text not null,
  field text not null,
  source text not null,
  kind text not null,
  rule text not null,
  stands boolean not null,
  -- The number of the entity, whose it is, what stands and what stands against it.
  body jsonb not null,
  primary key (entity, field, source)
);
create index entity_conflict_list on entity_conflict (kind, field, entity) where stands;
create index entity_conflict_source on entity_conflict (source, kind, field, entity);

-- Sums over each source's records as matched, and its figures day by day.
create table source_quality (
  source text primary key,
  tally jsonb not null
);
create table quality_day (
  source text not null,
  day date not null,
  figures jsonb not null,
  primary key (source, day)
);

alter table register_record
  add column entity text,
  -- For each field: source, record, as of, confidence, and the rule that decided.
  add column provenance jsonb;

-- Whether the reader holds a role: the assignment says so, not the reader.
create function dargah_holds(wanted text) returns boolean language sql stable parallel safe
  as $$ select exists (select 1 from assignment where person_id = dargah_person() and role = wanted) $$;
-- Whether the reader's unit answers for a source.
create function dargah_keeps(wanted text) returns boolean language sql stable parallel safe
  as $$ select exists (select 1 from source s join assignment a on a.unit_id = s.owner
    where s.source = wanted and a.person_id = dargah_person() and a.role in ('owner', 'officer')) $$;

create policy steward on source_record for select to app using ((select dargah_holds('steward')));
create policy steward on source_record_before for select to app using ((select dargah_holds('steward')));
alter table register_record enable row level security;
create policy road on register_record for all to app using (dargah_road()) with check (dargah_road());
alter table linkage_event enable row level security;
create policy road on linkage_event for all to app using (dargah_road()) with check (dargah_road());
create policy steward on linkage_event for select to app using ((select dargah_holds('steward')));
alter table linkage_merge enable row level security;
create policy road on linkage_merge for all to app using (dargah_road()) with check (dargah_road());
create policy steward on linkage_merge for select to app using ((select dargah_holds('steward')));
alter table linkage_apart enable row level security;
create policy road on linkage_apart for all to app using (dargah_road()) with check (dargah_road());
alter table linkage_block enable row level security;
create policy road on linkage_block for all to app using (dargah_road()) with check (dargah_road());
alter table name_count enable row level security;
create policy road on name_count for all to app using (dargah_road()) with check (dargah_road());
alter table linkage_doubt enable row level security;
create policy road on linkage_doubt for all to app using (dargah_road()) with check (dargah_road());
create policy steward on linkage_doubt for select to app using ((select dargah_holds('steward')));
alter table entity_view enable row level security;
create policy road on entity_view for all to app using (dargah_road()) with check (dargah_road());
create policy steward on entity_view for select to app using ((select dargah_holds('steward')));
alter table entity_key enable row level security;
create policy road on entity_key for all to app using (dargah_road()) with check (dargah_road());
create policy steward on entity_key for select to app using ((select dargah_holds('steward')));
alter table entity_conflict enable row level security;
create policy road on entity_conflict for all to app using (dargah_road()) with check (dargah_road());
create policy steward on entity_conflict for select to app using ((select dargah_holds('steward')));
create policy keeper on entity_conflict for select to app using (dargah_keeps(source));
alter table source_quality enable row level security;
create policy road on source_quality for all to app using (dargah_road()) with check (dargah_road());
alter table quality_day enable row level security;
create policy road on quality_day for all to app using (dargah_road()) with check (dargah_road());
create policy staff on quality_day for select to app
  using ((select dargah_holds('steward')) or (select dargah_holds('infrastructure')) or dargah_keeps(source));

grant usage on sequence linkage_number to app;
grant select on registry_rules, linkage_event, linkage_merge, linkage_apart, linkage_block, name_count, name_total, linkage_doubt, entity_view,
  entity_key, entity_conflict, source_quality, quality_day to app;
grant insert on linkage_event to app;
grant insert, update, delete on linkage_merge, linkage_apart, linkage_block, linkage_doubt, entity_view, entity_key, entity_conflict,
  register_record to app;
grant insert, update on name_count, name_total, source_quality, quality_day to app;
