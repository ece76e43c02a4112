-- What outside and inside sources say of persons, businesses, properties, engineers and vehicles, record by record, and how it was loaded.

-- A published configuration of a source: where its rows are, what its columns mean, which unit answers for it.
create table source (
  source text primary key,
  kind text not null,
  owner text not null,
  body jsonb not null,
  published_at timestamptz not null
);

create table source_load (
  load_id text primary key,
  source text not null,
  mode text not null check (mode in ('full', 'incremental')),
  status text not null check (status in ('running', 'finished', 'failed')),
  began_at timestamptz not null,
  ended_at timestamptz,
  -- How far it is: rows read, and what became of them.
  rows_read bigint not null default 0,
  added bigint not null default 0,
  changed bigint not null default 0,
  unchanged bigint not null default 0,
  rejected bigint not null default 0,
  gone bigint not null default 0,
  -- Where a load that was killed goes on, in the reader's own words; and the newest mark seen, from which the next increment begins.
  position jsonb,
  mark text,
  trouble jsonb
);
create index source_load_latest on source_load (source, began_at desc);
create unique index source_load_one on source_load (source) where status = 'running';

create table source_rejection (
  load_id text not null,
  seq bigint not null,
  -- File and line, or table and row.
  place text not null,
  field text,
  code text not null,
  facts jsonb not null default '{}',
  raw jsonb,
  primary key (load_id, seq)
);

-- A record as its source gave it, and which entity it is of: the record (source/key) that is eldest in its group.
create table source_record (
  source text not null,
  key text not null,
  kind text not null,
  as_of timestamptz not null,
  fields jsonb not null,
  load_id text not null,
  entity text not null,
  -- The matcher has seen it as it is now.
  linked boolean not null default false,
  -- The source no longer has it.
  gone_at timestamptz,
  primary key (source, key)
) with (fillfactor = 80);
create index source_record_entity on source_record (entity);
create index source_record_unlinked on source_record (kind, source, key) where not linked;

-- What a record said before.
create table source_record_before (
  source text not null,
  key text not null,
  replaced_at timestamptz not null,
  as_of timestamptz not null,
  fields jsonb not null,
  primary key (source, key, replaced_at)
);

grant select, insert, update on source, source_load, source_record to app;
grant select, insert on source_rejection, source_record_before to app;
