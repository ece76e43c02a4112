-- Inquiries inside the city: what a unit has to answer and what it has asked, reminders and escalations, answers in a batch, and letters avoided.

-- Read out of the state, so that a list needs no other statement to keep them.
alter table inquiry
  -- The unit whose case or officer asked.
  add column asker_unit text generated always as (state #>> '{asker,unit}') stored,
  add column forwards int generated always as (jsonb_array_length(state -> 'forwarded')) stored,
  -- Answers that came after silence had fallen, or after the end.
  add column late int generated always as
    (jsonb_array_length(state -> 'late') + case when state ? 'answer' and state ? 'silentAt' then 1 else 0 end) stored,
  add column escalated boolean generated always as (state ? 'escalatedAt') stored;
create index inquiry_sent on inquiry (asker_unit, asked_at desc, inquiry_id desc) where asker_unit is not null;
create index inquiry_sent_open on inquiry (asker_unit, asked_at desc, inquiry_id desc)
  where asker_unit is not null and status in ('asked', 'waiting', 'dead');
create index inquiry_sent_silent on inquiry (asker_unit, asked_at desc, inquiry_id desc)
  where asker_unit is not null and (status in ('silent', 'given-up') or escalated);
create index inquiry_sent_late on inquiry (asker_unit, asked_at desc, inquiry_id desc) where asker_unit is not null and late > 0;
create index inquiry_answered on inquiry (answered_at) where answered_at is not null;
-- Texts of one shape compare as the instants they are.
create index inquiry_remind on inquiry ((state ->> 'remindAt'))
  where status = 'waiting' and unit is not null and not (state ?| array['remindedAt', 'silentAt']);
create index inquiry_escalated on inquiry ((state ->> 'escalatedAt'))
  where escalated and status in ('asked', 'waiting', 'dead') and not (state ? 'escalatedAgainAt');

-- Policies are asked in the reverse order of their names until one holds: those that look into a case or a document must not come first.
-- A unit sees what it asked, also while no unit works the case yet.
create policy unit_asking on inquiry for select to app using (asker_unit = any (dargah_units()));
-- A unit that gave an inquiry away sees what became of it.
create policy forwarder on inquiry for select to app
  using (forwards > 0 and jsonb_path_query_array(state, '$.forwarded[*].from') ?| dargah_units());
-- The owner of a question sees where it met silence.
create policy owner_escalated on inquiry for select to app using (escalated and owner = any (dargah_units()));

-- A message may be about something else than a case: where it leads.
alter table message add column link text;

-- How many late answers of an inquiry somebody has seen: what is beyond is new to them.
create table inquiry_read (
  inquiry_id text not null,
  person text not null,
  late int not null,
  primary key (inquiry_id, person)
);
alter table inquiry_read enable row level security;
create policy road on inquiry_read for all to app using (dargah_road()) with check (dargah_road());
create policy own on inquiry_read for select to app using (person = dargah_person());

-- A late answer is told to a program's system like any other: the status stays, so that its own trigger does not see it.
create trigger tell_partner_late after update on inquiry for each row
  when (new.contract is not null and new.asker = 'client:' || new.contract and old.status = new.status and new.late > old.late)
  execute function tell_partner();

-- Like questions answered together: each is answered as its own inquiry; here is what became of each.
create table inquiry_batch (
  batch_id text primary key,
  person text not null,
  unit text not null,
  type text not null,
  made_at timestamptz not null,
  stirred_at timestamptz not null
);
create index inquiry_batch_person on inquiry_batch (person, made_at desc);
create table inquiry_batch_row (
  batch_id text not null,
  seq int not null,
  inquiry_id text not null,
  -- Gone once it is recorded with the inquiry.
  value jsonb,
  outcome text not null default 'waiting' check (outcome in ('waiting', 'answered', 'refused')),
  problem jsonb,
  primary key (batch_id, seq)
);
alter table inquiry_batch enable row level security;
create policy road on inquiry_batch for all to app using (dargah_road()) with check (dargah_road());
create policy own on inquiry_batch for select to app using (person = dargah_person());
alter table inquiry_batch_row enable row level security;
create policy road on inquiry_batch_row for all to app using (dargah_road()) with check (dargah_road());
create policy own on inquiry_batch_row for select to app
  using (exists (select 1 from inquiry_batch b where b.batch_id = inquiry_batch_row.batch_id));

-- Answered inquiries by day of the city, added up once the day is over: figures never read a past inquiry twice.
-- asker: unit:<id> or organisation:<id>; answerer: register, unit:<id> or connector:<id>; bucket: how long it took, in classes (inquiry-figures.ts).
create table inquiry_day (
  day date not null,
  type text not null,
  asker text not null,
  answerer text not null,
  bucket smallint not null,
  answered int not null,
  primary key (day, type, asker, answerer, bucket)
);
create index inquiry_day_asker on inquiry_day (asker, day);
create index inquiry_day_answerer on inquiry_day (answerer, day);
create table inquiry_tallied (
  one boolean primary key default true check (one),
  through date not null
);

-- What was answered from one moment to another, added up. Sample questions of the test environment are none.
create function answered_inquiries(since timestamptz, before timestamptz)
  returns table (day date, type text, asker text, answerer text, bucket smallint, answered int)
  language sql stable set search_path from current
  as $$
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
  $$;

grant select on inquiry_read, inquiry_batch, inquiry_batch_row, inquiry_day, inquiry_tallied to app;
grant insert, update on inquiry_read, inquiry_batch, inquiry_batch_row, inquiry_tallied to app;
grant insert on inquiry_day to app;
grant execute on function answered_inquiries(timestamptz, timestamptz) to app;
