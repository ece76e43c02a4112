-- What the migrations amount to, as PostgreSQL tells it. Written by `npm run schema`, compared in `npm test`; never run.

assignment: table
  person_id text not null
  role text not null
  unit_id text not null
  constraint assignment_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(person_id)
  constraint assignment_pkey PRIMARY KEY (person_id, role, unit_id)
  constraint assignment_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(unit_id)
  grant select to app

calendar_version: table
  calendar text not null
  version integer not null
  body jsonb not null
  constraint calendar_version_pkey PRIMARY KEY (calendar, version)
  grant select to app

case_event: table partitioned by RANGE (at) with row security
  case_id text not null
  seq integer not null
  at timestamp with time zone not null
  type text not null
  person text not null
  role text not null
  unit text
  data jsonb not null
  derived jsonb not null
  salt bytea
  leaf bytea not null
  constraint case_event_pkey PRIMARY KEY (case_id, seq, at)
  policy of_case permissive for select to app using (dargah_sees(case_id)) with check ()
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  grant insert, select to app

case_event_other: table partition of case_event
  case_id text not null
  seq integer not null
  at timestamp with time zone not null
  type text not null
  person text not null
  role text not null
  unit text
  data jsonb not null
  derived jsonb not null
  salt bytea
  leaf bytea not null
  constraint case_event_other_pkey PRIMARY KEY (case_id, seq, at)

case_state: table with row security {fillfactor=60}
  case_id text not null
  seq integer not null
  service text not null
  version text not null
  definition text not null
  status text not null
  applicant text not null
  units text[] not null
  opened_at timestamp with time zone not null
  submitted_at timestamp with time zone
  ended_at timestamp with time zone
  due_at timestamp with time zone
  updated_at timestamp with time zone not null
  leaf bytea not null
  state jsonb not null
  constraint case_state_pkey PRIMARY KEY (case_id)
  CREATE INDEX case_state_applicant ON public.case_state USING btree (applicant, opened_at DESC)
  CREATE INDEX case_state_ended ON public.case_state USING btree (ended_at) WHERE (ended_at IS NOT NULL)
  CREATE INDEX case_state_units ON public.case_state USING gin (units) WHERE (status = 'open'::text)
  CREATE INDEX case_state_version ON public.case_state USING btree (service, definition, case_id) WHERE (status = 'open'::text)
  policy own permissive for select to app using ((applicant = dargah_person())) with check ()
  policy owner permissive for select to app using (dargah_oversees(case_id)) with check ()
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  policy unit permissive for select to app using ((units && dargah_units())) with check ()
  grant insert, select, update to app

command_key: table with row security
  case_id text not null
  key text not null
  command text not null
  digest text not null
  seq integer not null
  at timestamp with time zone not null
  constraint command_key_pkey PRIMARY KEY (case_id, key)
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  grant insert, select to app

contract: table
  contract text not null
  version integer not null
  body jsonb not null
  published_at timestamp with time zone not null
  constraint contract_pkey PRIMARY KEY (contract, version)
  grant select to app

denial: table
  denial_id bigint not null generated always as identity
  at timestamp with time zone not null
  person text not null
  command text not null
  case_id text
  code text not null
  constraint denial_pkey PRIMARY KEY (denial_id)
  grant insert, select to app

document: table with row security
  case_id text not null
  code text not null
  number text not null
  kind text not null
  service text not null
  title_fa text not null
  title_en text not null
  file text not null
  issued_at timestamp with time zone not null
  valid_until timestamp with time zone
  status text not null
  revoked_at timestamp with time zone
  constraint document_pkey PRIMARY KEY (case_id, code)
  constraint document_status_check CHECK ((status = ANY (ARRAY['valid'::text, 'revoked'::text])))
  CREATE INDEX document_code ON public.document USING btree (code)
  policy of_case permissive for select to app using (dargah_sees(case_id)) with check ()
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  grant insert, select, update to app

incident: table with row security
  case_id text not null
  incident_id text not null
  service text not null
  owner text not null
  element text not null
  reason text not null
  opened_at timestamp with time zone not null
  closed_at timestamp with time zone
  constraint incident_pkey PRIMARY KEY (case_id, incident_id)
  CREATE INDEX incident_open ON public.incident USING btree (owner, opened_at, case_id) WHERE (closed_at IS NULL)
  policy owner permissive for select to app using ((owner = ANY (dargah_owns()))) with check ()
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  grant insert, select, update to app

