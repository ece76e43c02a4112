-- Where processes stand still, for those who own them. An owner sees a case while one of its incidents is open, and no longer.

create function dargah_owns() returns text[] language sql stable parallel safe
  return string_to_array(current_setting('dargah.owns', true), ',');

create table incident (
  case_id text not null,
  incident_id text not null,
  service text not null,
  -- The unit that owns the process.
  owner text not null,
  element text not null,
  reason text not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  primary key (case_id, incident_id)
);
create index incident_open on incident (owner, opened_at, case_id) where closed_at is null;

alter table incident enable row level security;
create policy road on incident for all to app using (dargah_road()) with check (dargah_road());
create policy owner on incident for select to app using (owner = any (dargah_owns()));
-- A subquery in a policy is made ready by every statement on its table, also by the road's own, which it does not concern; a function only
-- where it is asked. Measured: bench/road.ts.
create function dargah_oversees(wanted text) returns boolean language sql stable parallel safe
  as $$ select exists (select 1 from incident where case_id = wanted and owner = any (dargah_owns()) and closed_at is null) $$;
create policy owner on case_state for select to app using (dargah_oversees(case_id));
create function dargah_sees(wanted text) returns boolean language sql stable parallel safe
  as $$ select exists (select 1 from case_state where case_id = wanted) $$;
alter policy of_case on task using (dargah_sees(case_id));
alter policy of_case on case_event using (dargah_sees(case_id));
alter policy of_case on document using (dargah_sees(case_id));
grant select, insert, update on incident to app;

-- Running cases by version: what a migration counts and walks.
create index case_state_version on case_state (service, definition, case_id) where status = 'open';

insert into incident (case_id, incident_id, service, owner, element, reason, opened_at)
select c.case_id, i ->> 'id', c.service, coalesce(substring(v.files ->> 'service.yaml' from '\n  owner:\s*([\w-]+)'), ''),
  i ->> 'element', i ->> 'reason', (i ->> 'at')::timestamptz
from case_state c
join service_version v on v.definition = c.definition
cross join jsonb_array_elements(coalesce(c.state #> '{engine,incidents}', '[]')) as i
where c.status = 'open';
