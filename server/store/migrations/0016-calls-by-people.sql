-- A bot may be an agent, and makes no call.
--
-- Law, added to those before:
--   38. A callback that is due is kept when a person accepts its conversation, not when a bot does: it stays due while the
--       bot has the conversation or others wait for it, and is missed when the bot's part ends it.

-- As that of 0006, but for law 38.
create or replace function baton.follow_handoff() returns trigger language plpgsql as $$
declare
  v_phase text;
  v_waits boolean;
begin
  if new.accepted_at is not null and old.accepted_at is null then
    update baton.tickets set state = 'taken', agent = new.agent, taken_at = new.accepted_at
    where conversation = new.conversation and state <> 'resolved';
    update baton.callbacks set state = 'kept', next_at = null
    where conversation = new.conversation and (state = 'due' or (state = 'missed' and ticket is null))
      and not exists (select from baton.agents a where a.id = new.agent and a.bot is not null);
  end if;
  if new.finished_at is not null and old.finished_at is null then
    select c.phase, c.waiting_since is not null into v_phase, v_waits
    from baton.conversations c where c.id = new.conversation;
    -- After a person's part none is due.
    if not v_waits and v_phase <> 'agentActive' then
      update baton.callbacks set state = 'missed', next_at = new.finished_at + baton.callback_pause(tries)
      where conversation = new.conversation and state = 'due';
    end if;
    if new.accepted_at is not null then
      if v_phase = 'queued' then
        update baton.tickets set state = 'open' where conversation = new.conversation and state = 'taken';
      elsif v_phase <> 'agentActive' then
        update baton.tickets set state = 'resolved', resolved_at = new.finished_at
        where conversation = new.conversation and state = 'taken';
      end if;
    end if;
  end if;
  return null;
end $$;
