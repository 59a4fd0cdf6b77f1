-- Follow-ups without jobs. What an agent says in the chat may have to be mailed, if no page shows it; that it was said is
-- written with the event, in the row that is looked at then, and no job is added, run and deleted for it.
--
-- Law, added to those before:
--   35. What is said and must reach the customer is due by the commit that writes it. Each such event puts it off.
--   36. Who has gone since their accept was decided, or in the same millisecond, has not accepted: what they held is told
--       by then (`presence.ts`), and nobody would ever take this one from them. Who accepts later, whatever their
--       presence says, is there.
--
-- Only commit_event changes. What nodes of the release before write has its job, as ever.

-- Writes one decided event. `p_base` is the version it was decided on, 0 for the first. `p_person` names the agent whose
-- work it touches and `p_does` how: `offered` (there must be room, and the agent online), `accepts` (there must be room,
-- and the agent not gone since), `declines` or `misses` an offer. `wake` says that `wake_at` now is another time, which
-- somebody must know of, `away` that the agent is away by it. A job's `at` is by the same clock as `p_now`; one without
-- runs as soon as it can, and a `follow-up` is a row that waits. Answers `committed`, `conflict`, `missing`, `exists`,
-- `replayed` (with what was answered first), `key-reused`, `agent-unknown`, `agent-full` or `agent-absent`; only
-- `committed` has written anything.
create or replace function baton.commit_event(
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
  v_presence_at bigint;
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
    select a.capacity, a.presence, a.presence_at into v_capacity, v_presence, v_presence_at
    from baton.agents a where a.id = p_person for no key update;
    if p_does in ('offered', 'accepts') then
      if not found then outcome := 'agent-unknown'; return; end if;
      if p_does = 'offered' and v_presence <> 'online' or v_presence = 'offline' and v_presence_at >= p_at then
        outcome := 'agent-absent';
        return;
      end if;
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
      flow_version = p_flow_version, version = p_version, seq = p_seq, epoch = p_epoch, snapshot = p_snapshot,
      phase = p_phase, state = p_state, node = p_node, owner = p_owner, language = p_language,
      customer = coalesce(p_customer, customer), at = p_at,
      customer_key = case when p_customer is null then customer_key else p_customer_key end,
      agent = p_agent, team = coalesce(p_team, team), priority = p_priority, waiting_since = p_waiting_since,
      weight = case when p_waiting_since is null then c.weight else v_weight end,
      offered_to = p_offered_to, offered_until = p_offered_until,
      next_due = p_next_due,
      wake_earlier = p_next_due is not null and (c.wake_at is null or p_next_due < c.wake_at
        or (p_next_due > c.wake_at and c.wake_at <= p_now + 1000)),
      wake_at = case
        when p_closed_at is not null then null
        when c.wake_at is null or p_next_due < c.wake_at then p_next_due
        when c.wake_at <= p_now + 1000 then p_next_due
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
      if v_job->>'task' = 'follow-up' then
        insert into baton.follow_ups (conversation, due_at) values (p_id, (v_job->>'at')::bigint)
        on conflict (conversation) do update set due_at = excluded.due_at;
        continue;
      end if;
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
