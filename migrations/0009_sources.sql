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
  -- mended: the rows of a file of rejects alone, put right; nothing is found gone by it.
  mode text not null check (mode in ('full', 'incremental', 'mended')),
  status text not null check (status in ('running', 'finished', 'failed')),
  -- Hash of the configuration and, of a mended load, the file: only what is the same goes on where it was.
  config text not null,
  began_by text not null,
  began_at timestamptz not null,
  ended_at timestamptz,
  -- How far it is, 0 to 1 where the reader knows: rows read, and what became of them.
  done real,
  rows_read bigint not null default 0,
  added bigint not null default 0,
  changed bigint not null default 0,
  unchanged bigint not null default 0,
  rejected bigint not null default 0,
  gone bigint not null default 0,
  -- The source had no record when it began: nothing can be gone, and a key that is there already came twice.
  is_first boolean not null default false,
  -- Keys in source_seen: fewer there than here, after a crash of the database, and the load begins again.
  seen bigint not null default 0,
  batch int not null default 0,
  -- Where a load that was killed goes on, in the reader's own words; and the newest mark seen, from which the next increment begins.
  position jsonb,
  mark text,
  -- Columns that nobody expected, and why it failed.
  extra text[] not null default '{}',
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

-- The keys that a full load has met so far: what is not among them when it ends is gone. Kept only while it runs.
create unlogged table source_seen (
  source text not null,
  key text not null,
  batch int not null,
  primary key (source, key)
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

-- Rows are people's data: only the road reads them, for whom it has let in. Numbers of loads are open to every reader.
alter table source_record enable row level security;
create policy road on source_record for all to app using (dargah_road()) with check (dargah_road());
alter table source_record_before enable row level security;
create policy road on source_record_before for all to app using (dargah_road()) with check (dargah_road());
alter table source_rejection enable row level security;
create policy road on source_rejection for all to app using (dargah_road()) with check (dargah_road());

grant select, insert, update on source, source_load, source_record to app;
grant select, insert on source_rejection, source_record_before to app;
grant select, insert, delete on source_seen to app;