inquiry: table with row security {fillfactor=70}
  inquiry_id text not null
  seq integer not null
  type text not null
  definition text not null
  status text not null
  contract text
  organisation text
  case_id text
  asker text not null
  unit text
  subject text
  visible_at timestamp with time zone
  asked_at timestamp with time zone not null
  due_at timestamp with time zone not null
  answered_at timestamp with time zone
  question_hash text not null
  reusable_until timestamp with time zone
  leaf bytea not null
  state jsonb not null
  constraint inquiry_pkey PRIMARY KEY (inquiry_id)
  CREATE INDEX inquiry_case ON public.inquiry USING btree (case_id) WHERE (case_id IS NOT NULL)
  CREATE INDEX inquiry_contract ON public.inquiry USING btree (contract, asked_at DESC)
  CREATE INDEX inquiry_due ON public.inquiry USING btree (due_at) WHERE (status = ANY (ARRAY['asked'::text, 'waiting'::text]))
  CREATE INDEX inquiry_inbox ON public.inquiry USING btree (unit, due_at, inquiry_id) WHERE (status = 'waiting'::text)
  CREATE INDEX inquiry_reuse ON public.inquiry USING btree (type, question_hash, reusable_until DESC) WHERE (reusable_until IS NOT NULL)
  CREATE INDEX inquiry_subject ON public.inquiry USING btree (subject, asked_at DESC) WHERE (subject IS NOT NULL)
  policy asker permissive for select to app using ((asker = dargah_person())) with check ()
  policy of_case permissive for select to app using (((case_id IS NOT NULL) AND dargah_sees(case_id))) with check ()
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  policy subject permissive for select to app using (((subject = dargah_subject()) AND (visible_at <= now()))) with check ()
  policy unit permissive for select to app using ((unit = ANY (dargah_units()))) with check ()
  grant insert, select, update to app

inquiry_event: table with row security
  inquiry_id text not null
  seq integer not null
  at timestamp with time zone not null
  type text not null
  person text not null
  role text not null
  unit text
  data jsonb not null
  salt bytea not null
  leaf bytea not null
  constraint inquiry_event_pkey PRIMARY KEY (inquiry_id, seq)
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  grant insert, select to app

inquiry_evidence: table
  inquiry_id text not null
  question jsonb not null
  answer jsonb
  constraint inquiry_evidence_pkey PRIMARY KEY (inquiry_id)
  grant insert, select, update to app

inquiry_key: table with row security
  asker text not null
  key text not null
  digest text not null
  inquiry_id text not null
  at timestamp with time zone not null
  constraint inquiry_key_pkey PRIMARY KEY (asker, key)
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  grant insert, select to app

inquiry_type: table
  definition text not null
  type text not null
  version text not null
  files jsonb not null
  author text not null
  approver text not null
  published_at timestamp with time zone not null
  constraint inquiry_type_pkey PRIMARY KEY (definition)
  constraint two_people CHECK ((author <> approver))
  grant select to app

ledger_checkpoint: table
  size bigint not null
  root bytea not null
  note text not null
  at timestamp with time zone not null
  constraint ledger_checkpoint_pkey PRIMARY KEY (size)
  grant insert, select to app

ledger_leaf: table
  index bigint not null
  leaf bytea not null
  case_id text not null
  seq integer not null
  constraint ledger_leaf_pkey PRIMARY KEY (index)
  CREATE INDEX ledger_leaf_event ON public.ledger_leaf USING btree (case_id, seq)
  grant insert, select to app

ledger_node: table
  level integer not null
  index bigint not null
  hash bytea not null
  constraint ledger_node_pkey PRIMARY KEY (level, index)
  grant insert, select to app

ledger_pending: table
  case_id text not null
  seq integer not null
  leaf bytea not null
  at timestamp with time zone not null
  constraint ledger_pending_pkey PRIMARY KEY (case_id, seq)
  grant delete, insert, select, update to app

message: table with row security
  case_id text not null
  message_id text not null
  person text
  unit text
  key text not null
  text_fa text not null
  text_en text not null
  at timestamp with time zone not null
  constraint message_pkey PRIMARY KEY (case_id, message_id)
  CREATE INDEX message_person ON public.message USING btree (person, at DESC)
  CREATE INDEX message_unit ON public.message USING btree (unit, at DESC)
  policy own permissive for select to app using ((person = dargah_person())) with check ()
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  policy unit permissive for select to app using ((unit = ANY (dargah_units()))) with check ()
  grant insert, select, update to app

migration: table
  name text not null
  checksum text not null
  applied_at timestamp with time zone not null default now()
  constraint migration_pkey PRIMARY KEY (name)
  grant select to app

partner_token: table
  hash text not null
  contract text not null
  thumbprint text not null
  until timestamp with time zone not null
  constraint partner_token_pkey PRIMARY KEY (hash)
  CREATE INDEX partner_token_expiry ON public.partner_token USING btree (until)
  grant delete, insert, select to app

person: table
  person_id text not null
  kind text not null
  name_fa text not null
  name_en text not null
  national_id text not null
  demo boolean not null default false
  constraint person_kind_check CHECK ((kind = ANY (ARRAY['citizen'::text, 'business'::text])))
  constraint person_national_id_key UNIQUE (national_id)
  constraint person_pkey PRIMARY KEY (person_id)
  CREATE UNIQUE INDEX person_national_id_key ON public.person USING btree (national_id)
  grant select to app

register_record: table
  register text not null
  key text not null
  body jsonb not null
  source text not null
  as_of timestamp with time zone not null
  constraint register_record_pkey PRIMARY KEY (register, key)
  grant select to app

