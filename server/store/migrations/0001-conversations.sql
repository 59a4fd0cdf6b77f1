-- Conversations, their log, and all that one event writes.
--
-- Laws, held by commit_event below:
--   1. One event is one call, and one call is one transaction: row, deadline, log, key, effects' jobs and figures, or
--      nothing.
--   2. An event is written on the version it was decided on, or not at all: then the answer is `conflict`.
--   3. A key is written with the event it belongs to, so it answers for ever what was answered first.
--   4. Who gives an agent work locks the agent's row before the conversation's: no load passes its capacity.
--   5. `wake_at` is when somebody looks at a conversation's deadlines: never later than the next one is due. It is
--      written with the event; the job that keeps the time is only its alarm clock, and is added just after, many at
--      once (`arm_wakes`): add_job inside the transaction would take 5,800 first events a second down to 1,500.

create table baton.conversations (
  id text primary key,
  flow text not null,
  flow_version integer not null,
  version integer not null,
  seq integer not null,
  epoch integer not null,
  snapshot text not null,
  phase text not null,
  state text not null,
  node text not null,
  owner text not null,
  channel text not null,
  language text not null,
  customer text not null,
  customer_key text,
  started_at bigint not null,
  at bigint not null,
  agent text,
  team text,
  priority double precision,
  waiting_since bigint,
  needs text,
  offered_to text,
  offered_until bigint,
  asked_at bigint,
  next_due bigint,
  wake_at bigint,
  wake_earlier boolean not null default false,
  closed_at bigint,
  close_reason text
) with (fillfactor = 50);

-- Every event rewrites the row. Compressed and inline (a snapshot of 4.8 kB becomes 1.2 kB), the new row fits beside
-- the old one on its page and no index changes: 2.1 kB of WAL an event instead of 6.1, and the table does not grow.
alter table baton.conversations alter column snapshot set storage main;

create index conversations_newest on baton.conversations (started_at desc, id desc);
create index conversations_open on baton.conversations (phase) where closed_at is null;
create index conversations_queue on baton.conversations (team, priority desc, waiting_since, id)
  where waiting_since is not null;
create index conversations_agent on baton.conversations (agent) where agent is not null;
create index conversations_offered on baton.conversations (offered_to) where offered_to is not null;
create index conversations_customer on baton.conversations (customer_key, started_at desc)
  where customer_key is not null;
create index conversations_wake on baton.conversations (wake_at) where wake_at is not null;

-- One row an event. `token` tells the writer, after a lost connection, whether the row is its own.
create table baton.log (
  conversation text not null,
  seq integer not null,
  first_seq integer not null,
  version integer not null,
  at bigint not null,
  token bigint not null,
  entries text not null,
  primary key (conversation, seq)
);

create table baton.keys (
  conversation text not null,
  key text not null,
  body text not null,
  answer text not null,
  at bigint not null,
  primary key (conversation, key)
);
create index keys_age on baton.keys using brin (at);

create table baton.agents (
  id text primary key,
  name text not null,
  teams text[] not null,
  skills text not null,
  languages text[] not null,
  channels text[] not null,
  capacity integer not null,
  presence text not null default 'offline',
  presence_at bigint not null
);

create table baton.teams (id text primary key, name text not null, offer_for text);
create table baton.schedules (id text primary key, name text, schedule text not null);

-- One row each time a conversation waits for a person, from joining the queue to the end of that person's part.
create table baton.handoffs (
  id bigint generated always as identity primary key,
  conversation text not null,
  flow text not null,
  team text not null,
  reason text not null,
  signals text[] not null,
  waiting_since bigint not null,
  entered_at bigint not null,
  agent text,
  accepted_at bigint,
  left_at bigint,
  left_why text,
  finished_at bigint
);
create unique index handoffs_running on baton.handoffs (conversation) where finished_at is null;
create index handoffs_entered on baton.handoffs (entered_at);
create index handoffs_finished on baton.handoffs (team, finished_at desc)
  where accepted_at is not null and finished_at is not null;
create index handoffs_agent on baton.handoffs (agent, finished_at desc) where agent is not null;

create table baton.dead_letters (
  id text primary key,
  conversation text not null,
  type text not null,
  attempts integer not null,
  error text not null,
  effect text not null,
  at bigint not null
);

-- One job a conversation, at its `wake_at`; `p_now` is the clock by which deadlines are meant. One NOTIFY for all.
create function baton.arm_wakes(p_ids text[], p_now bigint) returns void language plpgsql as $$
begin
  perform graphile_worker.add_jobs(array(
    select ('wake', json_build_object('conversation', c.id), null,
      clock_timestamp() + greatest(c.wake_at - p_now, 0) * interval '1 millisecond',
      1000::smallint, 'wake:' || c.id, null, null
    )::graphile_worker.job_spec
    from baton.conversations c where c.id = any(p_ids) and c.wake_at is not null));
end $$;

-- The figures of a handoff: {"did": "entered" | "accepted" | "left" | "finished", ...}.
create function baton.note_handoff(p_id text, p_flow text, p_at bigint, p_step json) returns void language plpgsql as $$
begin
  case p_step->>'did'
    when 'entered' then
      insert into baton.handoffs (conversation, flow, team, reason, signals, waiting_since, entered_at)
      values (p_id, p_flow, p_step->>'team', p_step->>'reason',
        array(select json_array_elements_text(p_step->'signals')), (p_step->>'since')::bigint, p_at);
    when 'accepted' then
      update baton.handoffs set agent = p_step->>'agent', accepted_at = p_at, team = coalesce(p_step->>'team', team)
      where conversation = p_id and finished_at is null;
    when 'left' then
      update baton.handoffs set left_at = p_at, left_why = p_step->>'why', finished_at = p_at
      where conversation = p_id and finished_at is null;
    when 'finished' then
      update baton.handoffs set finished_at = p_at where conversation = p_id and finished_at is null;
  end case;
