-- The right person: the order by turn, what each conversation asks for as a key, weights, and who lets offers pass.
--
-- Laws, added to those of 0001, 0003 and 0004:
--   10. Who waits for a person has a row in `queue`, written by the same commit: narrow rows, because all of them are
--       looked at for every place and forecast (10,000 rows of `conversations` are 80 MB, of `queue` 5). `needs_key` is
--       set while it may be offered to somebody: it is not offered, and its customer is there. Equal needs have equal
--       keys, so that a long queue is matched key by key, the first of each by `turn`.
--   11. A conversation takes the room that its team gives its channel (`weight`), as it was when it last waited. An
--       agent's load is the sum of the weights held, offered and wrapped up, and never passes the capacity: the agent's
--       row is held while it is counted.
--   12. Who lets offers pass `away_after` times in a row is away, by the same commit that ends the last of them. Taking
--       or declining one, or coming online, begins to count anew. Bots do not get tired.

drop index baton.conversations_queue;
alter table baton.conversations
  drop column needs,
  drop column asked_at,
  add column weight double precision not null default 1;

create table baton.queue (
  id text collate "C" primary key,
  team text not null,
  teams text[] not null,
  priority double precision not null,
  waiting_since bigint not null,
  turn bigint not null,
  channel text not null,
  needs text not null,
  needs_key text collate "C",
  weight double precision not null,
  offered boolean not null,
  asked_at bigint
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
create index queue_matchable on baton.queue (needs_key, turn, id) where needs_key is not null;

-- `saved` grows with every change of a profile: their sum tells a node whether the profiles that it keeps are the
-- newest.
create sequence baton.agents_saved;
alter table baton.agents
  add column saved bigint not null default nextval('baton.agents_saved'),
  add column tiers text[] not null default '{}',
  add column bot text,
  add column missed integer not null default 0,
  add column away_because text check (away_because = 'missed');

alter table baton.teams
  add column policy text not null default 'leastLoaded' check (policy in ('leastLoaded', 'longestIdle')),
  add column weights jsonb not null default '{}',
  add column away_after integer not null default 2 check (away_after >= 0);

-- What was asked for and what was told on joining. `stretch` is what the forecast was multiplied by to become `within`.
alter table baton.handoffs
  add column needs text,
  add column priority double precision,
  add column channel text,
  add column weight double precision not null default 1,
  add column expected bigint,
  add column within bigint,
  add column stretch double precision not null default 1;
create index handoffs_conversation on baton.handoffs (conversation);
create index handoffs_accepted on baton.handoffs (team, accepted_at desc) where accepted_at is not null;

-- The room taken of an agent by all but one conversation. One statement, one look: a conversation that just ends counts
-- as held or as being wrapped up, never as neither.
create function baton.load_of(p_agent text, p_but text, p_now bigint) returns double precision language sql stable as $$
  select coalesce((select sum(c.weight) from baton.conversations c
      where (c.agent = p_agent or c.offered_to = p_agent) and c.id <> p_but), 0)
    + coalesce((select sum(h.weight) from baton.handoffs h
      where h.agent = p_agent and h.wrap_until > p_now and h.conversation <> p_but), 0)
$$;

-- The figures of a handoff: {"did": "entered" | "accepted" | "left" | "finished", ...}.
create or replace function baton.note_handoff(p_id text, p_flow text, p_at bigint, p_step json) returns void
language plpgsql as $$
begin
  case p_step->>'did'
    when 'entered' then
      insert into baton.handoffs (conversation, flow, team, reason, signals, waiting_since, entered_at,
        needs, priority, channel, weight, expected, within, stretch)
      select p_id, p_flow, p_step->>'team', p_step->>'reason',
        array(select json_array_elements_text(p_step->'signals')), (p_step->>'since')::bigint, p_at,
        p_step->>'needs', (p_step->>'priority')::double precision, c.channel, c.weight,
        (p_step->>'expected')::bigint, (p_step->>'within')::bigint,
        coalesce((p_step->>'stretch')::double precision, 1)
      from baton.conversations c where c.id = p_id;
    when 'accepted' then
      update baton.handoffs set agent = p_step->>'agent', accepted_at = p_at, team = coalesce(p_step->>'team', team)
      where conversation = p_id and finished_at is null;
      -- Who takes a conversation up again has it in hand: wrapping it up is over.
      update baton.handoffs set wrap_until = p_at
      where agent = p_step->>'agent' and wrap_until > p_at and conversation = p_id;
    when 'left' then
      update baton.handoffs set left_at = p_at, left_why = p_step->>'why', finished_at = p_at
      where conversation = p_id and finished_at is null;
    when 'finished' then
      update baton.handoffs set finished_at = p_at, wrap_until = (p_step->>'wrapUntil')::bigint
      where conversation = p_id and finished_at is null;
  end case;
end $$;

-- Counts an offer that the agent let pass, or begins to count anew. Their row is held by the caller. True when the
-- agent is away by it; then a job draws the consequences, as it does for who goes away by themselves.
create function baton.note_answer(p_agent text, p_did text, p_team text, p_now bigint) returns boolean
language plpgsql as $$
declare
  v_agent baton.agents;
  v_most integer;
begin
  select * into v_agent from baton.agents a where a.id = p_agent;
  if not found or v_agent.bot is not null then return false; end if;
  if p_did <> 'misses' then
    if v_agent.missed > 0 then update baton.agents set missed = 0 where id = p_agent; end if;
    return false;
  end if;
  v_most := coalesce((select t.away_after from baton.teams t where t.id = p_team), 2);
  if v_agent.presence <> 'online' or v_most = 0 or v_agent.missed + 1 < v_most then
    update baton.agents set missed = missed + 1 where id = p_agent;
    return false;
  end if;
  update baton.agents set missed = missed + 1, presence = 'away', presence_at = p_now, away_because = 'missed'
  where id = p_agent;
  perform graphile_worker.add_job('presence', json_build_object('agent', p_agent), job_key => 'presence:' || p_agent,
    max_attempts => 1000);
  return true;
end $$;

drop function baton.commit_event;

-- Writes one decided event. `p_base` is the version it was decided on, 0 for the first. `p_person` names the agent
-- whose work it touches and `p_does` how: `offered` (there must be room, and the agent online), `accepts` (there must
-- be room), `declines` or `misses` an offer. `wake` says that `wake_at` now comes earlier than any job that was added
-- for it, `away` that the agent is away by it. A job's `at` is by the same clock as `p_now`; one without runs as soon
-- as it can. Answers `committed`, `conflict`, `missing`, `exists`, `replayed` (with what was answered first),
-- `key-reused`, `agent-unknown`, `agent-full` or `agent-absent`; only `committed` has written anything.
create function baton.commit_event(
  p_id text, p_base integer, p_version integer, p_token bigint, p_first_seq integer, p_seq integer, p_epoch integer,
  p_at bigint, p_now bigint, p_flow text, p_flow_version integer, p_snapshot text, p_entries text,
  p_phase text, p_state text, p_node text, p_owner text, p_channel text, p_language text,
  p_customer text, p_customer_key text,
  p_agent text, p_team text, p_teams text[], p_priority double precision, p_waiting_since bigint, p_turn bigint,
  p_needs text, p_needs_key text, p_asked_at bigint, p_left boolean,
  p_offered_to text, p_offered_until bigint, p_next_due bigint,
  p_closed_at bigint, p_close_reason text,
  p_key text, p_body text, p_answer text, p_person text, p_does text, p_jobs text, p_handoff text,
  out outcome text, out answer text, out wake boolean, out away boolean
) language plpgsql as $$
declare
  v_body text;
  v_capacity integer;
  v_presence text;
  v_weight double precision := 1;
  v_job json;
begin
  if p_key is not null then
    select k.body, k.answer into v_body, answer from baton.keys k where k.conversation = p_id and k.key = p_key;
    if found then
      outcome := case when v_body = p_body then 'replayed' else 'key-reused' end;
      return;
    end if;
  end if;

  if p_waiting_since is not null then
    select (t.weights->>p_channel)::double precision into v_weight from baton.teams t where t.id = p_team;
    v_weight := coalesce(v_weight, 1);
  elsif p_does = 'accepts' then
    select c.weight into v_weight from baton.conversations c where c.id = p_id;
  end if;

  if p_person is not null then
    select a.capacity, a.presence into v_capacity, v_presence
    from baton.agents a where a.id = p_person for no key update;
    if p_does in ('offered', 'accepts') then
      if not found then outcome := 'agent-unknown'; return; end if;
      if p_does = 'offered' and v_presence <> 'online' then outcome := 'agent-absent'; return; end if;
      if baton.load_of(p_person, p_id, p_now) + v_weight > v_capacity then outcome := 'agent-full'; return; end if;
    end if;
  end if;

  if p_base = 0 then
    insert into baton.conversations (id, flow, flow_version, version, seq, epoch, snapshot, phase, state, node, owner,
      channel, language, customer, customer_key, started_at, at, agent, team, priority, waiting_since, weight,
      offered_to, offered_until, next_due, wake_at, closed_at, close_reason)
    values (p_id, p_flow, p_flow_version, p_version, p_seq, p_epoch, p_snapshot, p_phase, p_state, p_node, p_owner,
      p_channel, p_language, p_customer, p_customer_key, p_at, p_at, p_agent, p_team, p_priority, p_waiting_since,
      v_weight, p_offered_to, p_offered_until, p_next_due, p_next_due, p_closed_at, p_close_reason)
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
      weight = case when p_waiting_since is null then c.weight else v_weight end,
      offered_to = p_offered_to, offered_until = p_offered_until,
      next_due = p_next_due,
      wake_earlier = p_next_due is not null and (c.wake_at is null or p_next_due < c.wake_at),
      wake_at = case
        when p_closed_at is not null then null
        when c.wake_at is null or p_next_due < c.wake_at then p_next_due
        else c.wake_at end,
      closed_at = p_closed_at, close_reason = p_close_reason
    where c.id = p_id and c.version = p_base
    returning c.wake_earlier into wake;
    if not found then
      outcome := case when exists (select from baton.conversations where id = p_id) then 'conflict' else 'missing' end;
      return;
    end if;
    if p_closed_at is not null then perform graphile_worker.remove_job('wake:' || p_id); end if;
  end if;

  if p_waiting_since is not null then
    insert into baton.queue as q (id, team, teams, priority, waiting_since, turn, channel, needs, needs_key, weight,
      offered, asked_at)
    values (p_id, p_team, p_teams, p_priority, p_waiting_since, p_turn, p_channel, p_needs, p_needs_key, v_weight,
      p_offered_to is not null, p_asked_at)
    on conflict (id) do update set
      team = excluded.team, teams = excluded.teams, priority = excluded.priority,
      waiting_since = excluded.waiting_since, turn = excluded.turn, needs = excluded.needs,
      needs_key = excluded.needs_key, weight = excluded.weight, offered = excluded.offered,
      asked_at = coalesce(excluded.asked_at, q.asked_at);
  elsif p_left then
    delete from baton.queue where id = p_id;
  end if;

  insert into baton.log (conversation, seq, first_seq, version, at, token, entries)
  values (p_id, p_seq, p_first_seq, p_version, p_at, p_token, p_entries);

  if p_key is not null then
    insert into baton.keys (conversation, key, body, answer, at) values (p_id, p_key, p_body, p_answer, p_now);
  end if;
  if p_jobs is not null then
    for v_job in select value from json_array_elements(p_jobs::json) loop
      perform graphile_worker.add_job(v_job->>'task', v_job->'payload', max_attempts => 1000, job_key => v_job->>'key',
        run_at => clock_timestamp()
          + greatest((v_job->>'at')::bigint - p_now, 0) * interval '1 millisecond');
    end loop;
  end if;
  if p_handoff is not null then
    for v_job in select value from json_array_elements(p_handoff::json) loop
      perform baton.note_handoff(p_id, p_flow, p_at, v_job);
    end loop;
  end if;
  away := p_person is not null and p_does <> 'offered' and baton.note_answer(p_person, p_does, p_team, p_now);
  outcome := 'committed';
  answer := null;
end $$;