sandbox_payment: table
  attempt text not null
  amount text not null
  purpose_fa text not null
  purpose_en text not null
  return_to text not null
  status text not null
  reference text
  refunded boolean not null default false
  at timestamp with time zone not null
  constraint sandbox_payment_pkey PRIMARY KEY (attempt)
  constraint sandbox_payment_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'paid'::text, 'failed'::text, 'abandoned'::text])))
  grant insert, select, update to app

service_version: table
  definition text not null
  service text not null
  version text not null
  files jsonb not null
  author text not null
  approver text not null
  published_at timestamp with time zone not null
  constraint author_is_not_approver CHECK ((author <> approver))
  constraint service_version_pkey PRIMARY KEY (definition)
  CREATE INDEX service_version_current ON public.service_version USING btree (service, published_at DESC)
  grant insert, select to app

session: table
  token_hash bytea not null
  person_id text
  created_at timestamp with time zone not null
  seen_at timestamp with time zone not null
  expires_at timestamp with time zone not null
  login jsonb
  constraint session_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(person_id)
  constraint session_pkey PRIMARY KEY (token_hash)
  CREATE INDEX session_expiry ON public.session USING btree (expires_at)
  grant delete, insert, select, update to app

spent: table
  id text not null
  until timestamp with time zone not null
  constraint spent_pkey PRIMARY KEY (id)
  CREATE INDEX spent_expiry ON public.spent USING btree (until)
  grant delete, insert, select to app

task: table with row security {fillfactor=80}
  case_id text not null
  task_id text not null
  element text not null
  service text not null
  definition text not null
  role text not null
  unit text
  inquiry text
  visit text
  status text not null
  applicant text not null
  assignee text
  completed_by text
  barred text[] not null
  opened_at timestamp with time zone not null
  due_at timestamp with time zone
  closed_at timestamp with time zone
  constraint done_by_somebody CHECK (((status = 'done'::text) = (completed_by IS NOT NULL)))
  constraint four_eyes CHECK (((completed_by IS NULL) OR (NOT (completed_by = ANY (barred)))))
  constraint own_case CHECK (((role = 'applicant'::text) OR ((assignee IS DISTINCT FROM applicant) AND (completed_by IS DISTINCT FROM applicant))))
  constraint task_pkey PRIMARY KEY (case_id, task_id)
  constraint task_status_check CHECK ((status = ANY (ARRAY['open'::text, 'done'::text, 'withdrawn'::text])))
  CREATE INDEX task_worklist ON public.task USING btree (unit, role, opened_at) WHERE (status = 'open'::text)
  policy of_case permissive for select to app using (dargah_sees(case_id)) with check ()
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  policy unit permissive for select to app using ((unit = ANY (dargah_units()))) with check ()
  grant insert, select, update to app

unit: table
  unit_id text not null
  parent text
  kind text not null
  district text
  name_fa text not null
  name_en text not null
  constraint unit_parent_fkey FOREIGN KEY (parent) REFERENCES unit(unit_id)
  constraint unit_pkey PRIMARY KEY (unit_id)
  grant select to app

want: table with row security
  case_id text not null
  want_id text not null
  kind text not null
  due_at timestamp with time zone not null
  body jsonb not null
  attempts integer not null default 0
  leased_until timestamp with time zone not null default '-infinity'::timestamp with time zone
  trouble text
  dead boolean not null default false
  constraint want_pkey PRIMARY KEY (case_id, want_id)
  CREATE INDEX want_due ON public.want USING btree (due_at) WHERE (NOT dead)
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  grant delete, insert, select, update to app

CREATE OR REPLACE FUNCTION public.dargah_oversees(wanted text)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select exists (select 1 from incident where case_id = wanted and owner = any (dargah_owns()) and closed_at is null) $function$

CREATE OR REPLACE FUNCTION public.dargah_owns()
 RETURNS text[]
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN string_to_array(current_setting('dargah.owns'::text, true), ','::text)

CREATE OR REPLACE FUNCTION public.dargah_person()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN current_setting('dargah.person'::text, true)

CREATE OR REPLACE FUNCTION public.dargah_road()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (current_setting('dargah.scope'::text, true) = 'road'::text)

CREATE OR REPLACE FUNCTION public.dargah_sees(wanted text)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select exists (select 1 from case_state where case_id = wanted) $function$

CREATE OR REPLACE FUNCTION public.dargah_subject()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN current_setting('dargah.subject'::text, true)

CREATE OR REPLACE FUNCTION public.dargah_units()
 RETURNS text[]
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN string_to_array(current_setting('dargah.units'::text, true), ','::text)

CREATE OR REPLACE FUNCTION public.ensure_event_months(upto timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO '$user', 'public'
AS $function$
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
end $function$

-- executed by public, app

CREATE OR REPLACE FUNCTION public.verify_document(wanted text)
 RETURNS TABLE(number text, kind text, service text, title_fa text, title_en text, issued_at timestamp with time zone, valid_until timestamp with time zone, status text, revoked_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO '$user', 'public'
AS $function$ select number, kind, service, title_fa, title_en, issued_at, valid_until, status, revoked_at from document where code = wanted $function$

-- executed by public, app
