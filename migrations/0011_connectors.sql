-- Systems outside that the city asks: how, how they are, which questions wait for them, what passed over the wire, and the questions nobody could answer.

create table connector (
  connector text primary key,
  body jsonb not null,
  published_at timestamptz not null
);

-- The circuit breaker of each: one row, so that all servers know of a dead partner.
create table connector_circuit (
  connector text primary key,
  version int not null default 0,
  circuit jsonb not null,
  succeeded_at timestamptz,
  faltered_at timestamptz,
  fault text
);

-- Calls by the hour: what an error rate is told from.
create table connector_hour (
  connector text not null,
  hour timestamptz not null,
  calls int not null default 0,
  faults int not null default 0,
  primary key (connector, hour)
);

-- A question that waits for a connector: written by the step that gave it the turn, claimed by key with a lease. Holds nothing of the question.
create table inquiry_call (
  inquiry_id text primary key,
  connector text not null,
  since timestamptz not null,
  next_at timestamptz not null,
  leased_until timestamptz not null default '-infinity',
  tries int not null default 0,
  fault text
);
create index inquiry_call_due on inquiry_call (connector, next_at);

-- Question and answer as they went over the wire. An inquiry may have several: it may have been asked again.
create table inquiry_exchange (
  inquiry_id text not null,
  at timestamptz not null,
  connector text not null,
  question jsonb not null,
  answer jsonb not null,
  primary key (inquiry_id, at)
);

-- The unit that owns the question sees what nobody could answer.
alter table inquiry add column owner text;
update inquiry i set owner = substring(t.files ->> 'inquiry.yaml' from '(?:^|\n)owner:\s*([\w-]+)')
from inquiry_type t where t.definition = i.definition;
create index inquiry_dead on inquiry (owner, asked_at, inquiry_id) where status = 'dead';
-- Silence is noted on the dead too.
drop index inquiry_due;
create index inquiry_due on inquiry (due_at) where status in ('asked', 'waiting', 'dead') and not (state ? 'silentAt');

-- Whoever runs the connectors (role infrastructure).
create function dargah_runs() returns boolean language sql stable parallel safe
  return current_setting('dargah.runs', true) = 'yes';

create policy owner on inquiry for select to app using (status = 'dead' and owner = any (dargah_units()));
alter table inquiry_call enable row level security;
create policy road on inquiry_call for all to app using (dargah_road()) with check (dargah_road());
create policy runs on inquiry_call for select to app using (dargah_runs());
alter table inquiry_exchange enable row level security;
create policy road on inquiry_exchange for all to app using (dargah_road()) with check (dargah_road());

-- What may be known of the dead by whoever runs the connectors: never a question, a person or an officer's words.
create function dead_inquiries()
  returns table (inquiry_id text, type text, owner text, connector text, asked_at timestamptz, due_at timestamptz, died_at timestamptz, tries int, fault text)
  language sql stable security definer set search_path from current
  as $$
    select i.inquiry_id, i.type, i.owner, c.connector, i.asked_at, i.due_at, (i.state #>> '{died,at}')::timestamptz, c.tries, c.fault
    from inquiry i left join inquiry_call c on c.inquiry_id = i.inquiry_id
    where i.status = 'dead' and (dargah_runs() or i.owner = any (dargah_units()))
  $$;

grant select on connector, connector_circuit, connector_hour, inquiry_call, inquiry_exchange to app;
grant insert, update on connector_circuit, connector_hour, inquiry_call to app;
grant insert on inquiry_exchange to app;
grant delete on inquiry_call to app;
grant execute on function dead_inquiries() to app;
