-- Who sees what. The road (perform, tick) writes under scope "road"; every page reads as a person with units.
-- The gravest rules (own case, four eyes, author and approver) are constraints on their tables.

create function dargah_road() returns boolean language sql stable parallel safe
  return current_setting('dargah.scope', true) = 'road';
create function dargah_person() returns text language sql stable parallel safe
  return current_setting('dargah.person', true);
create function dargah_units() returns text[] language sql stable parallel safe
  return string_to_array(current_setting('dargah.units', true), ',');

alter table case_state enable row level security;
create policy road on case_state for all to app using (dargah_road()) with check (dargah_road());
create policy own on case_state for select to app using (applicant = dargah_person());
create policy unit on case_state for select to app using (units && dargah_units());

alter table task enable row level security;
create policy road on task for all to app using (dargah_road()) with check (dargah_road());
create policy unit on task for select to app using (unit = any (dargah_units()));
create policy of_case on task for select to app using (exists (select 1 from case_state c where c.case_id = task.case_id));

alter table case_event enable row level security;
create policy road on case_event for all to app using (dargah_road()) with check (dargah_road());
create policy of_case on case_event for select to app using (exists (select 1 from case_state c where c.case_id = case_event.case_id));

alter table document enable row level security;
create policy road on document for all to app using (dargah_road()) with check (dargah_road());
create policy of_case on document for select to app using (exists (select 1 from case_state c where c.case_id = document.case_id));

alter table message enable row level security;
create policy road on message for all to app using (dargah_road()) with check (dargah_road());
create policy own on message for select to app using (person = dargah_person());
create policy unit on message for select to app using (unit = any (dargah_units()));

alter table want enable row level security;
create policy road on want for all to app using (dargah_road()) with check (dargah_road());
alter table command_key enable row level security;
create policy road on command_key for all to app using (dargah_road()) with check (dargah_road());

-- What anyone may know of a document who holds its code: nothing private leaves this function.
create function verify_document(wanted text)
  returns table (number text, kind text, service text, title_fa text, title_en text, issued_at timestamptz, valid_until timestamptz, status text, revoked_at timestamptz)
  language sql stable security definer set search_path from current
  as $$ select number, kind, service, title_fa, title_en, issued_at, valid_until, status, revoked_at from document where code = wanted $$;

grant select on all tables in schema public to app;
-- Row-level security stands on the parent: nobody reads a month by its own name.
revoke all on case_event_other from app;
-- Facts are never changed and never deleted by the server.
grant insert on case_event, command_key, denial, ledger_leaf, ledger_node, ledger_checkpoint, service_version to app;
grant insert, update on case_state, task, document, message, want, session, ledger_pending to app;
grant delete on want, session, ledger_pending to app;
grant execute on function ensure_event_months(timestamptz), verify_document(text) to app;
