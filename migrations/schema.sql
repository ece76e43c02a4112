-- What the migrations amount to, as PostgreSQL tells it. Written by `npm run schema`, compared in `npm test`; never run.

agreement: table with row security
  agreement text not null
  seq integer not null
  persons text[] not null
  owners text[] not null
  leaf bytea not null
  state jsonb not null
  constraint agreement_pkey PRIMARY KEY (agreement)
  policy organisation permissive for select to app using ((dargah_person() = ANY (persons))) with check ()
  policy owner permissive for select to app using ((owners && dargah_owns())) with check ()
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  policy steward permissive for select to app using (dargah_steward()) with check ()
  grant insert, select, update to app

agreement_event: table with row security
  agreement text not null
  seq integer not null
  at timestamp with time zone not null
  type text not null
  person text not null
  role text not null
  unit text
  data jsonb not null
  salt bytea not null
  leaf bytea not null
  constraint agreement_event_pkey PRIMARY KEY (agreement, seq)
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  grant insert, select to app

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

connector: table
  connector text not null
  body jsonb not null
  published_at timestamp with time zone not null
  constraint connector_pkey PRIMARY KEY (connector)
  grant select to app

connector_circuit: table
  connector text not null
  version integer not null default 0
  circuit jsonb not null
  succeeded_at timestamp with time zone
  faltered_at timestamp with time zone
  fault text
  constraint connector_circuit_pkey PRIMARY KEY (connector)
  grant insert, select, update to app

connector_hour: table
  connector text not null
  hour timestamp with time zone not null
  calls integer not null default 0
  faults integer not null default 0
  constraint connector_hour_pkey PRIMARY KEY (connector, hour)
  grant insert, select, update to app

contract: table
  contract text not null
  version integer not null
  body jsonb not null
  published_at timestamp with time zone not null
  constraint contract_pkey PRIMARY KEY (contract, version)
  grant insert, select to app

contract_day: table with row security
  contract text not null
  day date not null
  type text not null
  asker text not null
  asked integer not null
  at_once integer not null
  unknown integer not null
  outside_hours integer not null
  constraint contract_day_pkey PRIMARY KEY (contract, day, type, asker)
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  grant insert, select, update to app

contract_flag: table with row security
  contract text not null
  rule text not null
  about text not null
  figures jsonb not null
  found_at timestamp with time zone not null
  seen_at timestamp with time zone
  seen_by text
  reason text
  constraint contract_flag_pkey PRIMARY KEY (contract, rule, about)
  CREATE INDEX contract_flag_found ON public.contract_flag USING btree (contract, found_at DESC)
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  grant insert, select, update to app

contract_hook: table with row security
  contract text not null
  url text not null
  secret bytea not null
  secret_before bytea
  before_until timestamp with time zone
  set_by text not null
  set_at timestamp with time zone not null
  constraint contract_hook_pkey PRIMARY KEY (contract)
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  grant insert, select, update to app

contract_refusal: table with row security
  contract text not null
  day date not null
  code text not null
  refused integer not null
  constraint contract_refusal_pkey PRIMARY KEY (contract, day, code)
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  grant insert, select, update to app

contract_subject: table with row security
  contract text not null
  week date not null
  subject text not null
  asked integer not null
  constraint contract_subject_pkey PRIMARY KEY (contract, week, subject)
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  grant delete, insert, select, update to app

contract_watch: table with row security
  contract text not null
  at timestamp with time zone not null
  inquiry_id text not null
  run jsonb
  constraint contract_watch_pkey PRIMARY KEY (contract)
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  grant insert, select, update to app

contract_week: table with row security
  contract text not null
  week date not null
  subjects integer not null
  constraint contract_week_pkey PRIMARY KEY (contract, week)
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  grant insert, select, update to app

denial: table
  denial_id bigint not null generated always as identity
  at timestamp with time zone not null
  person text not null
  command text not null
  case_id text
  code text not null
  constraint denial_pkey PRIMARY KEY (denial_id)
  grant insert, select to app

