-- Looks at a person's data that are no inquiries: staff who open a case file or an entity of the registry.

create table look (
  subject text not null,
  person text not null,
  basis text not null check (basis in ('case', 'registry')),
  -- The case, or the kind of entity.
  what text not null,
  -- Openings of one thing by one person within ten minutes are one look.
  slot bigint not null,
  at timestamptz not null,
  role text not null,
  unit text,
  primary key (subject, slot, person, basis, what)
);
create index look_latest on look (subject, at desc);

alter table look enable row level security;
create policy road on look for all to app using (dargah_road()) with check (dargah_road());
create policy subject on look for select to app using (subject = dargah_subject());
grant select, insert on look to app;
