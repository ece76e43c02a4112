-- Where things are: the ground plans of what a register knows, and the layers of the city (metro, road widening, districts) that a rule may ask about.

-- By the register's key. Boxes are longitude and latitude; plain PostgreSQL answers which of them meet, the exact test is geometry's own.
create table geometry (
  register text not null,
  key text not null,
  body jsonb not null,
  -- Square metres, to be held against the area that its register says.
  area double precision not null,
  extent box not null,
  source text not null,
  as_of timestamptz not null,
  primary key (register, key)
);
create index geometry_extent on geometry using gist (extent);

create table layer (
  layer text primary key,
  title_fa text not null,
  title_en text not null,
  -- The law that its strips come from.
  legal_fa text not null,
  legal_en text not null
);
create table layer_feature (
  layer text not null references layer,
  id text not null,
  -- kind, name, strip and geometry of the feature.
  body jsonb not null,
  extent box not null,
  primary key (layer, id)
);
create index layer_feature_extent on layer_feature using gist (extent);

-- A ground plan is somebody's property: the road reads it, and shows it to whom its question is shown. Layers are for everybody.
alter table geometry enable row level security;
create policy road on geometry for all to app using (dargah_road()) with check (dargah_road());

-- Whether boxes meet may not be asked before the policy has let a row through (the operator is not leakproof), so that a million rows would be
-- let through one by one. This asks the policy once and the index then.
create function geometries_in(wanted_register text, wanted box, most int) returns table (key text, body jsonb)
  language sql stable security definer set search_path from current as $$
    with met as materialized (select g.register, g.key, g.body from geometry g where g.extent && wanted and (select dargah_road()))
    select met.key, met.body from met where met.register = wanted_register order by met.key limit most $$;
revoke execute on function geometries_in from public;
grant execute on function geometries_in to app;

grant select, insert, update, delete on geometry to app;
grant select on layer, layer_feature to app;