dispute: table with row security
  dispute_id text not null
  seq integer not null
  register text not null
  key text not null
  field text not null
  status text not null
  person text not null
  unit text not null
  opened_at timestamp with time zone not null
  due_at timestamp with time zone not null
  decided_at timestamp with time zone
  decided_by text
  leaf bytea not null
  state jsonb not null
  constraint dispute_pkey PRIMARY KEY (dispute_id)
  constraint dispute_status_check CHECK ((status = ANY (ARRAY['open'::text, 'accepted'::text, 'refused'::text, 'withdrawn'::text])))
  constraint not_their_own CHECK (((decided_by IS NULL) OR (decided_by <> person)))
  CREATE INDEX dispute_desk ON public.dispute USING btree (unit, due_at, dispute_id) WHERE (status = 'open'::text)
  CREATE INDEX dispute_due ON public.dispute USING btree (due_at) WHERE (status = 'open'::text)
  CREATE INDEX dispute_person ON public.dispute USING btree (person, opened_at DESC)
  CREATE UNIQUE INDEX dispute_open ON public.dispute USING btree (register, key, field, person) WHERE (status = 'open'::text)
  policy own permissive for select to app using ((person = dargah_person())) with check ()
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  policy unit permissive for select to app using ((unit = ANY (dargah_units()))) with check ()
  grant insert, select, update to app

dispute_event: table with row security
  dispute_id text not null
  seq integer not null
  at timestamp with time zone not null
  type text not null
  person text not null
  role text not null
  unit text
  data jsonb not null
  salt bytea not null
  leaf bytea not null
  constraint dispute_event_pkey PRIMARY KEY (dispute_id, seq)
  policy of_dispute permissive for select to app using ((EXISTS ( SELECT 1
   FROM dispute d
  WHERE (d.dispute_id = dispute_event.dispute_id)))) with check ()
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
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

entity_conflict: table with row security
  entity text not null
  field text not null
  source text not null
  kind text not null
  rule text not null
  stands boolean not null
  body jsonb not null
  constraint entity_conflict_pkey PRIMARY KEY (entity, field, source)
  CREATE INDEX entity_conflict_list ON public.entity_conflict USING btree (kind, field, entity) WHERE stands
  CREATE INDEX entity_conflict_source ON public.entity_conflict USING btree (source, kind, field, entity)
  policy keeper permissive for select to app using (dargah_keeps(source)) with check ()
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  policy steward permissive for select to app using (( SELECT dargah_holds('steward'::text) AS dargah_holds)) with check ()
  grant delete, insert, select, update to app

entity_key: table with row security
  field text not null
  value text not null
  entity text not null
  kind text not null
  stands boolean not null
  constraint entity_key_pkey PRIMARY KEY (field, value, entity)
  CREATE INDEX entity_key_entity ON public.entity_key USING btree (entity)
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  policy steward permissive for select to app using (( SELECT dargah_holds('steward'::text) AS dargah_holds)) with check ()
  grant delete, insert, select, update to app

entity_view: table with row security {fillfactor=80}
  entity text not null
  kind text not null
  number bigint not null
  policy text not null
  torn text
  view jsonb not null
  constraint entity_view_pkey PRIMARY KEY (entity)
  CREATE INDEX entity_view_policy ON public.entity_view USING btree (kind, policy, entity)
  CREATE INDEX entity_view_torn ON public.entity_view USING btree (kind, entity) WHERE (torn IS NOT NULL)
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  policy steward permissive for select to app using (( SELECT dargah_holds('steward'::text) AS dargah_holds)) with check ()
  grant delete, insert, select, update to app

