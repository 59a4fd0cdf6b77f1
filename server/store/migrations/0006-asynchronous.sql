-- Promises that are kept later: tickets that agents answer, callbacks that come due, mails for who is not in the chat.
--
-- Laws, added to those of 0001 and 0003 to 0005:
--   13. How a ticket or a callback stands follows from the handoffs of its conversation, by the commit that changes
--       them: it is `taken` or `kept` with the accept, `resolved` or `open` again with the end of that agent's part, and
--       a callback that leaves the queue without an agent is `missed`. Only the latest ticket of a conversation stands
--       for it; a new one resolves those before it.
--   14. `next_at` is when somebody looks at a callback: it is written with what makes it necessary and moves with what
--       was done about it, so a node that dies leaves nothing undone and nothing done twice.
--   15. A mail to the customer begins where the last one, or what a page of theirs has shown, ended: `mailed` and the mail
--       are one transaction.

alter table baton.mails add column reply_to text;

alter table baton.tickets
  add column language text not null default 'en',
  add column team text,
  add column state text not null default 'open' check (state in ('open', 'taken', 'resolved')),
  add column agent text,
  add column waiting_since bigint,
  add column due bigint,
  add column called_at bigint,
  add column taken_at bigint,
  add column resolved_at bigint;

-- Of those that are there already some are in the hands of a webhook's receiver; the others wait here.
update baton.tickets set waiting_since = created_at, due = created_at + 86400000;
update baton.tickets set state = 'resolved', resolved_at = created_at where webhook = 'sent';
update baton.tickets t set team = c.team, language = c.language from baton.conversations c where c.id = t.conversation;
alter table baton.tickets alter column waiting_since set not null, alter column due set not null;

create index tickets_to_do on baton.tickets (due, id) where state <> 'resolved';
create index tickets_resolved on baton.tickets (resolved_at desc, id desc) where state = 'resolved';
create index tickets_uncalled on baton.tickets (team, waiting_since, id) where state = 'open' and called_at is null;
create index tickets_of_conversation on baton.tickets (conversation) where state <> 'resolved';

alter table baton.callbacks
  add column team text,
  add column state text not null default 'booked'
    check (state in ('booked', 'due', 'kept', 'missed', 'ticket', 'cancelled')),
  add column reminded_at bigint,
  add column tries integer not null default 0,
  add column next_at bigint,
  add column ticket text;
-- Those that are there already were made by people who read the list.
update baton.callbacks set state = 'kept';
create index callbacks_next on baton.callbacks (next_at, at, booked_at, id) where next_at is not null;
create index callbacks_at on baton.callbacks (at, id);
create index callbacks_due on baton.callbacks (conversation) where state = 'due';
-- A cancelled time is free again.
alter table baton.callbacks drop constraint callbacks_schedule_at_key;
create unique index callbacks_schedule_at on baton.callbacks (schedule, at) where state <> 'cancelled';

-- How far a conversation's log has reached the customer outside of it. `shown`: by a page that follows it; `mailed`: by
-- mail. `due_at`: when what is still unseen is mailed.
create table baton.follow_ups (
  conversation text primary key,
  shown integer not null default 0,
  mailed integer not null default 0,
  due_at bigint
) with (fillfactor = 70);
create index follow_ups_due on baton.follow_ups (due_at, conversation) where due_at is not null;

-- Law 13.
create function baton.follow_handoff() returns trigger language plpgsql as $$
declare
  v_phase text;
  v_waits boolean;
begin
  if new.accepted_at is not null and old.accepted_at is null then
    update baton.tickets set state = 'taken', agent = new.agent, taken_at = new.accepted_at
    where conversation = new.conversation and state <> 'resolved';
    update baton.callbacks set state = 'kept', next_at = null
    where conversation = new.conversation and (state = 'due' or (state = 'missed' and ticket is null));
  end if;
  if new.finished_at is not null and old.finished_at is null then
    select c.phase, c.waiting_since is not null into v_phase, v_waits
    from baton.conversations c where c.id = new.conversation;
    if new.accepted_at is null then
      if not v_waits then
        update baton.callbacks set state = 'missed', next_at = new.finished_at + baton.callback_pause(tries)
        where conversation = new.conversation and state = 'due';
      end if;
    elsif v_phase = 'queued' then
      update baton.tickets set state = 'open' where conversation = new.conversation and state = 'taken';
    elsif v_phase <> 'agentActive' then
      update baton.tickets set state = 'resolved', resolved_at = new.finished_at
      where conversation = new.conversation and state = 'taken';
    end if;
  end if;
  return null;
end $$;

-- After the first miss it is put before the team once more; after the second it becomes a ticket, unless the flow's own
-- has come by then: a customer who stops answering gets that one after a quarter of an hour.
create function baton.callback_pause(p_tries integer) returns bigint language sql immutable as $$
  select case when p_tries < 2 then 15 * 60000 else 20 * 60000 end::bigint
$$;

create trigger follow_handoff after update of accepted_at, finished_at on baton.handoffs
  for each row execute function baton.follow_handoff();

create function baton.follow_ticket() returns trigger language plpgsql as $$
begin
  update baton.tickets set state = 'resolved', resolved_at = new.created_at
  where conversation = new.conversation and id <> new.id and state <> 'resolved';
  return null;
end $$;
create trigger follow_ticket after insert on baton.tickets for each row execute function baton.follow_ticket();

-- Writes a mail and its job: `queued`, `exists` (the same id) or `full` (`p_most` of this kind since `p_since`; null: never). The conversation's row is held meanwhile, so that two at once are counted one after the other.
drop function baton.queue_mail;
create function baton.queue_mail(
  p_id text, p_conversation text, p_kind text, p_recipient text, p_reply_to text, p_subject text, p_body text,
  p_html text, p_language text, p_at bigint, p_since bigint, p_most integer
) returns text language plpgsql as $$
begin
  perform from baton.conversations where id = p_conversation for no key update;
  if exists (select from baton.mails where id = p_id) then return 'exists'; end if;
  if (select count(*) from baton.mails where conversation = p_conversation and kind = p_kind and at > p_since) >= p_most
    then return 'full'; end if;
  insert into baton.mails (id, conversation, kind, recipient, reply_to, subject, body, html, language, at, state)
  values (p_id, p_conversation, p_kind, p_recipient, p_reply_to, p_subject, p_body, p_html, p_language, p_at, 'pending');
  perform graphile_worker.add_job('mail', json_build_object('mail', p_id), job_key => 'mail:' || p_id,
    max_attempts => 1000);
  return 'queued';
end $$;

-- What came of sending a mail. A ticket shows it; one that was given up is a dead letter, which people see.
create function baton.settle_mail(p_id text, p_state text, p_tries integer, p_error text, p_now bigint)
returns void language plpgsql as $$
declare
  v_mail baton.mails;
begin
  update baton.mails set state = p_state, tries = p_tries, error = p_error where id = p_id returning * into v_mail;
  if v_mail.kind = 'ticket' then
    update baton.tickets set mail = p_state where 'ticket-' || id = p_id;
  end if;
  if p_state = 'failed' then
    insert into baton.dead_letters (id, conversation, type, attempts, error, effect, at)
    values (p_id, v_mail.conversation, 'mail', p_tries, coalesce(p_error, ''),
      json_build_object('kind', v_mail.kind, 'to', v_mail.recipient, 'subject', v_mail.subject)::text, p_now)
    on conflict do nothing;
  end if;
end $$;
