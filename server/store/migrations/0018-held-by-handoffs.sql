-- What an agent holds is read from handoffs: a row is written there when it is accepted and when it ends, and not with
-- each event, as the conversation's is.
--
-- Law, added to those before:
--   40. Of who is held, the running handoff bears the agent and the weight of the conversation. What is wrapped up takes
--       the room that it took while it was held.

-- As that of 0005, but for law 40.
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
      update baton.handoffs h set agent = p_step->>'agent', accepted_at = p_at, team = coalesce(p_step->>'team', h.team),
        weight = c.weight
      from baton.conversations c where c.id = p_id and h.conversation = p_id and h.finished_at is null;
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

update baton.handoffs h set weight = c.weight from baton.conversations c
  where c.id = h.conversation and h.finished_at is null and h.agent is not null and h.weight <> c.weight;

create index queue_offered on baton.queue (id) where offered;
