-- Wrap-up: who is done with a conversation keeps the room that it took, for a while. Booked times of hours that are
-- written in a node. A closed conversation has no wake.
--
-- Laws, added to those of 0001:
--   6. An agent's load is what the agent holds, is offered, and wraps up (`wrap_until` after now). The hold is written
--      with the event that ends the agent's part, ends by the clock alone, and needs nobody to end it; the job at its
--      end (`wrapped`, added inside the transaction) only lets those who wait be matched at once.
--   7. A closed conversation has no `wake_at` and no wake job. `arm_wakes` holds the rows while it adds their jobs:
--      either it sees that one has closed, or who closes it sees the job and removes it. (Those of conversations that
--      closed before this migration come once, find nothing and are gone.)

alter table baton.handoffs add column wrap_until bigint;
create index handoffs_wrapping on baton.handoffs (agent, wrap_until) where wrap_until is not null;

-- The calendar of hours that are written in a node was named by the node alone: two flows could share one.
update baton.callbacks b set schedule = c.flow || '.' || b.schedule from baton.conversations c
where c.id = b.conversation and not exists (select from baton.schedules s where s.id = b.schedule);

-- One job a conversation, at its `wake_at`; `p_now` is the clock by which deadlines are meant. One NOTIFY for all.
-- The rows are locked in the order of their ids: two nodes that arm the same ones do not lock each other out.
create or replace function baton.arm_wakes(p_ids text[], p_now bigint) returns void language plpgsql as $$
begin
  perform graphile_worker.add_jobs(array(
    select ('wake', json_build_object('conversation', c.id), null,
      clock_timestamp() + greatest(c.wake_at - p_now, 0) * interval '1 millisecond',
      1000::smallint, 'wake:' || c.id, null, null
    )::graphile_worker.job_spec
    from baton.conversations c where c.id = any(p_ids) and c.wake_at is not null order by c.id for share));
end $$;

-- The figures of a handoff: {"did": "entered" | "accepted" | "left" | "finished", ...}.
create or replace function baton.note_handoff(p_id text, p_flow text, p_at bigint, p_step json) returns void language plpgsql as $$
begin
  case p_step->>'did'
    when 'entered' then
      insert into baton.handoffs (conversation, flow, team, reason, signals, waiting_since, entered_at)
      values (p_id, p_flow, p_step->>'team', p_step->>'reason',
        array(select json_array_elements_text(p_step->'signals')), (p_step->>'since')::bigint, p_at);
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

-- Writes one decided event. `p_base` is the version it was decided on, 0 for the first. `p_reserve` names the agent who
-- is given work by it, `p_reserve_online` whether that agent must be online (an offer) or not (an accept).
-- `wake` says that `wake_at` now comes earlier than any job that was added for it. A job's `at` is by the same clock as
-- `p_now`; one without runs as soon as it can.
-- Answers `committed`, `conflict`, `missing`, `exists`, `replayed` (with what was answered first), `key-reused`,
-- `agent-unknown`, `agent-full` or `agent-absent`; only `committed` has written anything.
create or replace function baton.commit_event(
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
  v_load integer;
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
    -- One statement, one look: a conversation that just ends counts as held or as being wrapped up, never as neither.
    select (select count(*) from baton.conversations c
        where (c.agent = p_reserve or c.offered_to = p_reserve) and c.id <> p_id)
      + (select count(*) from baton.handoffs h
        where h.agent = p_reserve and h.wrap_until > p_now and h.conversation <> p_id)
      into v_load;
    if v_capacity <= v_load then outcome := 'agent-full'; return; end if;
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
  outcome := 'committed';
  answer := null;
end $$;