geometry: table with row security
  register text not null
  key text not null
  body jsonb not null
  area double precision not null
  extent box not null
  source text not null
  as_of timestamp with time zone not null
  constraint geometry_pkey PRIMARY KEY (register, key)
  CREATE INDEX geometry_extent ON public.geometry USING gist (extent)
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  grant delete, insert, select, update to app

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
  owner text
  asker_unit text default (state #>> '{asker,unit}'::text[])
  forwards integer default jsonb_array_length((state -> 'forwarded'::text))
  late integer default (jsonb_array_length((state -> 'late'::text)) +
CASE
    WHEN ((state ? 'answer'::text) AND (state ? 'silentAt'::text)) THEN 1
    ELSE 0
END)
  escalated boolean default (state ? 'escalatedAt'::text)
  constraint inquiry_pkey PRIMARY KEY (inquiry_id)
  CREATE INDEX inquiry_answered ON public.inquiry USING btree (answered_at) WHERE (answered_at IS NOT NULL)
  CREATE INDEX inquiry_case ON public.inquiry USING btree (case_id) WHERE (case_id IS NOT NULL)
  CREATE INDEX inquiry_contract ON public.inquiry USING btree (contract, asked_at DESC)
  CREATE INDEX inquiry_dead ON public.inquiry USING btree (owner, asked_at, inquiry_id) WHERE (status = 'dead'::text)
  CREATE INDEX inquiry_due ON public.inquiry USING btree (due_at) WHERE ((status = ANY (ARRAY['asked'::text, 'waiting'::text, 'dead'::text])) AND (NOT (state ? 'silentAt'::text)))
  CREATE INDEX inquiry_escalated ON public.inquiry USING btree (((state ->> 'escalatedAt'::text))) WHERE (escalated AND (status = ANY (ARRAY['asked'::text, 'waiting'::text, 'dead'::text])) AND (NOT (state ? 'escalatedAgainAt'::text)))
  CREATE INDEX inquiry_inbox ON public.inquiry USING btree (unit, due_at, inquiry_id) WHERE (status = 'waiting'::text)
  CREATE INDEX inquiry_remind ON public.inquiry USING btree (((state ->> 'remindAt'::text))) WHERE ((status = 'waiting'::text) AND (unit IS NOT NULL) AND (NOT (state ?| ARRAY['remindedAt'::text, 'silentAt'::text])))
  CREATE INDEX inquiry_reuse ON public.inquiry USING btree (type, question_hash, reusable_until DESC) WHERE (reusable_until IS NOT NULL)
  CREATE INDEX inquiry_sent ON public.inquiry USING btree (asker_unit, asked_at DESC, inquiry_id DESC) WHERE (asker_unit IS NOT NULL)
  CREATE INDEX inquiry_sent_late ON public.inquiry USING btree (asker_unit, asked_at DESC, inquiry_id DESC) WHERE ((asker_unit IS NOT NULL) AND (late > 0))
  CREATE INDEX inquiry_sent_open ON public.inquiry USING btree (asker_unit, asked_at DESC, inquiry_id DESC) WHERE ((asker_unit IS NOT NULL) AND (status = ANY (ARRAY['asked'::text, 'waiting'::text, 'dead'::text])))
  CREATE INDEX inquiry_sent_silent ON public.inquiry USING btree (asker_unit, asked_at DESC, inquiry_id DESC) WHERE ((asker_unit IS NOT NULL) AND ((status = ANY (ARRAY['silent'::text, 'given-up'::text])) OR escalated))
  CREATE INDEX inquiry_subject ON public.inquiry USING btree (subject, asked_at DESC) WHERE (subject IS NOT NULL)
  CREATE INDEX inquiry_waited ON public.inquiry USING btree (contract, asked_at) WHERE (answered_at IS DISTINCT FROM asked_at)
  CREATE TRIGGER tell_partner AFTER UPDATE OF status ON public.inquiry FOR EACH ROW WHEN (((new.contract IS NOT NULL) AND (new.asker = ('client:'::text || new.contract)) AND (old.status IS DISTINCT FROM new.status) AND (new.status = ANY (ARRAY['answered'::text, 'silent'::text, 'dead'::text, 'given-up'::text])))) EXECUTE FUNCTION tell_partner()
  CREATE TRIGGER tell_partner_late AFTER UPDATE ON public.inquiry FOR EACH ROW WHEN (((new.contract IS NOT NULL) AND (new.asker = ('client:'::text || new.contract)) AND (old.status = new.status) AND (new.late > old.late))) EXECUTE FUNCTION tell_partner()
  policy asker permissive for select to app using ((asker = dargah_person())) with check ()
  policy forwarder permissive for select to app using (((forwards > 0) AND (jsonb_path_query_array(state, '$."forwarded"[*]."from"'::jsonpath) ?| dargah_units()))) with check ()
  policy of_case permissive for select to app using (((case_id IS NOT NULL) AND dargah_sees(case_id))) with check ()
  policy owner permissive for select to app using (((status = 'dead'::text) AND (owner = ANY (dargah_units())))) with check ()
  policy owner_escalated permissive for select to app using ((escalated AND (owner = ANY (dargah_units())))) with check ()
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  policy subject permissive for select to app using (((subject = dargah_subject()) AND (visible_at <= now()))) with check ()
  policy unit permissive for select to app using ((unit = ANY (dargah_units()))) with check ()
  policy unit_asking permissive for select to app using ((asker_unit = ANY (dargah_units()))) with check ()
  grant insert, select, update to app

inquiry_batch: table with row security
  batch_id text not null
  person text not null
  unit text not null
  type text not null
  made_at timestamp with time zone not null
  stirred_at timestamp with time zone not null
  constraint inquiry_batch_pkey PRIMARY KEY (batch_id)
  CREATE INDEX inquiry_batch_person ON public.inquiry_batch USING btree (person, made_at DESC)
  policy own permissive for select to app using ((person = dargah_person())) with check ()
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  grant insert, select, update to app

inquiry_batch_row: table with row security
  batch_id text not null
  seq integer not null
  inquiry_id text not null
  value jsonb
  outcome text not null default 'waiting'::text
  problem jsonb
  constraint inquiry_batch_row_outcome_check CHECK ((outcome = ANY (ARRAY['waiting'::text, 'answered'::text, 'refused'::text])))
  constraint inquiry_batch_row_pkey PRIMARY KEY (batch_id, seq)
  policy own permissive for select to app using ((EXISTS ( SELECT 1
   FROM inquiry_batch b
  WHERE (b.batch_id = inquiry_batch_row.batch_id)))) with check ()
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  grant insert, select, update to app

inquiry_call: table with row security
  inquiry_id text not null
  connector text not null
  since timestamp with time zone not null
  next_at timestamp with time zone not null
  leased_until timestamp with time zone not null default '-infinity'::timestamp with time zone
  tries integer not null default 0
  fault text
  constraint inquiry_call_pkey PRIMARY KEY (inquiry_id)
  CREATE INDEX inquiry_call_due ON public.inquiry_call USING btree (connector, next_at)
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  policy runs permissive for select to app using (dargah_runs()) with check ()
  grant delete, insert, select, update to app

inquiry_day: table
  day date not null
  type text not null
  asker text not null
  answerer text not null
  bucket smallint not null
  answered integer not null
  constraint inquiry_day_pkey PRIMARY KEY (day, type, asker, answerer, bucket)
  CREATE INDEX inquiry_day_answerer ON public.inquiry_day USING btree (answerer, day)
  CREATE INDEX inquiry_day_asker ON public.inquiry_day USING btree (asker, day)
  grant insert, select to app

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

inquiry_exchange: table with row security
  inquiry_id text not null
  at timestamp with time zone not null
  connector text not null
  question jsonb not null
  answer jsonb not null
  constraint inquiry_exchange_pkey PRIMARY KEY (inquiry_id, at)
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  grant insert, select to app

inquiry_key: table with row security
  asker text not null
  key text not null
  digest text not null
  inquiry_id text not null
  at timestamp with time zone not null
  constraint inquiry_key_pkey PRIMARY KEY (asker, key)
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  grant insert, select to app

inquiry_read: table with row security
  inquiry_id text not null
  person text not null
  late integer not null
  constraint inquiry_read_pkey PRIMARY KEY (inquiry_id, person)
  policy own permissive for select to app using ((person = dargah_person())) with check ()
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  grant insert, select, update to app

inquiry_tallied: table
  one boolean not null default true
  through date not null
  constraint inquiry_tallied_one_check CHECK (one)
  constraint inquiry_tallied_pkey PRIMARY KEY (one)
  grant insert, select, update to app

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

layer: table
  layer text not null
  title_fa text not null
  title_en text not null
  legal_fa text not null
  legal_en text not null
  constraint layer_pkey PRIMARY KEY (layer)
  grant select to app

layer_feature: table
  layer text not null
  id text not null
  body jsonb not null
  extent box not null
  constraint layer_feature_layer_fkey FOREIGN KEY (layer) REFERENCES layer(layer)
  constraint layer_feature_pkey PRIMARY KEY (layer, id)
  CREATE INDEX layer_feature_extent ON public.layer_feature USING gist (extent)
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

linkage_apart: table with row security
  one text not null
  other text not null
  constraint linkage_apart_pkey PRIMARY KEY (one, other)
  CREATE INDEX linkage_apart_other ON public.linkage_apart USING btree (other)
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  grant delete, insert, select, update to app

linkage_block: table with row security
  kind text not null
  pass smallint not null
  block text not null
  record bigint not null
  constraint linkage_block_pkey PRIMARY KEY (kind, pass, block, record)
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  grant delete, insert, select, update to app

linkage_doubt: table with row security
  one text not null
  other text not null
  kind text not null
  score double precision not null
  why text not null
  is_open boolean not null
  found_at timestamp with time zone not null
  constraint linkage_doubt_pkey PRIMARY KEY (one, other)
  constraint linkage_doubt_why_check CHECK ((why = ANY (ARRAY['doubt'::text, 'keys-differ'::text])))
  CREATE INDEX linkage_doubt_open ON public.linkage_doubt USING btree (kind, score DESC, one, other) WHERE is_open
  CREATE INDEX linkage_doubt_other ON public.linkage_doubt USING btree (other)
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  policy steward permissive for select to app using (( SELECT dargah_holds('steward'::text) AS dargah_holds)) with check ()
  grant delete, insert, select, update to app

linkage_event: table with row security
  seq bigint not null generated always as identity
  kind text not null
  type text not null
  one text not null
  other text
  by text not null
  at timestamp with time zone not null
  data jsonb not null
  key text
  constraint linkage_event_key_key UNIQUE (key)
  constraint linkage_event_pkey PRIMARY KEY (seq)
  CREATE INDEX linkage_event_one ON public.linkage_event USING btree (one, seq)
  CREATE INDEX linkage_event_other ON public.linkage_event USING btree (other, seq) WHERE (other IS NOT NULL)
  CREATE UNIQUE INDEX linkage_event_key_key ON public.linkage_event USING btree (key)
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  policy steward permissive for select to app using (( SELECT dargah_holds('steward'::text) AS dargah_holds)) with check ()
  grant insert, select to app

linkage_merge: table with row security
  merge text not null
  one text not null
  other text not null
  by text not null
  score double precision not null
  constraint linkage_merge_pkey PRIMARY KEY (merge)
  CREATE INDEX linkage_merge_one ON public.linkage_merge USING btree (one)
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  policy steward permissive for select to app using (( SELECT dargah_holds('steward'::text) AS dargah_holds)) with check ()
  grant delete, insert, select, update to app

look: table with row security
  subject text not null
  person text not null
  basis text not null
  what text not null
  slot bigint not null
  at timestamp with time zone not null
  role text not null
  unit text
  constraint look_basis_check CHECK ((basis = ANY (ARRAY['case'::text, 'registry'::text])))
  constraint look_pkey PRIMARY KEY (subject, slot, person, basis, what)
  CREATE INDEX look_latest ON public.look USING btree (subject, at DESC)
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  policy subject permissive for select to app using ((subject = dargah_subject())) with check ()
  grant insert, select to app

message: table with row security
  case_id text not null
  message_id text not null
  person text
  unit text
  key text not null
  text_fa text not null
  text_en text not null
  at timestamp with time zone not null
  link text
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

name_count: table with row security {fillfactor=70}
  kind text not null
  field text not null
  name text not null
  count bigint not null
  constraint name_count_pkey PRIMARY KEY (kind, field, name)
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  grant insert, select, update to app

name_total: table
  kind text not null
  field text not null
  total bigint not null
  squares numeric not null
  constraint name_total_pkey PRIMARY KEY (kind, field)
  grant insert, select, update to app

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

quality_day: table with row security
  source text not null
  day date not null
  figures jsonb not null
  constraint quality_day_pkey PRIMARY KEY (source, day)
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  policy staff permissive for select to app using ((( SELECT dargah_holds('steward'::text) AS dargah_holds) OR ( SELECT dargah_holds('infrastructure'::text) AS dargah_holds) OR dargah_keeps(source))) with check ()
  grant insert, select, update to app

register_correction: table with row security
  register text not null
  key text not null
  field text not null
  dispute text not null
  value jsonb not null
  replaced jsonb not null
  source text not null
  at timestamp with time zone not null
  constraint register_correction_pkey PRIMARY KEY (register, key, field, dispute)
  CREATE INDEX register_correction_owner ON public.register_correction USING btree (value) WHERE (field = 'ownerNationalId'::text)
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  grant insert, select to app

register_now: view {security_invoker=true}
  register text
  key text
  source text
  as_of timestamp with time zone
  version text
  body jsonb
  provenance jsonb
  grant select to app
 SELECT r.register,
    r.key,
    r.source,
    r.as_of,
    r.xmin::text || COALESCE(c.version, ''::text) AS version,
    r.body || COALESCE(c.body, '{}'::jsonb) AS body,
    COALESCE(r.provenance, '{}'::jsonb) || COALESCE(c.provenance, '{}'::jsonb) AS provenance
   FROM register_record r
     LEFT JOIN LATERAL ( SELECT jsonb_object_agg(latest.field, latest.value) AS body,
            jsonb_object_agg(latest.field, jsonb_build_object('source', 'correction:'::text || latest.source, 'record', latest.dispute, 'rule', 'correction', 'asOf', to_char((latest.at AT TIME ZONE 'UTC'::text), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'::text))) AS provenance,
            string_agg(' '::text || latest.dispute, ''::text ORDER BY latest.field) AS version
           FROM ( SELECT DISTINCT ON (register_correction.field) register_correction.register,
                    register_correction.key,
                    register_correction.field,
                    register_correction.dispute,
                    register_correction.value,
                    register_correction.replaced,
                    register_correction.source,
                    register_correction.at
                   FROM register_correction
                  WHERE register_correction.register = r.register AND register_correction.key = r.key
                  ORDER BY register_correction.field, register_correction.at DESC) latest
          WHERE COALESCE(r.body -> latest.field, 'null'::jsonb) <> latest.value AND (COALESCE(r.body -> latest.field, 'null'::jsonb) = latest.replaced OR COALESCE(((r.provenance -> latest.field) ->> 'asOf'::text)::timestamp with time zone, r.as_of) <= latest.at)) c ON true;

register_probe: table with row security
  person text not null
  day date not null
  probe text not null
  constraint register_probe_pkey PRIMARY KEY (person, day, probe)
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  grant insert, select to app

register_record: table with row security
  register text not null
  key text not null
  body jsonb not null
  source text not null
  as_of timestamp with time zone not null
  entity text
  provenance jsonb
  constraint register_record_pkey PRIMARY KEY (register, key)
  CREATE INDEX register_record_owner ON public.register_record USING btree (((body ->> 'ownerNationalId'::text))) WHERE (body ? 'ownerNationalId'::text)
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  grant delete, insert, select, update to app

registry_rules: table
  version text not null
  body jsonb not null
  published_at timestamp with time zone not null
  constraint registry_rules_pkey PRIMARY KEY (version)
  grant select to app

sample_inquiry: table with row security
  inquiry_id text not null
  contract text not null
  key text not null
  digest text not null
  asked_at timestamp with time zone not null
  ready_at timestamp with time zone not null
  state jsonb not null
  question jsonb not null
  answer jsonb
  constraint sample_inquiry_contract_key_key UNIQUE (contract, key)
  constraint sample_inquiry_pkey PRIMARY KEY (inquiry_id)
  CREATE UNIQUE INDEX sample_inquiry_contract_key_key ON public.sample_inquiry USING btree (contract, key)
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  grant delete, insert, select, update to app

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

source: table
  source text not null
  kind text not null
  owner text not null
  body jsonb not null
  published_at timestamp with time zone not null
  constraint source_pkey PRIMARY KEY (source)
  grant insert, select, update to app

source_load: table
  load_id text not null
  source text not null
  mode text not null
  status text not null
  config text not null
  began_by text not null
  began_at timestamp with time zone not null
  ended_at timestamp with time zone
  done real
  rows_read bigint not null default 0
  added bigint not null default 0
  changed bigint not null default 0
  unchanged bigint not null default 0
  rejected bigint not null default 0
  gone bigint not null default 0
  is_first boolean not null default false
  seen bigint not null default 0
  batch integer not null default 0
  "position" jsonb
  mark text
  extra text[] not null default '{}'::text[]
  trouble jsonb
  constraint source_load_mode_check CHECK ((mode = ANY (ARRAY['full'::text, 'incremental'::text, 'mended'::text])))
  constraint source_load_pkey PRIMARY KEY (load_id)
  constraint source_load_status_check CHECK ((status = ANY (ARRAY['running'::text, 'finished'::text, 'failed'::text])))
  CREATE INDEX source_load_latest ON public.source_load USING btree (source, began_at DESC)
  CREATE UNIQUE INDEX source_load_one ON public.source_load USING btree (source) WHERE (status = 'running'::text)
  grant insert, select, update to app

source_quality: table with row security
  source text not null
  tally jsonb not null
  constraint source_quality_pkey PRIMARY KEY (source)
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  grant insert, select, update to app

source_record: table with row security {fillfactor=80}
  source text not null
  key text not null
  kind text not null
  as_of timestamp with time zone not null
  fields jsonb not null
  load_id text not null
  entity text not null
  linked boolean not null default false
  gone_at timestamp with time zone
  number bigint
  form text
  counted jsonb
  constraint source_record_pkey PRIMARY KEY (source, key)
  CREATE INDEX source_record_entity ON public.source_record USING btree (entity)
  CREATE INDEX source_record_unlinked ON public.source_record USING btree (kind, source, key) WHERE (NOT linked)
  CREATE UNIQUE INDEX source_record_number ON public.source_record USING btree (number) WHERE (number IS NOT NULL)
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  policy steward permissive for select to app using (( SELECT dargah_holds('steward'::text) AS dargah_holds)) with check ()
  grant insert, select, update to app

source_record_before: table with row security
  source text not null
  key text not null
  replaced_at timestamp with time zone not null
  as_of timestamp with time zone not null
  fields jsonb not null
  constraint source_record_before_pkey PRIMARY KEY (source, key, replaced_at)
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  policy steward permissive for select to app using (( SELECT dargah_holds('steward'::text) AS dargah_holds)) with check ()
  grant insert, select to app

source_rejection: table with row security
  load_id text not null
  seq bigint not null
  place text not null
  field text
  code text not null
  facts jsonb not null default '{}'::jsonb
  raw jsonb
  constraint source_rejection_pkey PRIMARY KEY (load_id, seq)
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  grant insert, select to app

source_seen: table
  source text not null
  key text not null
  batch integer not null
  constraint source_seen_pkey PRIMARY KEY (source, key)
  grant delete, insert, select to app

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

webhook_delivery: table with row security
  delivery_id text not null
  contract text not null
  inquiry_id text not null
  body jsonb not null
  created_at timestamp with time zone not null
  due_at timestamp with time zone not null
  leased_until timestamp with time zone not null default '-infinity'::timestamp with time zone
  attempts integer not null default 0
  status text not null default 'waiting'::text
  outcomes jsonb not null default '[]'::jsonb
  constraint webhook_delivery_pkey PRIMARY KEY (delivery_id)
  constraint webhook_delivery_status_check CHECK ((status = ANY (ARRAY['waiting'::text, 'delivered'::text, 'given-up'::text])))
  CREATE INDEX webhook_delivery_contract ON public.webhook_delivery USING btree (contract, created_at DESC)
  CREATE INDEX webhook_delivery_due ON public.webhook_delivery USING btree (due_at) WHERE (status = 'waiting'::text)
  policy road permissive for all to app using (dargah_road()) with check (dargah_road())
  grant insert, select, update to app

CREATE OR REPLACE FUNCTION public.answered_inquiries(since timestamp with time zone, before timestamp with time zone)
 RETURNS TABLE(day date, type text, asker text, answerer text, bucket smallint, answered integer)
 LANGUAGE sql
 STABLE
 SET search_path TO '$user', 'public'
AS $function$
    select (i.answered_at at time zone 'Asia/Tehran')::date, i.type,
      case when i.case_id is null then 'organisation:' || i.organisation else 'unit:' || i.asker_unit end,
      case i.state #>> '{answer,provenance,responder}'
        when 'register' then 'register'
        else (i.state #>> '{answer,provenance,responder}') || ':' || (i.state #>> '{answer,provenance,source}') end,
      floor(8 * ln(1 + greatest(0, extract(epoch from i.answered_at - i.asked_at))::float8) / ln(2::float8))::smallint,
      count(*)::int
    from inquiry i
    where i.answered_at >= since and i.answered_at < before
      and (i.contract is null or i.contract not in (select c.contract from contract c where c.body -> 'test' = 'true'))
    group by 1, 2, 3, 4, 5
  $function$

-- executed by public, app

CREATE OR REPLACE FUNCTION public.dargah_holds(wanted text)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select exists (select 1 from assignment where person_id = dargah_person() and role = wanted) $function$

CREATE OR REPLACE FUNCTION public.dargah_keeps(wanted text)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select exists (select 1 from source s join assignment a on a.unit_id = s.owner
    where s.source = wanted and a.person_id = dargah_person() and a.role in ('owner', 'officer')) $function$

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

CREATE OR REPLACE FUNCTION public.dargah_runs()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (current_setting('dargah.runs'::text, true) = 'yes'::text)

CREATE OR REPLACE FUNCTION public.dargah_sees(wanted text)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select exists (select 1 from case_state where case_id = wanted) $function$

CREATE OR REPLACE FUNCTION public.dargah_steward()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select exists (select 1 from assignment where person_id = dargah_person() and role = 'steward') $function$

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

CREATE OR REPLACE FUNCTION public.dead_inquiries()
 RETURNS TABLE(inquiry_id text, type text, owner text, connector text, asked_at timestamp with time zone, due_at timestamp with time zone, died_at timestamp with time zone, tries integer, fault text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO '$user', 'public'
AS $function$
    select i.inquiry_id, i.type, i.owner, c.connector, i.asked_at, i.due_at, (i.state #>> '{died,at}')::timestamptz, c.tries, c.fault
    from inquiry i left join inquiry_call c on c.inquiry_id = i.inquiry_id
    where i.status = 'dead' and (dargah_runs() or i.owner = any (dargah_units()))
  $function$

-- executed by public, app

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

CREATE OR REPLACE FUNCTION public.geometries_in(wanted_register text, wanted box, most integer)
 RETURNS TABLE(key text, body jsonb)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO '$user', 'public'
AS $function$
    with met as materialized (select g.register, g.key, g.body from geometry g where g.extent && wanted and (select dargah_road()))
    select met.key, met.body from met where met.register = wanted_register order by met.key limit most $function$

-- executed by app

CREATE OR REPLACE FUNCTION public.tell_partner()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into webhook_delivery (delivery_id, contract, inquiry_id, body, created_at, due_at)
  select 'msg_' || new.inquiry_id || '_' || new.seq, new.contract, new.inquiry_id,
    jsonb_build_object('id', new.inquiry_id, 'inquiryType', new.type, 'status', new.status), clock_timestamp(), '-infinity'
  from contract_hook h where h.contract = new.contract
  on conflict (delivery_id) do nothing;
  return null;
end $function$

CREATE OR REPLACE FUNCTION public.verify_document(wanted text)
 RETURNS TABLE(number text, kind text, service text, title_fa text, title_en text, issued_at timestamp with time zone, valid_until timestamp with time zone, status text, revoked_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO '$user', 'public'
AS $function$ select number, kind, service, title_fa, title_en, issued_at, valid_until, status, revoked_at from document where code = wanted $function$

-- executed by public, app