end $$;

-- Writes one decided event. `p_base` is the version it was decided on, 0 for the first. `p_reserve` names the agent who
-- is given work by it, `p_reserve_online` whether that agent must be online (an offer) or not (an accept).
-- `wake` says that `wake_at` now comes earlier than any job that was added for it.
-- Answers `committed`, `conflict`, `missing`, `exists`, `replayed` (with what was answered first), `key-reused`,
-- `agent-unknown`, `agent-full` or `agent-absent`; only `committed` has written anything.
create function baton.commit_event(
  p_id text, p_base integer, p_version integer, p_token bigint, p_first_seq integer, p_seq integer, p_epoch integer,
  p_at bigint, p_now bigint, p_flow text, p_flow_version integer, p_snapshot text, p_entries text,
  p_phase text, p_state text, p_node text, p_owner text, p_channel text, p_language text,
  p_customer text, p_customer_key text,
  p_agent text, p_team text, p_priority double precision, p_waiting_since bigint, p_needs text,
  p_offered_to text, p_offered_until bigint, p_asked_at bigint, p_next_due bigint,
  p_closed_at bigint, p_close_reason text,
  p_key text, p_body text, p_answer text, p_reserve text, p_reserve_online boolean, p_jobs text, p_handoff text,
  out outcome text, out answer text, out wake boolean
) language plpgsql as $$
declare
  v_body text;
  v_capacity integer;
  v_presence text;
  v_job json;
begin
  if p_key is not null then
    select k.body, k.answer into v_body, answer from baton.keys k where k.conversation = p_id and k.key = p_key;
    if found then
      outcome := case when v_body = p_body then 'replayed' else 'key-reused' end;
      return;
    end if;
  end if;

  if p_reserve is not null then
    select a.capacity, a.presence into v_capacity, v_presence
    from baton.agents a where a.id = p_reserve for no key update;
    if not found then outcome := 'agent-unknown'; return; end if;
    if p_reserve_online and v_presence <> 'online' then outcome := 'agent-absent'; return; end if;
    if v_capacity <= (select count(*) from baton.conversations c
        where (c.agent = p_reserve or c.offered_to = p_reserve) and c.id <> p_id) then
      outcome := 'agent-full';
      return;
    end if;
  end if;

  if p_base = 0 then
    insert into baton.conversations (id, flow, flow_version, version, seq, epoch, snapshot, phase, state, node, owner,
      channel, language, customer, customer_key, started_at, at, agent, team, priority, waiting_since, needs,
      offered_to, offered_until,
      next_due, wake_at, closed_at, close_reason)
    values (p_id, p_flow, p_flow_version, p_version, p_seq, p_epoch, p_snapshot, p_phase, p_state, p_node, p_owner,
      p_channel, p_language, p_customer, p_customer_key, p_at, p_at, p_agent, p_team, p_priority,
      p_waiting_since, p_needs, p_offered_to, p_offered_until, p_next_due, p_next_due, p_closed_at, p_close_reason)
    on conflict do nothing;
    if not found then outcome := 'exists'; return; end if;
    wake := p_next_due is not null;
  else
    -- One statement locks the row, checks the version and writes; the right-hand sides see the row as it was.
    update baton.conversations c set
      version = p_version, seq = p_seq, epoch = p_epoch, snapshot = p_snapshot,
      phase = p_phase, state = p_state, node = p_node, owner = p_owner, language = p_language,
      customer = coalesce(p_customer, customer), at = p_at,
      customer_key = case when p_customer is null then customer_key else p_customer_key end,
      agent = p_agent, team = coalesce(p_team, team), priority = p_priority, waiting_since = p_waiting_since,
      needs = p_needs, offered_to = p_offered_to, offered_until = p_offered_until,
      asked_at = coalesce(p_asked_at, asked_at),
      next_due = p_next_due,
      wake_earlier = p_next_due is not null and (c.wake_at is null or p_next_due < c.wake_at),
      wake_at = case when c.wake_at is null or p_next_due < c.wake_at then p_next_due else c.wake_at end,
      closed_at = p_closed_at, close_reason = p_close_reason
    where c.id = p_id and c.version = p_base
    returning c.wake_earlier into wake;
    if not found then
      outcome := case when exists (select from baton.conversations where id = p_id) then 'conflict' else 'missing' end;
      return;
    end if;
  end if;

  insert into baton.log (conversation, seq, first_seq, version, at, token, entries)
  values (p_id, p_seq, p_first_seq, p_version, p_at, p_token, p_entries);

  if p_key is not null then
    insert into baton.keys (conversation, key, body, answer, at) values (p_id, p_key, p_body, p_answer, p_now);
  end if;
  if p_jobs is not null then
    for v_job in select value from json_array_elements(p_jobs::json) loop
      perform graphile_worker.add_job(v_job->>'task', v_job->'payload', max_attempts => 1000, job_key => v_job->>'key');
    end loop;
  end if;
  if p_handoff is not null then
    for v_job in select value from json_array_elements(p_handoff::json) loop
      perform baton.note_handoff(p_id, p_flow, p_at, v_job);
    end loop;
  end if;
  outcome := 'committed';
  answer := null;
end $$;
